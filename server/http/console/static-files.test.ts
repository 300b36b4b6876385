import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readStaticFiles, type StaticFiles, sendStaticFile } from './static-files.ts'

const script = 'console.info("a script")\n'.repeat(100)

describe('the files of the browser', () => {
  let folder: string
  let files: StaticFiles
  let server: Server
  let base: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'static-files-'))
    mkdirSync(join(folder, 'client/assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.js'), 'outside')
    writeFileSync(join(folder, 'client/assets/root-1a2b.js'), script)
    writeFileSync(join(folder, 'client/favicon.svg'), '<svg/>')
    writeFileSync(join(folder, 'client/picture.png'), 'PNG')
    writeFileSync(join(folder, 'client/notes.pem'), 'no kind that browsers need')
    symlinkSync(join(folder, 'secret.js'), join(folder, 'client/link.js'))
    files = readStaticFiles(`${folder}/client/`)
    server = createServer((request, response) => {
      const file = files.get(request.url ?? '')
      if (file === undefined) response.writeHead(404).end()
      else void sendStaticFile(file, request.headers['accept-encoding']?.toString(), response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  const get = (address: string, init: RequestInit = {}) =>
    fetch(base + address, { ...init, headers: { 'accept-encoding': 'identity', ...init.headers } })

  it('knows exactly the files of known kinds, and follows no link out of the folder', () => {
    assert.deepEqual([...files.keys()].sort(), ['/assets/root-1a2b.js', '/favicon.svg', '/picture.png'])
  })

  it('keeps what stood there at the start when the folder changes', async () => {
    writeFileSync(join(folder, 'client/favicon.svg'), 'replaced')
    assert.equal(await (await get('/favicon.svg')).text(), '<svg/>')
  })

  it('lets browsers keep a file for ever when its name carries its digest', async () => {
    const response = await get('/assets/root-1a2b.js')
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8')
    assert.equal(await response.text(), script)
  })

  it('lets browsers keep other files for an hour', async () => {
    assert.equal((await get('/favicon.svg')).headers.get('cache-control'), 'public, max-age=3600')
  })

  it('lets no file run anything when it is opened by itself', async () => {
    const { headers } = await get('/favicon.svg')
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'")
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
  })

  it('compresses a text for a browser that takes it', async () => {
    const response = await get('/assets/root-1a2b.js', { headers: { 'accept-encoding': 'br, gzip;q=0.8' } })
    assert.equal(response.headers.get('content-encoding'), 'gzip')
    assert.equal(response.headers.get('vary'), 'accept-encoding')
    assert.equal(await response.text(), script)
  })

  for (const encoding of ['identity', 'gzip;q=0', 'gzip; q=0.0', 'xgzip', 'br']) {
    it(`leaves a text as it is for "accept-encoding: ${encoding}"`, async () => {
      const response = await get('/assets/root-1a2b.js', { headers: { 'accept-encoding': encoding } })
      assert.equal(response.headers.get('content-encoding'), null)
      assert.equal(response.headers.get('content-length'), String(script.length))
    })
  }

  it('leaves a picture as it is', async () => {
    const response = await get('/picture.png', { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(response.headers.get('content-encoding'), null)
    assert.equal(response.headers.get('vary'), null)
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const [head, full] = await Promise.all([get('/favicon.svg', { method: 'HEAD' }), get('/favicon.svg')])
    assert.equal(head.headers.get('content-length'), full.headers.get('content-length'))
    assert.equal(await head.text(), '')
  })
})
