import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameJson } from '../json/same-json.ts'
import type { Layer } from './layer.ts'
import { type MergeConflict, mergePolicies } from './merge-policies.ts'
import type { PolicyDocument } from './policy-document.ts'
import { policyDocument } from './testing/policy-arbitraries.ts'

const shown = { value: true, enforcement: 'default' } as const
const hidden = { value: false, enforcement: 'enforced' } as const

const layer = (id: string, rest: Partial<Layer> = {}): Layer => ({ id, name: id, directives: {}, ...rest })
const policy = (...layers: readonly Layer[]): PolicyDocument => ({ layers })
const ordered = (ids: string): PolicyDocument => policy(...[...ids].map((id) => layer(id)))

function merged(base: PolicyDocument, ours: PolicyDocument, theirs: PolicyDocument): PolicyDocument {
  const outcome = mergePolicies(base, ours, theirs)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value
}

function conflicts(
  base: PolicyDocument,
  ours: PolicyDocument,
  theirs: PolicyDocument,
): readonly MergeConflict[] {
  const outcome = mergePolicies(base, ours, theirs)
  assert.equal(outcome.ok, false)
  return outcome.ok ? [] : outcome.problem.conflicts
}

test('brings changes of different directives together', () => {
  const base = policy(layer('o', { directives: { help_menu: shown } }))
  const ours = policy(layer('o', { directives: { help_menu: shown, playground: hidden } }))
  const theirs = policy(layer('o', { directives: { help_menu: hidden, assistant: hidden } }))
  assert.deepEqual(
    merged(base, ours, theirs),
    policy(layer('o', { directives: { playground: hidden, help_menu: hidden, assistant: hidden } })),
  )
})

test('brings a new name, a new audience and a final directive together', () => {
  const base = policy(layer('o'))
  const ours = policy(layer('o', { name: 'All', final: ['assistant'] }))
  const theirs = policy(layer('o', { audience: { groups: ['g'] }, final: ['registry'] }))
  assert.deepEqual(
    merged(base, ours, theirs),
    policy(layer('o', { name: 'All', audience: { groups: ['g'] }, final: ['registry', 'assistant'] })),
  )
})

test('takes what both sides changed alike', () => {
  const both = policy(layer('o', { directives: { playground: hidden } }))
  assert.deepEqual(merged(policy(layer('o')), both, structuredClone(both)), both)
})

test('lets one side take a directive away that the other left alone', () => {
  const base = policy(layer('o', { directives: { playground: hidden, assistant: shown } }))
  const ours = policy(layer('o', { directives: { assistant: shown } }))
  const theirs = policy(layer('o', { directives: { playground: hidden, assistant: hidden } }))
  assert.deepEqual(merged(base, ours, theirs), policy(layer('o', { directives: { assistant: hidden } })))
})

test('names the directive that both sides changed, with both sides, and keeps ours in the draft', () => {
  const base = policy(layer('o'))
  const ours = policy(layer('o', { directives: { playground: hidden } }))
  const theirs = policy(layer('o', { directives: { playground: shown, assistant: hidden } }))
  const outcome = mergePolicies(base, ours, theirs)
  assert.deepEqual(outcome, {
    ok: false,
    problem: {
      conflicts: [
        { kind: 'directive', layer: { id: 'o', name: 'o' }, key: 'playground', ours: hidden, theirs: shown },
      ],
      draft: policy(layer('o', { directives: { playground: hidden, assistant: hidden } })),
    },
  })
})

test('names a directive that one side changed and the other took away', () => {
  const base = policy(layer('o', { directives: { playground: shown } }))
  const ours = policy(layer('o', { directives: { playground: hidden } }))
  assert.deepEqual(conflicts(base, ours, policy(layer('o'))), [
    { kind: 'directive', layer: { id: 'o', name: 'o' }, key: 'playground', base: shown, ours: hidden },
  ])
})

test('names two names and two audiences of one layer', () => {
  const found = conflicts(
    policy(layer('o')),
    policy(layer('o', { name: 'A', audience: { groups: ['a'] } })),
    policy(layer('o', { name: 'B', audience: { groups: ['b'] } })),
  )
  assert.deepEqual(
    found.map((conflict) => conflict.kind),
    ['name', 'audience'],
  )
})

test('names a layer that one side removed and the other changed', () => {
  const base = policy(layer('o'), layer('x'))
  const found = conflicts(
    base,
    policy(layer('o')),
    policy(layer('o'), layer('x', { directives: { playground: hidden } })),
  )
  assert.deepEqual(
    found.map((conflict) => conflict.kind),
    ['layer'],
  )
})

test('names a layer that both sides added under one id and not alike', () => {
  const found = conflicts(policy(), policy(layer('x', { name: 'A' })), policy(layer('x', { name: 'B' })))
  assert.deepEqual(
    found.map((conflict) => conflict.kind),
    ['layer'],
  )
})

test('removes a layer that the other side left alone', () => {
  assert.deepEqual(merged(ordered('oxy'), ordered('oy'), ordered('oxyz')), ordered('oyz'))
})

for (const [title, base, ours, theirs, expected] of [
  ['our order where theirs is the old one', 'abc', 'acb', 'abc', 'acb'],
  ['their order where ours is the old one', 'abc', 'abc', 'cab', 'cab'],
  ['one order that both made', 'abc', 'cba', 'cba', 'cba'],
  ['our addition in their order', 'abc', 'abxc', 'cab', 'cabx'],
  ['their addition in our order', 'abc', 'cab', 'abcy', 'cyab'],
  ['additions in different places', 'ab', 'xab', 'aby', 'xaby'],
  ['additions in one place, theirs first', 'ab', 'axb', 'ayb', 'ayxb'],
  ['two additions in their sequence', 'ab', 'axzb', 'ab', 'axzb'],
] as const) {
  test(`takes ${title}`, () => {
    const order = merged(ordered(base), ordered(ours), ordered(theirs)).layers.map(({ id }) => id)
    assert.equal(order.join(''), expected)
  })
}

test('names two new orders that differ', () => {
  assert.deepEqual(conflicts(ordered('abc'), ordered('acb'), ordered('bac')), [
    { kind: 'order', base: ['a', 'b', 'c'], ours: ['a', 'c', 'b'], theirs: ['b', 'a', 'c'] },
  ])
})

test('a side that changed nothing leaves the other as it is', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, (base, changed) => {
      assert.ok(sameJson(merged(base, changed, structuredClone(base)), changed))
      assert.ok(sameJson(merged(base, structuredClone(base), changed), changed))
    }),
  )
})

test('finds the same conflicts, with sides changed, whoever is called ours', () => {
  const summary = (found: readonly MergeConflict[]) =>
    found
      .map((conflict) =>
        [
          conflict.kind,
          'layer' in conflict ? conflict.layer.id : '',
          'key' in conflict ? conflict.key : '',
        ].join(),
      )
      .sort()
  fc.assert(
    fc.property(policyDocument, policyDocument, policyDocument, (base, one, other) => {
      const here = mergePolicies(base, one, other)
      const there = mergePolicies(base, other, one)
      assert.equal(here.ok, there.ok)
      if (!here.ok && !there.ok)
        assert.deepEqual(summary(here.problem.conflicts), summary(there.problem.conflicts))
    }),
  )
})

test('keeps every layer once', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, policyDocument, (base, one, other) => {
      const outcome = mergePolicies(base, one, other)
      const ids = (outcome.ok ? outcome.value : outcome.problem.draft).layers.map((each) => each.id)
      assert.equal(new Set(ids).size, ids.length)
    }),
  )
})
