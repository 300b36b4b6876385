import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { installationMatches } from './install.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
}
const a = { 'node_modules/a': wanted['node_modules/a'] }
const b = { 'node_modules/b': wanted['node_modules/b'] }

describe('an installation', () => {
  it('is whole with everything that the lockfile names', () => {
    assert.equal(installationMatches(wanted, { ...a, ...b }), true)
  })
  it('is whole without what is optional, which may be for another platform', () => {
    assert.equal(installationMatches(wanted, a), true)
  })
  it('is not whole without what is not optional', () => {
    assert.equal(installationMatches(wanted, b), false)
  })
  it('is stale with another version', () => {
    assert.equal(
      installationMatches(wanted, { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }),
      false,
    )
  })
  it('is stale with the same version of other content', () => {
    assert.equal(
      installationMatches(wanted, { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }),
      false,
    )
  })
  it('is whole with the build of an optional package for a platform that the lockfile does not know', () => {
    assert.equal(
      installationMatches(wanted, { ...a, 'node_modules/b-mac': { version: '2.0.0', optional: true } }),
      true,
    )
  })
  it('is stale with something that the lockfile does not name', () => {
    assert.equal(installationMatches(wanted, { ...a, 'node_modules/c': { version: '1.0.0' } }), false)
  })
})
