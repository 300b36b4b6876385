import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { publicRefusal, tokenRefusals } from './token-refusal.ts'

const page = readFileSync(new URL('../../docs/tokens.md', import.meta.url), 'utf8')
const documented = [...page.matchAll(/^\| `([a-z_]+)` \| [^|]+ \| [^|]+ \|$/gm)].map(([, reason]) => reason)

test('the page on tokens explains every reason, in this order', () => {
  assert.deepEqual(documented, [...tokenRefusals])
})

test('clients can tell three classes apart and no more', () => {
  const classes = Map.groupBy(tokenRefusals, publicRefusal)
  assert.deepEqual(classes.get('insufficient_scope'), ['scope_missing'])
  assert.deepEqual(classes.get('temporarily_unavailable'), ['keys_unavailable'])
  assert.equal(classes.size, 3)
})
