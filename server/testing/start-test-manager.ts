import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeProvider, type FakeProvider } from '../adapters/identity-provider/testing/fake-provider.ts'
import { createFakeClock, type FakeClock } from '../adapters/identity-provider/testing/observed.ts'
import { generateSigningKey } from '../adapters/key-material/generate-signing-key.ts'
import { composeManager, type Manager, type ManagerOptions } from '../compose.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Settings } from '../config/settings.ts'
import { type CollectedLog, collectLog } from './collect-log.ts'
import { type Answer, type RequestOptions, request } from './request.ts'
import { type SendOptions, type Sent, send } from './send.ts'

export const somePolicy = { playground: { value: false, enforcement: 'enforced' } } as const
export const otherPolicy = { playground: { value: true, enforcement: 'enforced' } } as const

export interface TestManagerOptions {
  /** Settings by their dotted names, as text. They stand beside what the fixture sets. */
  readonly settings?: Readonly<Record<string, string | undefined>>
  readonly policy?: unknown
  /** A PEM to sign with; `none` leaves the setting out. */
  readonly key?: string
  readonly provider?: FakeProvider | 'none'
  readonly clock?: FakeClock
  readonly evaluation?: boolean
  readonly patience?: ManagerOptions['patience']
}

export interface TestManager {
  readonly manager: Manager
  readonly port: number
  readonly clock: FakeClock
  readonly provider: FakeProvider
  readonly log: CollectedLog
  readonly policyFile: string
  readonly keyFile: string
  readonly folder: string
  request(path: string, options?: RequestOptions): Promise<Answer>
  /** GET of the config, with a good token and good client headers unless others are given; undefined leaves one out. */
  config(headers?: Readonly<Record<string, string | undefined>>, options?: RequestOptions): Promise<Answer>
  send(bytes: string | Buffer, options?: SendOptions): Promise<Sent>
  /** The value of one series of the metrics listener, 0 where it is not there yet. */
  metric(series: string): Promise<number>
  close(): Promise<void>
}

export const clientHeaders = { 'X-Client-Type': 'toolhive-cli', 'X-Client-Version': '1.2.3' } as const

const RESOURCE_URL = 'https://config.example.com'

/** A whole manager in this process, on free ports of the loopback, with its files in a folder of their own. */
export async function startTestManager(options: TestManagerOptions = {}): Promise<TestManager> {
  const clock = options.clock ?? createFakeClock()
  const ownProvider = options.provider === undefined
  const provider =
    options.provider === undefined || options.provider === 'none'
      ? await createFakeProvider({ now: clock.now })
      : options.provider
  const folder = mkdtempSync(join(tmpdir(), 'manager-'))
  const policyFile = join(folder, 'policy.json')
  const keyFile = join(folder, 'signing.pem')
  writeFileSync(policyFile, JSON.stringify(options.policy ?? somePolicy))
  if (options.key !== 'none') {
    writeFileSync(keyFile, options.key ?? generateSigningKey().pem, { mode: 0o600 })
  }
  const log = collectLog(clock)
  const settings = testSettings({
    resourceURL: RESOURCE_URL,
    enterpriseConfigFile: policyFile,
    'signingConfig.keyFile': options.key === 'none' ? undefined : keyFile,
    'idpConfig.issuer': options.provider === 'none' ? undefined : provider.issuer,
    'idpConfig.audience': options.provider === 'none' ? undefined : 'enterprise-manager',
    'console.enabled': 'false',
    'server.listen': '127.0.0.1:0',
    'server.metricsListen': '127.0.0.1:0',
    ...options.settings,
  })
  const composed = await composeManager(settings, {
    evaluation: options.evaluation ?? false,
    clock,
    logger: log.logger,
    patience: { files: 20, farewell: 50, ...options.patience },
  })
  if (!composed.ok) throw new Error(`The manager does not start: ${composed.problem.lines.join(' ')}`)
  const parts = { manager: composed.value, clock, provider, log, policyFile, keyFile, folder }
  return {
    ...parts,
    port: composed.value.port,
    ...speakers(composed.value, provider, prefixOf(settings.resourceURL)),
    close: async () => {
      await composed.value.close()
      if (ownProvider || options.provider === 'none') await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Settings of the dotted names, read as the command line would give them. */
function testSettings(texts: Readonly<Record<string, string | undefined>>): Settings {
  const commandLine = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
  const loaded = loadSettings({ environment: {}, commandLine })
  if (!loaded.ok) throw new Error(loaded.problem.map(({ message }) => message).join(' '))
  return loaded.value.values
}

const prefixOf = (resourceUrl: string | undefined): string =>
  resourceUrl === undefined ? '' : resourceUrl.slice(new URL(resourceUrl).origin.length)

function speakers(
  manager: Manager,
  provider: FakeProvider,
  prefix: string,
): Pick<TestManager, 'request' | 'config' | 'send' | 'metric'> {
  const ask: TestManager['request'] = (path, options = {}) =>
    request(manager.port, path, { prefix, ...options })
  return {
    request: ask,
    config: (headers = {}, options = {}) => {
      const all = { Authorization: `Bearer ${provider.issue()}`, ...clientHeaders, ...headers }
      const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
      return ask('/api/v1beta/config', { ...options, headers: Object.fromEntries(given) })
    },
    send: (bytes, options = {}) => send(manager.port, bytes, { prefix, ...options }),
    metric: async (series) => {
      const { text } = await request(manager.metricsPort ?? 0, '/metrics')
      const line = text.split('\n').find((each) => each.startsWith(`${series} `))
      return Number(line?.slice(series.length + 1) ?? 0)
    },
  }
}
