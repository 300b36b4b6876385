import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { createSealing } from './create-sealing.ts'

const masterKey = randomBytes(32)
const secret = Buffer.from('a private key')

describe('a sealed secret', () => {
  const sealing = createSealing(masterKey)
  const sealed = sealing.seal(secret, 'kid-1')

  it('opens under the master key that sealed it, for what it is bound to', () => {
    assert.deepEqual(Buffer.from(sealing.open(sealed, 'kid-1') ?? []), secret)
  })

  it('stays closed under another master key', () => {
    assert.equal(createSealing(randomBytes(32)).open(sealed, 'kid-1'), undefined)
  })

  it('stays closed for another key than the one it is bound to', () => {
    assert.equal(sealing.open(sealed, 'kid-2'), undefined)
  })

  it('stays closed when any one of its characters is another', () => {
    const opened = [...sealed].filter((character, at) => {
      const other = character === 'A' ? 'B' : 'A'
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`
      return sealing.open(changed, 'kid-1') !== undefined && !sameBytes(changed, sealed)
    })

    assert.deepEqual(opened, [])
  })

  it('stays closed when it is cut off anywhere', () => {
    const opened = [...sealed].filter((_, at) => sealing.open(sealed.slice(0, at), 'kid-1') !== undefined)

    assert.deepEqual(opened, [])
  })

  it('stays closed under a tag that is cut to fewer bytes', () => {
    const [form, nonce, tag = '', hidden] = sealed.split('.')
    const short = Buffer.from(tag, 'base64url').subarray(0, 12).toString('base64url')

    assert.equal(sealing.open([form, nonce, short, hidden].join('.'), 'kid-1'), undefined)
  })

  it('is another text each time, so that equal secrets do not show', () => {
    assert.notEqual(sealing.seal(secret, 'kid-1'), sealed)
  })

  it('holds nothing of the secret', () => {
    assert.ok(!Buffer.from(sealed.split('.')[3] ?? '', 'base64url').includes(secret))
  })

  it('is made under a master key of 32 bytes only', () => {
    assert.throws(() => createSealing(randomBytes(16)), TypeError)
  })
})

/** The last character of a base64url text has bits that stand for nothing. */
const sameBytes = (one: string, other: string): boolean => {
  const bytes = (text: string) =>
    text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'))
  return one.startsWith('hw1.') && bytes(one).slice(1).join() === bytes(other).slice(1).join()
}
