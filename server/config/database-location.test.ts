import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { databaseLocation, showLocation } from './database-location.ts'
import { loadSettings, type SettingsInput } from './load-settings.ts'

const refused = [
  '',
  'sqlite',
  'sqlite:',
  'sqlite://host/file.db',
  'sqlite::memory:',
  'sqlite:data\0.db',
  'mysql://host/database',
  'postgres:',
  'postgres://',
  'postgres://host',
  'postgres://host/',
  'postgres://host/one/two',
  'postgres://host/data base',
  'None',
  './data/hivewarden.db',
]

describe('where the database is', () => {
  it('is a file', () => {
    assert.deepEqual(databaseLocation.fromText('sqlite:./data/hivewarden.db'), {
      ok: true,
      value: { kind: 'sqlite', path: './data/hivewarden.db' },
    })
  })

  it('is a PostgreSQL server, under either name of its scheme', () => {
    const kinds = ['postgres://u@host/db', 'postgresql://u@host/db?sslmode=verify-full'].map((text) => {
      const read = databaseLocation.fromText(text)
      return read.ok && read.value.kind
    })

    assert.deepEqual(kinds, ['postgres', 'postgres'])
  })

  it('is nowhere', () => {
    assert.deepEqual(databaseLocation.fromText('none'), { ok: true, value: { kind: 'none' } })
  })

  for (const text of refused) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(databaseLocation.fromText(text).ok, false)
    })
  }

  it('is shown without its password', () => {
    const read = databaseLocation.fromText(
      'postgres://keeper:hunter2@db.example.com:6432/hive?password=hunter3',
    )

    assert.equal(read.ok && showLocation(read.value), 'postgres://keeper@db.example.com:6432/hive')
  })
})

const load = (commandLine: SettingsInput['commandLine']) =>
  loadSettings({ environment: {}, commandLine: commandLine ?? {} })
const problems = (commandLine: SettingsInput['commandLine']): readonly string[] => {
  const loaded = load(commandLine)
  return loaded.ok ? [] : loaded.problem.map(({ path }) => path)
}

describe('the settings of the database', () => {
  it('keep it in the data directory where nobody says otherwise', () => {
    const loaded = load({ dataDir: '/var/lib/hivewarden' })

    assert.deepEqual(loaded.ok && loaded.value.values['database.url'], {
      kind: 'sqlite',
      path: '/var/lib/hivewarden/hivewarden.db',
    })
  })

  it('need none where a file governs the policy', () => {
    const loaded = load({ enterpriseConfigFile: 'policy.json' })

    assert.deepEqual(loaded.ok && loaded.value.values['database.url'], { kind: 'none' })
  })

  it('keep one beside a file that governs where somebody says so', () => {
    const loaded = load({ enterpriseConfigFile: 'policy.json', 'database.url': 'sqlite:keys.db' })

    assert.deepEqual(loaded.ok && loaded.value.values['database.url'], { kind: 'sqlite', path: 'keys.db' })
  })

  it('are refused where neither a file nor a database governs', () => {
    assert.deepEqual(problems({ 'database.url': 'none' }), ['enterpriseConfigFile'])
  })

  it('are refused where a serial is set beside the one that the database counts', () => {
    assert.deepEqual(problems({ serial: '7' }), ['serial'])
    assert.deepEqual(problems({ serial: '7', enterpriseConfigFile: 'policy.json' }), [])
  })

  it('show no password where they are refused', () => {
    const loaded = load({ 'database.url': 'postgres://keeper:hunter2@host' })

    assert.ok(!loaded.ok && !JSON.stringify(loaded).includes('hunter2'))
  })
})
