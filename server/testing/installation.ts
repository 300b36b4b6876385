import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeProvider, type FakeProvider } from '../adapters/identity-provider/testing/fake-provider.ts'
import { recordIo } from '../commands/command-io.fixture.ts'
import { commands } from '../commands/commands.ts'
import { runCommand } from '../commands/run-command.ts'
import { type Answer, request } from './request.ts'

const program = new URL('../main.ts', import.meta.url).pathname

export interface CommandOutcome {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** A manager in a process of its own. */
export interface RunningProcess {
  request(path: string): Promise<Answer>
  config(headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Everything that it wrote. */
  written(): string
  /** `SIGTERM` lets it end in good order, `SIGKILL` does not. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** A folder with settings, a provider, and the real program on it. */
export interface Installation {
  readonly folder: string
  file(name: string): string
  writePolicy(policy: object): string
  /** Runs a command to its end. */
  run(...words: readonly string[]): Promise<CommandOutcome>
  serve(): Promise<RunningProcess>
  remove(): Promise<void>
}

export async function createInstallation(settings: Readonly<Record<string, unknown>>): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'installation-'))
  const provider = await createFakeProvider()
  const settingsFile = join(folder, 'hivewarden.json')
  writeFileSync(
    settingsFile,
    JSON.stringify({
      resourceURL: 'https://config.example.com',
      idpConfig: { issuer: provider.issuer, audience: 'enterprise-manager' },
      dataDir: join(folder, 'data'),
      console: { enabled: false },
      server: { listen: '127.0.0.1:0' },
      ...settings,
    }),
  )
  const running = new Set<RunningProcess>()
  const file = (name: string): string => join(folder, name)
  return {
    folder,
    file,
    writePolicy(policy) {
      const path = file('policy.json')
      writeFileSync(path, JSON.stringify(policy))
      return path
    },
    run: (...words) => run(words, settingsFile),
    async serve() {
      const manager = await startProcess(settingsFile, provider)
      running.add(manager)
      return manager
    },
    async remove() {
      await Promise.all([...running].map((manager) => manager.end('SIGKILL')))
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** In this process, as it is in one of its own but for the second that a start takes. */
async function run(words: readonly string[], settingsFile: string): Promise<CommandOutcome> {
  const io = recordIo()
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const argv = [...words.slice(0, end), '--config', settingsFile, ...words.slice(end)]
  const code = await runCommand(commands, argv, io)
  return { code, output: io.printed.join('\n'), errors: io.errors.join('\n') }
}

async function startProcess(settingsFile: string, provider: FakeProvider): Promise<RunningProcess> {
  const child = spawn(process.execPath, [program, 'serve', '--config', settingsFile], { env: environment() })
  let written = ''
  const exited = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      written += chunk
      const started = /"event":"started".*"port":(\d+)/.exec(written)
      if (started !== null) resolve(Number(started[1]))
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', () => reject(new Error(`The manager did not start: ${written}`)))
  })
  return {
    request: (path) => request(port, path),
    config: (headers = {}) =>
      request(port, '/api/v1beta/config', {
        headers: {
          Authorization: `Bearer ${provider.issue()}`,
          'X-Client-Type': 'toolhive-cli',
          'X-Client-Version': '1.2.3',
          ...headers,
        },
      }),
    written: () => written,
    async end(signal) {
      child.kill(signal)
      await exited
    },
  }
}

/** What the machine of the test has set for itself does not reach the program. */
function environment(): NodeJS.ProcessEnv {
  const own = { ...process.env }
  for (const name of Object.keys(own)) if (/^(HIVEWARDEN_|NODE_)/.test(name)) delete own[name]
  return own
}
