import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startPostgres, type ThrowAwayPostgres } from '../../../../tools/postgres/start-postgres.ts'
import { openPostgresDatabase } from '../open-postgres-database.ts'
import { statement } from '../testing/postgres.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'

/** Makes a certificate that only itself vouches for. */
function certify(folder: string, name: string): { readonly key: string; readonly certificate: string } {
  const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...curve, ...subject, ...files], {
    stdio: 'pipe',
  })
  return { key, certificate }
}

/** Puts a file into the folder of the server, as its own account and for that alone. */
async function place(url: string, file: string, name: string): Promise<void> {
  const text = (await readFile(file, 'utf8')).trimEnd()
  const lines = `SELECT unnest(string_to_array('${text}', E'\\n'))`
  await statement(url, `COPY (${lines}) TO PROGRAM 'umask 077; cat > ${name}'`)
}

describe('a PostgreSQL server that speaks TLS', () => {
  let server: ThrowAwayPostgres
  let authority = ''
  let stranger = ''
  const cleaning: (() => unknown)[] = []

  before(async () => {
    const folder = await scratch({ after: (clean) => void cleaning.push(clean as () => unknown) })
    server = await startPostgres()
    const own = certify(folder, 'localhost')
    authority = own.certificate
    stranger = certify(folder, 'stranger').certificate
    await place(server.url, own.key, 'server.key')
    await place(server.url, own.certificate, 'server.crt')
    await statement(server.url, 'ALTER SYSTEM SET ssl = on')
    await server.halt()
    await server.start()
  })
  after(async () => {
    await server.stop()
    for (const clean of cleaning) await clean()
  })

  const attempt = async (host: string, query: string): Promise<string> => {
    const url = Object.assign(new URL(server.url), { hostname: host, search: query })
    const opened = await openPostgresDatabase(url.href, context)
    if (!opened.ok) return `${opened.problem.code}: ${opened.problem.message}`
    await opened.value.close()
    return 'opened'
  }

  it('is used when its authority is the one that was named', async () => {
    assert.equal(await attempt('localhost', `sslmode=verify-full&sslrootcert=${authority}`), 'opened')
  })
  it('is refused when nobody vouches for it', async () => {
    assert.match(await attempt('localhost', 'sslmode=require'), /^unreachable: .*SELF_SIGNED/)
  })
  it('is refused when another authority was named', async () => {
    assert.match(
      await attempt('localhost', `sslmode=verify-full&sslrootcert=${stranger}`),
      /^unreachable: .*CERT/,
    )
  })
  it('is refused under another name, unless only the authority is to be verified', async () => {
    const names = `sslrootcert=${authority}`
    assert.match(await attempt('127.0.0.1', `sslmode=verify-full&${names}`), /ERR_TLS_CERT_ALTNAME_INVALID/)
    assert.equal(await attempt('127.0.0.1', `sslmode=verify-ca&${names}`), 'opened')
  })
})
