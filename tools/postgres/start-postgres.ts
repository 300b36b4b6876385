import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { findPostgres } from './find-postgres.ts'

/** A PostgreSQL server that nobody else uses and that leaves nothing behind. */
export interface ThrowAwayPostgres {
  /** Of its superuser, with the password. */
  readonly url: string
  /** Sends a signal to the whole server, or to its head alone. */
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>
  /** Ends it and waits; `start` brings it back. */
  halt(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const PATIENCE = 30_000

// The server ends, and its data goes, when this process does, however that comes about: the pipe closes then.
const keeper = [
  'folder=$1; shift',
  '"$@" & server=$!',
  'cat > /dev/null',
  'kill -INT $server 2> /dev/null; wait $server',
  'test -e "$folder/keep" || rm -rf "$folder"',
].join('\n')

/** PostgreSQL refuses to run as root. */
const account = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export const startPostgres = async (): Promise<ThrowAwayPostgres> => {
  const programs = findPostgres()
  const owner = account()
  const folder = mkdtempSync(join(tmpdir(), 'hivewarden-postgres-'))
  const data = join(folder, 'data')
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid)
    chownSync(passwordFile, owner.uid, owner.gid)
  }
  const initialise = ['-D', data, '-U', 'hivewarden', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  const quick = ['--no-locale', '--encoding=UTF8', '--no-sync']
  execFileSync(join(programs, 'initdb'), [...initialise, ...quick], { ...owner, stdio: 'pipe', cwd: folder })
  const port = await freePort()
  const url = `postgres://hivewarden:${password}@127.0.0.1:${port}/postgres`
  const keep = join(folder, 'keep')
  const log = join(folder, 'log')
  let running: ChildProcess | undefined

  const run = (): ChildProcess => {
    const output = openSync(log, 'a')
    const command = [join(programs, 'postgres'), '-D', data, '-F', ...listening(port, folder)]
    const options: SpawnOptions = {
      ...owner,
      cwd: folder,
      stdio: ['pipe', output, output],
    }
    const child = spawn('/bin/sh', ['-c', keeper, 'keeper', folder, ...command], options)
    closeSync(output)
    // A test that forgets the server does not hang: the process ends, and the server with it.
    child.unref()
    if (child.stdin instanceof Socket) child.stdin.unref()
    return child
  }
  const end = async (mayStay: boolean): Promise<void> => {
    const child = running
    if (child === undefined) return
    running = undefined
    if (mayStay) writeFileSync(keep, '')
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.ref()
    child.stdin?.end()
    await ended
  }

  const server: ThrowAwayPostgres = {
    url,
    signal(name) {
      // Its helpers are children of it, in groups of their own: each is told.
      const head = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
      for (const pid of [head, ...childrenOf(head)]) process.kill(pid, name)
    },
    async start() {
      execFileSync('rm', ['-f', keep])
      running = run()
      await untilReady(url, log)
    },
    halt: () => end(true),
    async stop() {
      if (running === undefined) execFileSync('rm', ['-rf', folder])
      await end(false)
    },
  }
  await server.start()
  return server
}

const listening = (port: number, folder: string): readonly string[] =>
  [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    'shared_buffers=32MB',
    'autovacuum=off',
    'log_min_messages=error',
  ].flatMap((setting) => ['-c', setting])

const childrenOf = (pid: number): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number)

const untilReady = async (url: string, log: string): Promise<void> => {
  for (const until = Date.now() + PATIENCE; ; ) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (Date.now() > until)
        throw new Error(`PostgreSQL does not start.\n${readFileSync(log, 'utf8')}`, { cause: error })
      await pause(50)
    }
  }
}
