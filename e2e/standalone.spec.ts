import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

const build = resolve(import.meta.dirname, '../build')
const parts = ['better-sqlite3.node', 'chunks', 'client', 'hivewarden.mjs']

let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hivewarden-standalone-'))
  for (const part of parts) {
    await cp(join(build, part), join(folder, 'program', part), { recursive: true })
  }
  await mkdir(join(folder, 'elsewhere'))
})
after(() => rm(folder, { recursive: true, force: true }))

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}

const untilReady = async (origin: string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const status = await fetch(`${origin}/readyz`).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    await pause(50)
  }
  assert.fail('It did not become ready.')
}

describe('the build, copied alone to another place', () => {
  it('serves console and clients from any working directory, and writes nowhere but to its data', async () => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const child = spawn(
      process.execPath,
      [join(folder, 'program/hivewarden.mjs'), 'serve', '--evaluation', '--listen', `127.0.0.1:${port}`],
      {
        cwd: join(folder, 'elsewhere'),
        env: { HIVEWARDEN_RESOURCE_URL: origin, HIVEWARDEN_DATA_DIR: join(folder, 'data'), NODE_ENV: 'test' },
        stdio: 'ignore',
      },
    )
    try {
      await untilReady(origin)
      const page = await (await fetch(origin)).text()
      assert.match(page, /Policy in force/)
      const script = /\/assets\/[\w.-]+\.js/.exec(page)?.[0]
      assert.equal((await fetch(origin + script)).status, 200)
      assert.equal((await fetch(`${origin}/idp/.well-known/openid-configuration`)).status, 200)
    } finally {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    assert.equal(child.exitCode, 0)
    assert.deepEqual(await readdir(join(folder, 'elsewhere')), [])
    assert.deepEqual((await readdir(join(folder, 'program'))).sort(), parts)
  })
})
