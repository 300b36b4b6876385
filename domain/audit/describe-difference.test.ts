import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Layer } from '../policy/layer.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { describeDifference } from './describe-difference.ts'
import { draftEvent } from './draft-event.ts'

const hidden = { value: false, enforcement: 'enforced' } as const
const shown = { value: true, enforcement: 'default' } as const

test('tells what a directive said on both sides, in words and in data', () => {
  const difference = describeDifference(
    singleLayer({ playground: shown }),
    singleLayer({ playground: hidden }),
  )
  assert.match(difference.words, /^Playground: Default → Enforced/)
  assert.deepEqual(difference.before, [{ layer: 'organisation', directive: 'playground', entry: shown }])
  assert.deepEqual(difference.after, [{ layer: 'organisation', directive: 'playground', entry: hidden }])
})

test('tells of layers, audiences, finals and order', () => {
  const one: Layer = { id: 'a', name: 'A', directives: {} }
  const two: Layer = { id: 'b', name: 'B', directives: {}, final: ['registry'] }
  const difference = describeDifference(
    { layers: [one, two] },
    {
      layers: [
        { ...two, audience: { groups: ['g'] } },
        { ...one, final: ['registry'] },
      ],
    },
  )
  assert.deepEqual(difference.after, [
    { layer: 'b', name: 'B', audience: { groups: ['g'] } },
    { layer: 'a', directive: 'registry', final: true },
    { order: ['b', 'a'] },
  ])
  assert.deepEqual(difference.before, [
    { layer: 'b', name: 'B', audience: null },
    { layer: 'a', directive: 'registry', final: false },
    { order: ['a', 'b'] },
  ])
})

test('says nothing where nothing differs', () => {
  assert.deepEqual(describeDifference(singleLayer({}), singleLayer({})), { words: '', before: [], after: [] })
})

test('says the first differences and how many more there are', () => {
  const layers = Array.from({ length: 9 }, (_, index) => ({
    id: `l${index}`,
    name: `L${index}`,
    directives: {},
  }))
  const { words } = describeDifference({ layers: [] }, { layers })
  assert.match(words, /^Layer “L0” is added\..*and 4 more$/)
})

test('no secret of a policy gets into an event', () => {
  const build = (DB_PASSWORD: string, NOTE: string) =>
    singleLayer({ build_env: { value: { DB_PASSWORD, NOTE }, enforcement: 'default' } })
  const difference = describeDifference(build('hunter2', 'AKIAIOSFODNN7EXAMPLE'), build('hunter3', 'plain'))
  const event = draftEvent({
    kind: 'change.withdrawn',
    at: 1,
    actor: { kind: 'administrator', id: 'ada', name: 'Ada' },
    subject: { kind: 'change', id: 'c1' },
    words: difference.words,
    before: difference.before,
    after: difference.after,
    data: { version: 2 },
  })
  const text = JSON.stringify(event)
  assert.equal(/hunter|AKIA/.test(text), false, text)
  assert.equal(text.includes('DB_PASSWORD'), true)
  assert.equal(text.includes('"plain"'), true)
})

test('an event keeps no role and no other member of whoever did it', () => {
  const actor = { kind: 'administrator', id: 'ada', name: 'Ada', roles: ['owner'], session: 's' } as const
  const event = draftEvent({
    kind: 'change.withdrawn',
    at: 1,
    actor,
    subject: { kind: 'change', id: 'c1' },
    words: 'w'.repeat(5000),
    data: { version: 2 },
  })
  assert.deepEqual(event.actor, { kind: 'administrator', id: 'ada', name: 'Ada' })
  assert.equal(event.words.length < 2100, true)
})
