import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { directiveKeys } from './find-directive.ts'
import { resolvePolicy } from './resolve-policy.ts'
import { policyDocument } from './testing/policy-arbitraries.ts'

const layers = policyDocument.map((document) => document.layers)

test('gives the same policy for the same layers', () => {
  fc.assert(
    fc.property(layers, (given) => {
      assert.deepEqual(resolvePolicy(structuredClone(given)), resolvePolicy(given))
    }),
  )
})

test('respects the order: each value is that of the last layer before it became final', () => {
  fc.assert(
    fc.property(layers, (given) => {
      const { config, origins } = resolvePolicy(given)
      for (const key of directiveKeys) {
        const lock = given.findIndex((layer) => layer.final?.includes(key) === true)
        const open = lock === -1 ? given : given.slice(0, lock + 1)
        const winner = open.findLast((layer) => layer.directives[key] !== undefined)
        assert.deepEqual(config[key], winner?.directives[key])
        if (winner !== undefined) assert.equal(origins[key]?.layer.id, winner.id)
        assert.equal(origins[key]?.final === true, lock !== -1)
      }
    }),
  )
})

test('final always wins: no layer above it changes the directive', () => {
  fc.assert(
    fc.property(layers, layers, fc.constantFrom(...directiveKeys), (below, above, key) => {
      const locked = [...below, { id: 'lock', name: 'Lock', directives: {}, final: [key] }]
      assert.deepEqual(resolvePolicy([...locked, ...above]).config[key], resolvePolicy(locked).config[key])
    }),
  )
})

test('loses nothing: each entry of each layer is in force or hidden, once', () => {
  fc.assert(
    fc.property(layers, (given) => {
      const { config, origins } = resolvePolicy(given)
      for (const key of directiveKeys) {
        const stated = given.filter((layer) => layer.directives[key] !== undefined).map((layer) => layer.id)
        const origin = origins[key]
        const hidden = origin?.hides.map((entry) => entry.layer.id) ?? []
        const inForce = origin !== undefined && config[key] !== undefined ? [origin.layer.id] : []
        assert.deepEqual([...hidden, ...inForce].sort(), stated.sort())
      }
    }),
  )
})

test('a layer without directives changes nothing', () => {
  fc.assert(
    fc.property(layers, fc.nat(5), (given, place) => {
      const empty = { id: 'empty', name: 'Empty', directives: {} }
      assert.deepEqual(resolvePolicy(given.toSpliced(place, 0, empty)), resolvePolicy(given))
    }),
  )
})
