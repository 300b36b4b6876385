import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createFakeProvider, type FakeProvider } from '../adapters/identity-provider/testing/fake-provider.ts'
import { generateSigningKey } from '../adapters/key-material/generate-signing-key.ts'
import { nest } from '../config/load-settings.fixture.ts'
import { eventually } from './eventually.ts'
import { somePolicy } from './start-test-manager.ts'

const entry = resolve(import.meta.dirname, '../main.ts')

export interface SpawnedProcess {
  readonly child: ChildProcess
  readonly output: { stdout: string; stderr: string }
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

interface SpawnOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Where its standard output goes; by default it is collected. */
  readonly stdout?: number
}

/** The command line as a person runs it from a checkout, with none of the settings of whoever runs the tests. */
export function spawnCommand(args: readonly string[], options: SpawnOptions = {}): SpawnedProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HIVEWARDEN_|NODE_)/.test(name))
  const child: ChildProcess = spawn(process.execPath, [entry, ...args], {
    env: { ...Object.fromEntries(inherited), NODE_ENV: 'test', ...options.env },
    cwd: options.cwd ?? tmpdir(),
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, output, ended }
}

export interface Installation {
  readonly folder: string
  readonly settingsFile: string
  readonly provider: FakeProvider
  close(): Promise<void>
}

/** A folder with settings, a policy and a key, and a provider for it. */
export async function createInstallation(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Installation> {
  const provider = await createFakeProvider()
  const folder = mkdtempSync(join(tmpdir(), 'installation-'))
  const settingsFile = join(folder, 'hivewarden.json')
  writeFileSync(join(folder, 'signing.pem'), generateSigningKey().pem, { mode: 0o600 })
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(somePolicy))
  const all = {
    resourceURL: 'https://config.example.com',
    'idpConfig.issuer': provider.issuer,
    'idpConfig.audience': 'enterprise-manager',
    'signingConfig.keyFile': join(folder, 'signing.pem'),
    enterpriseConfigFile: join(folder, 'policy.json'),
    'server.listen': '127.0.0.1:0',
    'server.metricsListen': '127.0.0.1:0',
    ...settings,
  }
  writeFileSync(settingsFile, JSON.stringify(nest(all)))
  return {
    folder,
    settingsFile,
    provider,
    close: async () => {
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits for the line that says where it listens. */
export async function portsOf({
  output,
  child,
}: SpawnedProcess): Promise<{ port: number; metricsPort: number }> {
  const started = (): string | undefined =>
    output.stdout.split('\n').find((line) => line.includes('"event":"started"'))
  await eventually('the manager has started', () => started() !== undefined || child.exitCode !== null)
  const line = started()
  if (line === undefined) throw new Error(`It ended: ${output.stdout}${output.stderr}`)
  const { port, metrics_port } = JSON.parse(line)
  return { port, metricsPort: metrics_port }
}
