import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientDirectory } from './client-directory.ts'

describe('the folder with the files of the browser', () => {
  it('stands beside the bundle', () => {
    assert.equal(clientDirectory('/opt/console/hivewarden.mjs'), '/opt/console/client')
  })
  it('stands beside the bundle also when a chunk of it asks', () => {
    assert.equal(clientDirectory('/opt/hivewarden/chunks/main-ABC.mjs'), '/opt/hivewarden/client')
  })
  it('stands in build/ when a checkout runs its sources', () => {
    assert.equal(
      clientDirectory('/home/me/repo/server/http/console/client-directory.ts'),
      '/home/me/repo/build/client',
    )
  })
})
