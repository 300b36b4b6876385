import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { loadMasterKey } from './load-master-key.ts'

const run = promisify(execFile)

describe('the master key', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'master-key-'))
    file = join(folder, 'master.key')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (text: string, mode = 0o600): void => {
    writeFileSync(file, text)
    chmodSync(file, mode)
  }
  const problemOf = (whenMissing: 'create' | 'named' | 'sealed' = 'sealed'): string => {
    const loaded = loadMasterKey({ file, whenMissing })
    return loaded.ok ? 'none' : loaded.problem
  }

  it('is made where none is there, for this account alone', () => {
    const made = loadMasterKey({ file, whenMissing: 'create' })

    assert.equal(made.ok && made.value.byteLength, 32)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(folder), ['master.key'])
  })

  it('stays the same from then on', () => {
    const first = loadMasterKey({ file, whenMissing: 'create' })

    assert.deepEqual(loadMasterKey({ file, whenMissing: 'create' }), first)
    assert.deepEqual(loadMasterKey({ file, whenMissing: 'sealed' }), first)
  })

  it('is not made where something is sealed already', () => {
    assert.match(problemOf(), /HIVEWARDEN_MASTER_KEY_FILE/)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('is not made where an operator named it, who is told how', () => {
    assert.match(problemOf('named'), /openssl rand -base64 32/)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('is made with its folder', () => {
    const nested = join(folder, 'not', 'yet', 'master.key')

    assert.equal(loadMasterKey({ file: nested, whenMissing: 'create' }).ok, true)
  })

  it('is refused when other accounts can read it, with the command that closes it', () => {
    write(Buffer.alloc(32, 'x').toString('base64'), 0o644)

    assert.match(problemOf(), /chmod 600/)
  })

  it('is taken with a line feed behind it, as openssl writes it', () => {
    write('MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n')

    assert.equal(problemOf(), 'none')
  })

  const damaged: readonly (readonly [string, string])[] = [
    ['an empty file', ''],
    ['a key that is cut off', 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk'],
    ['a key written twice', 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='.repeat(2)],
    ['hexadecimal', '30'.repeat(32)],
    ['a passphrase', 'correct horse battery staple'],
    ['a PEM file', '-----BEGIN PRIVATE KEY-----\nMDEyMzQ1Njc4\n-----END PRIVATE KEY-----\n'],
    ['a key of nothing but zeros', Buffer.alloc(32).toString('base64')],
  ]
  for (const [what, text] of damaged) {
    it(`refuses ${what} and quotes nothing of it`, () => {
      write(text)
      const problem = problemOf('create')

      assert.match(problem, /master key/)
      assert.ok(text === '' || !problem.includes(text.trim()))
      assert.equal(readFileSync(file, 'utf8'), text)
    })
  }

  it('is one key when several processes make it at once', async () => {
    const script = `
      const { loadMasterKey } = await import(${JSON.stringify(new URL('./load-master-key.ts', import.meta.url))})
      const made = loadMasterKey({ file: process.argv[1], whenMissing: 'create' })
      process.stdout.write(made.ok ? Buffer.from(made.value).toString('hex') : made.problem)`
    const made = await Promise.all(
      [1, 2, 3, 4].map(() => run(process.execPath, ['--input-type=module', '--eval', script, file])),
    )

    assert.match(made[0]?.stdout ?? '', /^[0-9a-f]{64}$/)
    assert.equal(new Set(made.map(({ stdout }) => stdout)).size, 1)
    assert.deepEqual(readdirSync(folder), ['master.key'])
  })
})
