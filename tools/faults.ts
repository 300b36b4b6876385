import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleCommand } from './bundle-command.ts'
import { runAsProgram } from './pinned-node.mjs'

const usage = `node tools/faults.ts [--rounds N]

The faults of the database in full numbers: 1,000 kills and 1,000 damaged files (or N), the writes that reach the disk for each
publish (strace), and a disk that is really full (tmpfs). The last two need Linux, and root for the disk.`

const tests = 'server/adapters/database/sqlite/'
const publisher = 'server/adapters/database/testing/publish.fixture.ts'
const PUBLISHES = 300

const apt = (...args: readonly string[]): boolean =>
  spawnSync('apt-get', [...args], { stdio: 'inherit' }).status === 0

const provideStrace = (): void => {
  if (spawnSync('strace', ['--version']).status === 0) return
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall && apt('update', '-qq') && apt('install', '-y', '-qq', 'strace')) return
  throw new Error('The full run needs strace. Install it (Debian: apt-get install strace).')
}

const manyRounds = (rounds: string): boolean => {
  const files = ['killed-while-publishing', 'damaged-pages'].map((name) => `${tests}${name}.test.ts`)
  const env = { ...process.env, FAULT_ROUNDS: rounds }
  return spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit', env }).status === 0
}

/** A killed process loses nothing that the system has in memory, so only counting shows that it reached the disk. */
const everyPublishReachesTheDisk = (folder: string): boolean => {
  const trace = join(folder, 'trace')
  const publish = [
    process.execPath,
    join(folder, 'hivewarden.mjs'),
    join(folder, 'counted.db'),
    String(PUBLISHES),
  ]
  const strace = ['-f', '-c', '-e', 'trace=fsync,fdatasync', '-o', trace]
  execFileSync('strace', [...strace, ...publish], { stdio: ['ignore', 'ignore', 'inherit'] })
  const calls = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => /(fsync|fdatasync)$/.test(line))
    .reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[3]), 0)
  console.log(`${PUBLISHES} publishes reached the disk ${calls} times.`)
  return calls >= PUBLISHES
}

/** The publisher runs until nothing fits any more; what it acknowledged must be there once there is space again. */
const fullDisk = (folder: string): boolean => {
  if (process.getuid?.() !== 0) {
    console.log('Only root can mount a disk to fill; max_page_count stands in for it in npm test.')
    return true
  }
  const disk = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  try {
    const file = join(disk, 'hivewarden.db')
    const publish = (times: string) =>
      spawnSync(process.execPath, [join(folder, 'hivewarden.mjs'), file, times], { encoding: 'utf8' })
    const filled = publish('100000')
    const acknowledged = Number(filled.stdout.trimEnd().split('\n').at(-1))
    const isTold = /Error: unavailable/.test(filled.stderr)
    execFileSync('mount', ['-o', 'remount,size=16m', disk])
    const next = Number(publish('1').stdout.trim())
    console.log(`The disk was full after ${acknowledged} publishes; the next one was ${next}.`)
    return isTold && next === acknowledged + 1
  } finally {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  }
}

await runAsProgram(async () => {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  provideStrace()
  const folder = mkdtempSync(join(tmpdir(), 'hivewarden-faults-'))
  try {
    await bundleCommand(folder, publisher)
    const passed = [everyPublishReachesTheDisk(folder), fullDisk(folder), manyRounds(values.rounds ?? '1000')]
    return passed.every(Boolean) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
  }
})
