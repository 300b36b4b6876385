import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startPostgres, type ThrowAwayPostgres } from '../tools/postgres/start-postgres.ts'
import { eventually } from './testing/eventually.ts'
import { createInstallation, type Installation, type RunningProcess } from './testing/installation.ts'

const playground = (value: boolean) => ({ playground: { value, enforcement: 'enforced' } })

/** Each test goes on where the one before it ended, as the days of an installation do. */
describe('two replicas on one PostgreSQL server', () => {
  let secrets: string
  let server: ThrowAwayPostgres
  let installation: Installation
  let watcher: ReturnType<typeof watchSerials> | undefined
  let one: RunningProcess
  let other: RunningProcess
  before(async () => {
    server = await startPostgres()
    secrets = mkdtempSync(join(tmpdir(), 'secrets-'))
    const masterKey = join(secrets, 'master.key')
    writeFileSync(masterKey, randomBytes(32).toString('base64'), { mode: 0o600 })
    installation = await createInstallation({ database: { url: server.url, masterKeyFile: masterKey } })
    // Both at once, on an empty database: each makes the schema, the first key and the first revision, and one wins.
    const replicas = await Promise.all([installation.serve(), installation.serve()])
    one = replicas[0]
    other = replicas[1]
  })
  after(async () => {
    await watcher?.stop()
    await installation.remove()
    await server.stop()
    rmSync(secrets, { recursive: true })
  })

  const both = async <Value>(ask: (replica: RunningProcess) => Promise<Value>): Promise<readonly Value[]> =>
    Promise.all([ask(one), ask(other)])
  const serials = () => both(async (replica) => (await replica.config()).json().serial)
  const kids = () =>
    both(async (replica) => {
      const { keys } = (await replica.request('/.well-known/jwks.json')).json()
      return (keys as { kid: string }[]).map(({ kid }) => kid).join()
    })
  const readiness = () => both(async (replica) => (await replica.request('/readyz')).json())

  it('agree on one first revision and one first key', async () => {
    const [first, second] = await kids()

    assert.deepEqual(await serials(), [1, 1])
    assert.equal(first, second)
    assert.match(first ?? '', /^[\w-]{43}$/)
  })

  it('give the same tag', async () => {
    const [first, second] = await both(async (replica) => (await replica.config()).headers.etag)

    assert.equal(first, second)
  })

  it('answer whoever waits at either as soon as a revision is published', async () => {
    const etag = (await one.config()).headers.etag ?? ''
    const waiting = both((replica) => replica.config({ 'If-None-Match': etag, Prefer: 'wait=30' }))
    const applied = await installation.run('policy', 'apply', installation.writePolicy(playground(false)))

    assert.deepEqual(applied, { ...applied, code: 0, errors: '' })
    assert.deepEqual(
      (await waiting).map((answer) => [answer.status, answer.json().serial]),
      [
        [200, 2],
        [200, 2],
      ],
    )
  })

  it('both publish the next key as soon as there is one', async () => {
    const rotated = await installation.run('keys', 'rotate', '--json')

    assert.equal(rotated.code, 0, rotated.errors)
    const next = JSON.parse(rotated.output).kid
    await eventually('both publish it', async () => (await kids()).every((list) => list.endsWith(next)))
  })

  it('refuse a replica that has another master key', async () => {
    const foreign = await createInstallation({ database: { url: server.url } })
    try {
      await assert.rejects(foreign.serve(), /HIVEWARDEN_MASTER_KEY_FILE/)
    } finally {
      await foreign.remove()
    }
  })

  it('go on serving while the server is down, and say so', async () => {
    watcher = watchSerials([one, other])
    await server.halt()
    await eventually('both notice', async () =>
      (await readiness()).every(({ database }) => String(database).startsWith('warning: away since')),
    )

    assert.deepEqual(await serials(), [2, 2])
    assert.deepEqual(
      (await readiness()).map(({ status, policy }) => [status, policy]),
      [
        ['ready', 'ok'],
        ['ready', 'ok'],
      ],
    )
  })

  it('leave a publish undone while the server is down, with the status for what cannot be reached', async () => {
    const applied = await installation.run('policy', 'apply', installation.writePolicy(playground(true)))

    assert.equal(applied.code, 69)
    assert.deepEqual(await serials(), [2, 2])
  })

  it('take up what is published as soon as the server is back, by themselves', async () => {
    await server.start()
    await eventually('both are well', async () =>
      (await readiness()).every(({ database }) => database === 'ok'),
    )
    const applied = await installation.run('policy', 'apply', installation.writePolicy(playground(true)))

    assert.equal(applied.code, 0, applied.errors)
    await eventually('both serve it', async () => (await serials()).every((serial) => serial === 3))
  })

  it('never gave a client a lower serial or an error in all that time', async () => {
    const seen = (await watcher?.stop()) ?? []

    assert.deepEqual(
      seen.filter(({ status, step }) => status !== 200 || step < 0),
      [],
    )
    assert.ok(seen.length > 10)
  })

  it('leave an unbroken chain of events behind', async () => {
    const verified = await installation.run('audit', 'verify', '--json')

    assert.equal(verified.code, 0, verified.output)
    assert.equal(JSON.parse(verified.output).revisions.checked, 3)
  })

  it('write neither the password nor a key into their log', async () => {
    const password = new URL(server.url).password
    const written = one.written() + other.written()

    assert.ok(password !== '' && !written.includes(password))
    assert.doesNotMatch(written, /hw1\.|PRIVATE KEY/)
  })
})

interface Seen {
  readonly status: number
  /** From the serial before at the same replica. */
  readonly step: number
}

/** Clients that ask again and again, one at each replica. */
function watchSerials(replicas: readonly RunningProcess[]) {
  let going = true
  const watch = async (replica: RunningProcess): Promise<readonly Seen[]> => {
    const seen: Seen[] = []
    let before = 0
    while (going) {
      const answer = await replica.config()
      const serial = answer.status === 200 ? Number(answer.json().serial) : before
      seen.push({ status: answer.status, step: serial - before })
      before = serial
      await pause(20)
    }
    return seen
  }
  const watching = replicas.map(watch)
  return {
    async stop(): Promise<readonly Seen[]> {
      going = false
      return (await Promise.all(watching)).flat()
    },
  }
}
