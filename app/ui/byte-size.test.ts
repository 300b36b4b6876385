import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { byteSize } from './byte-size.ts'

describe('a size as people say it', () => {
  const cases: readonly (readonly [bytes: number, words: string])[] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [2113, '2.1 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [1_250_000, '1.3 MB'],
  ]
  for (const [bytes, words] of cases) {
    it(`says "${words}" for ${bytes} bytes`, () => assert.equal(byteSize(bytes), words))
  }
})
