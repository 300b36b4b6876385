import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Layer } from '../policy/layer.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import { isRemoval, planChanges, planInWords } from './plan-changes.ts'

const hidden = { value: false, enforcement: 'enforced' } as const
const shown = { value: true, enforcement: 'default' } as const

const layer = (rest: Partial<Layer> = {}): Layer => ({
  id: 'organisation',
  name: 'Organisation',
  directives: {},
  ...rest,
})
const policy = (...layers: readonly Layer[]): PolicyDocument => ({ layers })
const other = layer({ id: 'l2', name: 'Two' })

for (const [title, before, after, actions] of [
  ['a new directive', policy(layer()), policy(layer({ directives: { playground: hidden } })), ['add']],
  [
    'another value',
    policy(layer({ directives: { playground: shown } })),
    policy(layer({ directives: { playground: hidden } })),
    ['change'],
  ],
  ['a directive less', policy(layer({ directives: { playground: shown } })), policy(layer()), ['remove']],
  ['a new layer', policy(layer()), policy(layer(), other), ['add']],
  ['a layer less', policy(layer(), other), policy(layer()), ['remove']],
  [
    'a layer less with what it says',
    policy(layer(), layer({ id: 'l2', directives: { playground: shown }, final: ['registry'] })),
    policy(layer()),
    ['remove', 'remove', 'remove'],
  ],
  ['another name', policy(layer()), policy(layer({ name: 'All' })), ['change']],
  ['another audience', policy(layer()), policy(layer({ audience: { groups: ['g'] } })), ['change']],
  ['a directive made final', policy(layer()), policy(layer({ final: ['registry'] })), ['add']],
  ['a directive no longer final', policy(layer({ final: ['registry'] })), policy(layer()), ['remove']],
  ['another order', policy(layer(), other), policy(other, layer()), ['change']],
  ['nothing', policy(layer(), other), policy(layer(), other), []],
] as const) {
  test(`plans ${title} as ${actions.join(', ') || 'nothing to do'}`, () => {
    const plan = planChanges(before, after)
    assert.deepEqual(
      plan.map(({ action }) => action),
      actions,
    )
    assert.equal(plan.filter(isRemoval).length, actions.filter((action) => action === 'remove').length)
  })
}

test('says each step on a line of its own, with its layer and why to look twice', () => {
  const words = planInWords(
    planChanges(
      policy(layer({ directives: { playground: shown } }), other),
      policy(layer(), layer({ id: 'l2', name: 'Two', directives: { playground: hidden } })),
    ),
  )
  assert.deepEqual(words, [
    '- Playground: Default → Not governed',
    '+ Playground: Not governed → Enforced (layer l2)',
  ])
})

test('shows no secret, neither in words nor in data', () => {
  const plan = planChanges(
    policy(
      layer({ directives: { build_env: { value: { DB_PASSWORD: 'hunter2' }, enforcement: 'default' } } }),
    ),
    policy(
      layer({ directives: { build_env: { value: { DB_PASSWORD: 'hunter3' }, enforcement: 'default' } } }),
    ),
  )
  assert.equal(plan.length, 1)
  assert.equal(JSON.stringify(plan).includes('hunter'), false, JSON.stringify(plan))
})
