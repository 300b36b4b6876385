import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { generateSigningKey } from './adapters/key-material/generate-signing-key.ts'
import { createInstallation, type Installation, type RunningProcess } from './testing/installation.ts'

const playground = (value: boolean) => ({ playground: { value, enforcement: 'enforced' } })

/** Each test goes on where the one before it ended, as the days of an installation do. */
describe('an installation on SQLite', () => {
  let installation: Installation
  let manager: RunningProcess
  before(async () => {
    installation = await createInstallation({})
  })
  after(() => installation.remove())

  const apply = (policy: object) =>
    installation.run('policy', 'apply', installation.writePolicy(policy), '--allow-delete')
  const kidOf = async (): Promise<string> =>
    JSON.parse((await installation.run('keys', 'list', '--json')).output).keys[0].kid
  const served = async (): Promise<{ etag: string; serial: unknown; config: unknown }> => {
    const answer = await manager.config()
    const { serial, config } = answer.json()
    return { etag: answer.headers.etag ?? '', serial, config }
  }

  it('says so where there is no database yet, and makes none', async () => {
    const exported = await installation.run('policy', 'export')

    assert.equal(exported.code, 69)
    assert.match(exported.errors, /There is no database/)
    assert.equal(existsSync(installation.file('data')), false)
  })

  it('lets the first policy be published before the manager starts', async () => {
    const applied = await apply(playground(false))

    assert.equal(applied.code, 0, applied.errors)
    assert.match(applied.output, /Published revision 1\./)
  })

  it('serves that policy from its first start on', async () => {
    manager = await installation.serve()

    const { serial, config } = await served()
    assert.deepEqual({ serial, config }, { serial: 1, config: playground(false) })
  })

  it('tells a command who holds the file while the manager runs', async () => {
    const applied = await apply(playground(true))

    assert.equal(applied.code, 69)
    assert.match(applied.errors, /in use by process \d+/)
  })

  it('serves the same envelope after it was killed', async () => {
    const before = await served()
    await manager.end('SIGKILL')
    manager = await installation.serve()

    assert.deepEqual(await served(), before)
    await manager.end('SIGTERM')
  })

  it('plans what a file would change, and changes nothing', async () => {
    const planned = await installation.run(
      'policy',
      'plan',
      installation.writePolicy(playground(true)),
      '--json',
    )

    assert.equal(planned.code, 0)
    const { serial, differs, changes } = JSON.parse(planned.output)
    assert.deepEqual(
      { serial, differs, actions: changes.map(({ action }: { action: string }) => action) },
      {
        serial: 1,
        differs: true,
        actions: ['change'],
      },
    )
  })

  it('gives back with export what apply reads, and finds no difference', async () => {
    const exported = await installation.run('policy', 'export')
    const applied = await apply(JSON.parse(exported.output))

    assert.deepEqual(
      [applied.code, applied.output],
      [0, 'No difference from revision 1. Nothing was published.'],
    )
  })

  it('refuses to remove what is in force unless that is allowed', async () => {
    const refused = await installation.run('policy', 'apply', installation.writePolicy({}))

    assert.equal(refused.code, 1)
    assert.match(refused.errors, /--allow-delete/)
  })

  it('refuses a policy that is wrong, with the place of each problem', async () => {
    const refused = await apply({ playground: { value: 'no', enforcement: 'sometimes' } })

    assert.equal(refused.code, 1)
    assert.match(refused.errors, /\/playground\/value/)
    assert.match(refused.errors, /\/playground\/enforcement/)
  })

  it('does nothing when another revision is in force than the one that was planned against', async () => {
    const file = installation.writePolicy(playground(true))
    const refused = await installation.run('policy', 'apply', file, '--expect-serial', '7')

    assert.equal(refused.code, 1)
    assert.match(refused.errors, /Revision 1 is in force/)
  })

  it('makes a backup that holds no key in clear', async () => {
    const made = await installation.run('backup', installation.file('one.backup'))
    const content = gunzipSync(readFileSync(installation.file('one.backup'))).toString()
    const masterKey = readFileSync(installation.file('data/master.key'), 'utf8').trim()

    assert.equal(made.code, 0, made.errors)
    assert.match(content, /hw1\./)
    assert.ok(!content.includes(masterKey) && !/PRIVATE|"d":/.test(content))
  })

  it('continues above what clients have seen when an older backup is restored', async () => {
    await apply(playground(true))
    await apply({})
    mkdirSync(installation.file('lost'))
    renameSync(installation.file('data/hivewarden.db'), installation.file('lost/hivewarden.db'))
    const restored = await installation.run(
      'restore',
      installation.file('one.backup'),
      '--serial-floor',
      '3',
      '--json',
    )
    manager = await installation.serve()

    assert.equal(restored.code, 0, restored.errors)
    const { serial, config } = await served()
    assert.deepEqual({ serial, config }, { serial: 4, config: playground(false) })
    await manager.end('SIGTERM')
    const applied = await apply(playground(true))
    assert.match(applied.output, /Published revision 5\./)
  })

  it('refuses to restore over what is there', async () => {
    const refused = await installation.run('restore', installation.file('one.backup'))

    assert.equal(refused.code, 1)
    assert.match(refused.errors, /something in .*hivewarden\.db already/)
  })

  it('replaces a stolen key and makes every client fetch anew', async () => {
    const stolen = await kidOf()
    const replaced = await installation.run('keys', 'rotate', '--stolen', '--json')
    const { stolenKid, serial } = JSON.parse(replaced.output)

    assert.deepEqual({ code: replaced.code, stolenKid, serial }, { code: 0, stolenKid: stolen, serial: 6 })
    assert.notEqual(await kidOf(), stolen)
  })

  it('takes a key of a file as the next one, and withdraws it again', async () => {
    const pem = installation.file('imported.pem')
    const { kid } = writeKey(pem)
    const imported = await installation.run('keys', 'import', pem, '--json')
    const again = await installation.run('keys', 'import', pem)
    const withdrawn = await installation.run('keys', 'retire', '--json', '--', kid)

    assert.equal(imported.code, 0, imported.errors)
    assert.equal(JSON.parse(imported.output).kid, kid)
    assert.equal(again.code, 1)
    assert.deepEqual(JSON.parse(withdrawn.output), { done: true, kid, was: 'next' })
  })

  it('stands above the serial that clients have seen of another manager', async () => {
    const file = installation.writePolicy(playground(false))
    const applied = await installation.run('policy', 'apply', file, '--serial-floor', '57')

    assert.match(applied.output, /Published revision 58\./)
  })

  it('finds its audit log intact, and writes it to a file that is never overwritten', async () => {
    const verified = await installation.run('audit', 'verify')
    const exported = await installation.run('audit', 'export', installation.file('audit.jsonl'), '--json')
    const again = await installation.run('audit', 'export', installation.file('audit.jsonl'))

    assert.equal(verified.code, 0, verified.output)
    const lines = readFileSync(installation.file('audit.jsonl'), 'utf8').trim().split('\n')
    assert.equal(lines.length, JSON.parse(exported.output).events)
    assert.equal(again.code, 1)
  })

  it('finds that its log was cut off when it is told of an event that is gone', async () => {
    const verified = await installation.run('audit', 'verify', '--known', `99:${'a'.repeat(64)}`)

    assert.equal(verified.code, 1)
    assert.match(verified.output, /event 99 is known to have been there/)
  })
})

function writeKey(file: string): { readonly kid: string } {
  const { pem, publicJwk } = generateSigningKey()
  writeFileSync(file, pem, { mode: 0o600 })
  return { kid: publicJwk.kid }
}
