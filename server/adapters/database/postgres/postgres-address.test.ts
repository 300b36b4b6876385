import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { scratch } from '../testing/scratch.fixture.ts'
import { readPostgresAddress } from './postgres-address.ts'

const read = (text: string) => {
  const address = readPostgresAddress(text)
  assert.equal(address.ok, true, JSON.stringify(address))
  return address.ok ? address.value : assert.fail()
}
const refusal = (text: string): string => {
  const address = readPostgresAddress(text)
  assert.equal(address.ok, false)
  return address.ok ? '' : address.problem.message
}

describe('the address of a PostgreSQL database', () => {
  it('is read in full', () => {
    const { ssl: _, ...address } = read('postgres://us%40er:p%2Fw@db.example.com:6432/policy')
    assert.deepEqual(address, {
      host: 'db.example.com',
      port: 6432,
      user: 'us@er',
      password: 'p/w',
      database: 'policy',
      place: 'the PostgreSQL database policy at db.example.com:6432',
    })
  })
  it('needs no password and no port', () => {
    const address = read('postgresql://user@[::1]/policy')
    assert.deepEqual([address.host, address.port, address.password], ['::1', 5432, undefined])
  })
  it('may be a socket of this machine', () => {
    assert.equal(read('postgres://user@localhost/policy?host=/run/postgresql').host, '/run/postgresql')
  })
  it('needs a user and a database', () => {
    assert.match(refusal('postgres://db.example.com/policy'), /Name the user/)
    assert.match(refusal('postgres://user@db.example.com/'), /Name the database/)
  })
  it('is refused with an option that is not known', () => {
    assert.match(refusal('postgres://u@h/d?options=-csearch_path=x'), /unknown option options/)
  })
  it('is refused when it cannot be read, without its password', () => {
    assert.doesNotMatch(refusal('postgres://u:secret%zz@h/d?sslmode=x'), /secret/)
    assert.doesNotMatch(refusal('not secret'), /secret/)
  })
})

describe('the encryption of a connection to PostgreSQL', () => {
  it('is on and verified for another machine, when nobody says', () => {
    assert.deepEqual(read('postgres://u@db.example.com/d').ssl, {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    })
  })
  it('is off for this machine, when nobody says', () => {
    assert.equal(read('postgres://u@127.0.0.1/d').ssl, false)
    assert.equal(read('postgres://u@localhost/d').ssl, false)
  })
  it('is off where the operator says so', () => {
    assert.equal(read('postgres://u@db.example.com/d?sslmode=disable').ssl, false)
  })
  it('verifies the server under require too', () => {
    const { ssl } = read('postgres://u@127.0.0.1/d?sslmode=require')
    assert.equal(ssl !== false && ssl.rejectUnauthorized, true)
    assert.equal(ssl !== false && ssl.checkServerIdentity, undefined)
  })
  it('takes any name under verify-ca, and only with an authority', async (t) => {
    assert.match(refusal('postgres://u@h/d?sslmode=verify-ca'), /needs sslrootcert/)
    const file = join(await scratch(t), 'ca.pem')
    await writeFile(file, 'PEM')
    const { ssl } = read(`postgres://u@h/d?sslmode=verify-ca&sslrootcert=${file}`)
    assert.equal(ssl !== false && ssl.ca, 'PEM')
    assert.equal(ssl !== false && ssl.rejectUnauthorized, true)
    assert.equal(typeof (ssl !== false && ssl.checkServerIdentity), 'function')
  })
  it('does not fall back to plain text', () => {
    assert.match(refusal('postgres://u@h/d?sslmode=prefer'), /sslmode is prefer/)
    assert.match(refusal('postgres://u@h/d?sslmode=no-verify'), /sslmode is no-verify/)
  })
  it('is refused with an authority that cannot be read', () => {
    assert.match(refusal('postgres://u@h/d?sslrootcert=/nowhere'), /cannot be read/)
  })
})
