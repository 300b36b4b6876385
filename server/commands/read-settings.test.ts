import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readSettings, settingProblemLine } from './read-settings.ts'

// The settings of whoever runs the tests are none of theirs.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('HIVEWARDEN_')) Reflect.deleteProperty(process.env, name)
}
const folder = mkdtempSync(join(tmpdir(), 'settings-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function write(text: string): string {
  const file = join(folder, 'hivewarden.yaml')
  writeFileSync(file, text)
  return file
}

async function values(text: string, more: { evaluation?: boolean; listen?: string } = {}) {
  const read = await readSettings({ config: write(text), evaluation: false, ...more })
  if (!read.ok) throw new Error(read.problem.map(settingProblemLine).join(' '))
  return read.value.values
}

async function refusals(text: string, evaluation = false): Promise<readonly string[]> {
  const read = await readSettings({ config: write(text), evaluation })
  return read.ok ? [] : read.problem.map(({ path }) => path)
}

describe('the settings file', () => {
  test('is YAML, or JSON in a file of any name', async () => {
    assert.equal((await values('enterpriseConfig: {}\nserial: 3')).serial, 3)
    assert.equal((await values('{"enterpriseConfig": {}, "serial": 3}')).serial, 3)
  })

  test('gives way to --listen', async () => {
    const { 'server.listen': listen } = await values('enterpriseConfig: {}\nserver: {listen: 127.0.0.1:1}', {
      listen: '127.0.0.1:2',
    })
    assert.deepEqual(listen, { host: '127.0.0.1', port: 2 })
  })

  test('that is empty keeps the policy in a database beside the other files', async () => {
    assert.deepEqual((await values(''))['database.url'], {
      kind: 'sqlite',
      path: join('data', 'hivewarden.db'),
    })
  })

  test('that names neither a policy nor a database says what is missing', async () => {
    assert.deepEqual(await refusals('database: {url: none}'), ['enterpriseConfigFile'])
  })

  test('with a key twice, or that is too large, is refused with its place', async () => {
    assert.deepEqual(await refusals('serial: 1\nserial: 2'), [`${join(folder, 'hivewarden.yaml')}:2`])
    assert.deepEqual(await refusals(`# ${'x'.repeat(512 * 1024)}`), [join(folder, 'hivewarden.yaml')])
  })

  test('whose anchor holds itself is refused, not followed', async () => {
    assert.deepEqual(await refusals('server: &a {listen: [*a]}'), [join(folder, 'hivewarden.yaml')])
  })
})

describe('the evaluation installation', () => {
  test('needs no settings', async () => {
    const read = await readSettings({ evaluation: true })
    assert.ok(read.ok)
    const { values, sources } = read.value
    assert.equal(values.resourceURL, 'http://localhost:8080')
    assert.equal(values['idpConfig.issuer'], 'http://localhost:8080/idp')
    assert.deepEqual(values['idpConfig.audience'], ['enterprise-manager'])
    assert.deepEqual(values['database.url'], { kind: 'sqlite', path: join('data', 'hivewarden.db') })
    assert.equal(values['signingConfig.keyFile'], undefined)
    assert.equal(sources['database.url'], 'evaluation')
  })

  test('follows its port, its data directory and its resource URL', async () => {
    const { resourceURL, 'database.url': database } = await values('dataDir: /tmp/x', {
      evaluation: true,
      listen: '0.0.0.0:9000',
    })
    assert.equal(resourceURL, 'http://localhost:9000')
    assert.deepEqual(database, { kind: 'sqlite', path: '/tmp/x/hivewarden.db' })
    const named = await values('resourceURL: http://127.0.0.1:7000', { evaluation: true })
    assert.equal(named['idpConfig.issuer'], 'http://127.0.0.1:7000/idp')
  })

  test('takes a policy that is given, in either place', async () => {
    const inline = await values('enterpriseConfig: {}', { evaluation: true })
    assert.deepEqual([inline.enterpriseConfig, inline.enterpriseConfigFile], [{}, undefined])
    const named = await values('enterpriseConfigFile: unset', { evaluation: true })
    assert.equal(named.enterpriseConfigFile, 'unset')
  })

  test('refuses what is wrong, and only that', async () => {
    assert.deepEqual(await refusals('enterpriseConfig: {}\nserial: 0', true), ['serial'])
    assert.deepEqual(await refusals('enterpriseConfig: {}\nenterpriseConfigFile: a', true), [
      'enterpriseConfigFile',
    ])
    assert.deepEqual(await refusals('resourceURL: https://config.example.com', true), ['resourceURL'])
  })
})

test('a line names the place once, and what was found', () => {
  assert.equal(
    settingProblemLine({ path: 'serial', message: 'serial must be 1.', found: '0' }),
    'serial must be 1. Found "0".',
  )
  assert.equal(settingProblemLine({ path: 'a.yaml:2', message: 'Broken.' }), 'a.yaml:2: Broken.')
})
