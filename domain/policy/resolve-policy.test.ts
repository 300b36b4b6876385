import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Layer } from './layer.ts'
import type { EnterpriseConfig } from './policy-document.ts'
import { resolvePolicy } from './resolve-policy.ts'

const hidden = { value: false, enforcement: 'enforced' } as const
const shown = { value: true, enforcement: 'default' } as const
const warn = { policy: 'warn' } as const

const layer = (id: string, directives: EnterpriseConfig, rest: Partial<Layer> = {}): Layer => ({
  id,
  name: id.toUpperCase(),
  directives,
  ...rest,
})

test('no layer governs nothing', () => {
  assert.deepEqual(resolvePolicy([]), { config: {}, origins: {} })
})

test('directives of different layers come together, each with its origin', () => {
  const resolved = resolvePolicy([layer('a', { playground: hidden }), layer('b', { degraded_mode: warn })])
  assert.deepEqual(resolved.config, { playground: hidden, degraded_mode: warn })
  assert.deepEqual(resolved.origins.playground, { layer: { id: 'a', name: 'A' }, final: false, hides: [] })
  assert.deepEqual(resolved.origins.degraded_mode, { layer: { id: 'b', name: 'B' }, final: false, hides: [] })
})

test('a later layer replaces a directive whole and hides the earlier one', () => {
  const long = {
    value: { api_url: 'https://a.example', allow_private_ip: true },
    enforcement: 'default',
  } as const
  const short = { value: { api_url: 'https://b.example' }, enforcement: 'enforced' } as const
  const resolved = resolvePolicy([layer('a', { registry: long }), layer('b', { registry: short })])
  assert.deepEqual(resolved.config.registry, short)
  assert.deepEqual(resolved.origins.registry, {
    layer: { id: 'b', name: 'B' },
    final: false,
    hides: [{ layer: { id: 'a', name: 'A' }, value: long, because: 'replaced' }],
  })
})

test('what an earlier layer made final stays, and what a later one wanted is hidden', () => {
  const resolved = resolvePolicy([
    layer('a', { playground: hidden }, { final: ['playground'] }),
    layer('b', { playground: shown }),
  ])
  assert.deepEqual(resolved.config.playground, hidden)
  assert.deepEqual(resolved.origins.playground, {
    layer: { id: 'a', name: 'A' },
    final: true,
    hides: [{ layer: { id: 'b', name: 'B' }, value: shown, because: 'final' }],
  })
})

test('a layer can make final what an earlier one governs', () => {
  const resolved = resolvePolicy([
    layer('a', { playground: hidden }),
    layer('b', {}, { final: ['playground'] }),
    layer('c', { playground: shown }),
  ])
  assert.deepEqual(resolved.config.playground, hidden)
  assert.equal(resolved.origins.playground?.layer.id, 'a')
  assert.equal(resolved.origins.playground?.final, true)
})

test('a layer can keep a directive from being governed at all', () => {
  const resolved = resolvePolicy([
    layer('a', {}, { final: ['assistant'] }),
    layer('b', { assistant: hidden }),
  ])
  assert.deepEqual(resolved.config, {})
  assert.deepEqual(resolved.origins.assistant, {
    layer: { id: 'a', name: 'A' },
    final: true,
    hides: [{ layer: { id: 'b', name: 'B' }, value: hidden, because: 'final' }],
  })
})

test('final holds against later layers only', () => {
  const resolved = resolvePolicy([
    layer('a', { playground: shown }),
    layer('b', { playground: hidden }, { final: ['playground'] }),
  ])
  assert.deepEqual(resolved.config.playground, hidden)
})
