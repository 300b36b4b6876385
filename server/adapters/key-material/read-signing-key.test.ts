import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { limits } from '../../../domain/limits.ts'
import { generateSigningKey } from './generate-signing-key.ts'
import { verifySignature } from './node-envelope-signer.ts'
import { readSigningKey } from './read-signing-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'signing-key-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
function keyFile(content: string, mode = 0o600): string {
  count += 1
  const file = join(folder, `${count}.pem`)
  writeFileSync(file, content)
  chmodSync(file, mode)
  return file
}
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] }).toString()
const codeOf = (file: string) => {
  const read = readSigningKey(file)
  return read.ok ? 'accepted' : read.problem.code
}

describe('takes a key of mode', () => {
  for (const mode of [0o400, 0o440, 0o600, 0o640]) {
    test(`0${mode.toString(8)}`, () => {
      assert.equal(codeOf(keyFile(generateSigningKey().pem, mode)), 'accepted')
    })
  }
})

describe('refuses a key of mode', () => {
  for (const mode of [0o644, 0o604, 0o602, 0o601, 0o620, 0o660, 0o666, 0o777]) {
    test(`0${mode.toString(8)}, with the command that closes it`, () => {
      const file = keyFile(generateSigningKey().pem, mode)
      const read = readSigningKey(file)
      assert.ok(!read.ok && read.problem.code === 'exposed')
      assert.match(read.problem.message, new RegExp(`0${mode.toString(8)}`))
      assert.ok(read.problem.message.includes(`chmod 600 ${file}`))
    })
  }
})

test('judges the file that a link leads to, as in a mounted Secret, where links have no mode of their own', () => {
  const inside = join(folder, '..2026_09_21')
  mkdirSync(inside)
  writeFileSync(join(inside, 'signing.pem'), generateSigningKey().pem, { mode: 0o440 })
  symlinkSync('..2026_09_21', join(folder, '..data'))
  symlinkSync('..data/signing.pem', join(folder, 'signing.pem'))
  assert.equal(codeOf(join(folder, 'signing.pem')), 'accepted')
})

describe('says what is in the way', () => {
  test('nothing there, with the command that makes a key', () => {
    const file = join(folder, 'no such key’s file.pem')
    const read = readSigningKey(file)
    assert.ok(!read.ok && read.problem.code === 'missing')
    assert.ok(read.problem.message.includes(`openssl ecparam -name prime256v1 -genkey -noout -out '${file}'`))
  })
  test('a file where a folder was expected', () => {
    assert.equal(codeOf(join(keyFile('x'), 'signing.pem')), 'missing')
  })
  test('a folder', () => {
    assert.equal(codeOf(folder), 'not_a_file')
  })
  test('a named pipe, without waiting for somebody to write into it', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', ['-m', '600', pipe])
    assert.equal(codeOf(pipe), 'not_a_file')
  })
  test('a link that leads nowhere', () => {
    const link = join(folder, 'dangling')
    symlinkSync('nowhere', link)
    assert.equal(codeOf(link), 'missing')
  })
  test('a link that leads to itself', () => {
    const link = join(folder, 'loop')
    symlinkSync('loop', link)
    const read = readSigningKey(link)
    assert.ok(!read.ok && read.problem.code === 'unreadable')
    assert.match(read.problem.message, /\(ELOOP\).*chown/)
  })
  test('more than a key file holds', () => {
    const { pem } = generateSigningKey()
    assert.equal(codeOf(keyFile(pem + ' '.repeat(limits.pem.bytes - pem.length))), 'accepted')
    assert.equal(codeOf(keyFile(pem + ' '.repeat(limits.pem.bytes - pem.length + 1))), 'too_large')
  })
})

test('reads what openssl ecparam writes, and signs what openssl verifies', () => {
  const file = keyFile(openssl('ecparam', '-name', 'prime256v1', '-genkey'))
  const read = readSigningKey(file)
  assert.ok(read.ok)
  const { publicJwk, sign } = read.value
  const signature = Buffer.from(sign('header.payload'), 'base64url')
  assert.equal(signature.length, 64)
  assert.ok(verifySignature(publicJwk, 'header.payload', signature))
  assert.ok(!verifySignature(publicJwk, 'header.payloae', signature))
})

test('lets nothing of the private key out: not through the ring, not through an error', () => {
  const { pem } = generateSigningKey()
  const body = pem.split('\n').slice(1, -2).join('')
  const secret = body.slice(40, 80)
  const damaged = pem.replace(body.slice(60, 64), 'AAAA')
  const shown = [
    keyFile(pem),
    keyFile(pem, 0o644),
    keyFile(damaged),
    keyFile(pem.replace('BEGIN PRIVATE', 'BEGIN RSA PRIVATE').replace('END PRIVATE', 'END RSA PRIVATE')),
    keyFile(pem.slice(0, -30)),
    keyFile(pem + pem),
  ].map((file) => {
    const read = readSigningKey(file)
    return JSON.stringify(read) + String(read.ok ? Object.values(read.value) : read.problem.message)
  })
  assert.ok(readFileSync(keyFile(pem), 'utf8').replaceAll('\n', '').includes(secret))
  for (const text of shown) {
    assert.ok(!text.includes(secret) && !text.includes('"d"'), text)
  }
})
