import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeProvider, type FakeProvider } from '../adapters/identity-provider/testing/fake-provider.ts'
import { createFakeClock, type FakeClock } from '../adapters/identity-provider/testing/observed.ts'
import { composeManager, type Manager } from '../compose.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Database } from '../ports/database.ts'
import { type CollectedLog, collectLog } from './collect-log.ts'
import { type Answer, request } from './request.ts'

export interface GovernedManagerOptions {
  readonly database: Database
  readonly clock?: FakeClock
  readonly provider?: FakeProvider
  /** Where the master key lies: replicas of one installation share it. */
  readonly folder?: string
  readonly settings?: Readonly<Record<string, string>>
  readonly evaluation?: boolean
}

export interface GovernedManager {
  readonly manager: Manager
  readonly clock: FakeClock
  readonly provider: FakeProvider
  readonly folder: string
  readonly log: CollectedLog
  request(path: string): Promise<Answer>
  /** GET of the config with a good token, and with what is given beside it. */
  config(headers?: Readonly<Record<string, string>>): Promise<Answer>
  readyz(): Promise<Record<string, unknown>>
  metric(series: string): Promise<number>
  close(): Promise<void>
}

const RESOURCE_URL = 'https://config.example.com'

/** A manager that a database governs, in this process, on free ports of the loopback. */
export async function startGovernedManager(options: GovernedManagerOptions): Promise<GovernedManager> {
  const clock = options.clock ?? createFakeClock()
  const provider = options.provider ?? (await createFakeProvider({ now: clock.now }))
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'governed-'))
  const log = collectLog(clock)
  const loaded = loadSettings({
    environment: {},
    commandLine: {
      resourceURL: RESOURCE_URL,
      dataDir: folder,
      'idpConfig.issuer': provider.issuer,
      'idpConfig.audience': 'enterprise-manager',
      'console.enabled': 'false',
      'server.listen': '127.0.0.1:0',
      'server.metricsListen': '127.0.0.1:0',
      ...options.settings,
    },
  })
  if (!loaded.ok) throw new Error(loaded.problem.map(({ message }) => message).join(' '))
  const composed = await composeManager(loaded.value.values, {
    evaluation: options.evaluation ?? false,
    clock,
    logger: log.logger,
    database: options.database,
  })
  if (!composed.ok) {
    if (options.provider === undefined) await provider.close()
    throw new Error(composed.problem.lines.join(' '))
  }
  const manager = composed.value
  const ask = (path: string): Promise<Answer> => request(manager.port, path)
  return {
    manager,
    clock,
    provider,
    folder,
    log,
    request: ask,
    config: (headers = {}) =>
      request(manager.port, '/api/v1beta/config', {
        headers: {
          Authorization: `Bearer ${provider.issue()}`,
          'X-Client-Type': 'toolhive-cli',
          'X-Client-Version': '1.2.3',
          ...headers,
        },
      }),
    readyz: async () => (await ask('/readyz')).json(),
    metric: async (series) => {
      const { text } = await request(manager.metricsPort ?? 0, '/metrics')
      const line = text.split('\n').find((each) => each.startsWith(`${series} `))
      return Number(line?.slice(series.length + 1) ?? Number.NaN)
    },
    close: async () => {
      await manager.close()
      if (options.provider === undefined) await provider.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
