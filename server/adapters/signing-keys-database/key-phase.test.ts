import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testJwk } from '../../../domain/signing-keys/key.fixture.ts'
import type { EnvelopeSigner } from '../../ports/signer.ts'
import { keyPhase, type OpenedKey } from './key-phase.ts'

const signerOf = (kid: string): EnvelopeSigner => ({ kid, publicJwk: testJwk(kid), sign: () => '' })

const opened = (
  kid: string,
  times: Partial<Pick<OpenedKey['key'], 'signsFrom' | 'signsUntil' | 'publishedUntil'>>,
  opens = true,
): OpenedKey => ({
  key: { publicJwk: testJwk(kid), createdAt: 0, signsFrom: 0, sealedPrivate: '', ...times },
  signer: opens ? signerOf(kid) : undefined,
})

const first = opened('first', { signsUntil: 100, publishedUntil: 200 })
const second = opened('second', { signsFrom: 100 })
const lockedSecond = opened('second', { signsFrom: 100 }, false)

const shown = (ring: readonly OpenedKey[], now: number) => {
  const { signer, published, locked } = keyPhase(ring, now)
  return { signs: signer?.kid, published: published.map(({ kid }) => kid), locked }
}

describe('the keys at a moment', () => {
  it('sign and are published as their times say', () => {
    assert.deepEqual(
      [99, 100, 199, 200].map((now) => shown([first, second], now)),
      [
        { signs: 'first', published: ['first', 'second'], locked: undefined },
        { signs: 'second', published: ['second', 'first'], locked: undefined },
        { signs: 'second', published: ['second', 'first'], locked: undefined },
        { signs: 'second', published: ['second'], locked: undefined },
      ],
    )
  })

  it('stay as they are until the next of their times', () => {
    const { from, until } = keyPhase([first, second], 150)

    assert.deepEqual([from, until], [100, 200])
  })

  it('let the one before go on while the one whose turn it is does not open', () => {
    assert.deepEqual(shown([first, lockedSecond], 150), {
      signs: 'first',
      published: ['first'],
      locked: 'second',
    })
  })

  it('sign nothing once clients have let go of the one before', () => {
    assert.equal(shown([first, lockedSecond], 200).signs, undefined)
  })

  it('never sign with a key that was taken out for being stolen', () => {
    assert.deepEqual(shown([lockedSecond], 150), { signs: undefined, published: [], locked: 'second' })
  })

  it('are none where there is none', () => {
    assert.deepEqual(shown([], 150), { signs: undefined, published: [], locked: undefined })
  })
})
