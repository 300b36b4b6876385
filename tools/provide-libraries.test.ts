import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { provideLibraries, remedy } from './provide-libraries.mjs'

describe('the pinned Node', () => {
  it('starts on a system on which the tests run', () => provideLibraries({ mayInstall: false }))

  it('names the package when a small system lacks its library', () => {
    const said = 'error while loading shared libraries: libatomic.so.1: cannot open shared object file'
    assert.match(remedy(said), /apt-get install libatomic1/)
  })
  it('names the cause on a system without glibc', () => {
    assert.match(remedy('spawnSync /x/node ENOENT'), /glibc/)
  })
  it('names a way out when it stops for another reason', () => {
    assert.match(remedy("version `GLIBC_2.28' not found"), /container image/)
  })
})
