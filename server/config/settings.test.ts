import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loaded, nest, pathsOf, problemsOf } from './load-settings.fixture.ts'
import type { SettingSpec } from './setting.ts'
import { settingCases } from './settings.corpus.ts'
import { type SettingName, settings } from './settings.ts'

const names = Object.keys(settings) as SettingName[]
const specOf = (name: SettingName): SettingSpec<unknown> => settings[name]

/** A file in which every setting says something, but for the policy, which can be in one place only. */
const { enterpriseConfig: _policy, ...rest } = settingCases
const everything = Object.fromEntries(Object.entries(rest).map(([name, { file }]) => [name, file]))

/** Where the two places of the policy would contradict each other, the other one is left out. */
const fileFor = (name: SettingName, value: unknown): Record<string, unknown> => {
  const { enterpriseConfigFile: _file, ...others } = everything
  return nest(name === 'enterpriseConfig' ? { ...others, [name]: value } : { ...everything, [name]: value })
}

for (const name of names) {
  const { file, value, text, other, refusedInFile, refusedAsText } = settingCases[name]
  const { env } = specOf(name)

  describe(name, () => {
    test('is read from the file', () => {
      const { values, sources } = loaded({ file: fileFor(name, file) })
      assert.deepEqual(values[name], value)
      assert.equal(sources[name], 'file')
    })

    for (const refused of refusedInFile) {
      test(`refuses ${JSON.stringify(refused)} in the file, and nothing else`, () => {
        assert.deepEqual(pathsOf({ file: fileFor(name, refused) }), [name])
      })
    }

    if (env === undefined) return

    test(`is read from ${env}`, () => {
      const file = nest(Object.fromEntries(Object.entries(everything).filter(([each]) => each !== name)))
      const { values, sources } = loaded({ file, environment: { [env]: text } })
      assert.deepEqual(values[name], value)
      assert.equal(sources[name], 'environment')
    })

    for (const refused of refusedAsText) {
      test(`refuses ${JSON.stringify(refused)} in ${env}, and names the variable`, () => {
        assert.deepEqual(pathsOf({ file: nest(everything), environment: { [env]: refused } }), [env])
      })
    }

    if (other === undefined) return
    const [otherText, otherValue] = other

    test(`${env} alone changes ${name} alone, and beats the file`, () => {
      const before = loaded({ file: nest(everything) }).values
      const after = loaded({ file: nest(everything), environment: { [env]: otherText } }).values
      assert.deepEqual(after, { ...before, [name]: otherValue })
    })
  })
}

test('no two settings share a variable', () => {
  const variables = names.map((name) => specOf(name).env).filter((env) => env !== undefined)
  assert.equal(new Set(variables).size, variables.length)
})

test('every setting says what it is for, in a sentence', () => {
  for (const name of names) assert.match(specOf(name).doc, /^[A-Z].*\.$/, name)
})

test('an empty installation has the defaults that the contract gives', () => {
  const { values, sources } = loaded({ file: { enterpriseConfig: {} } })
  assert.deepEqual(values, {
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    enterpriseConfig: {},
    'idpConfig.requiredScope': 'toolhive:config:read',
    'idpConfig.idpType': 'generic',
    'idpConfig.groupsClaim': 'groups',
    'idpConfig.rolesClaim': 'roles',
    'signingConfig.envelopeTTL': { seconds: 86_400, canonical: '24h0m0s' },
    'signingConfig.refreshInterval': { seconds: 300, canonical: '5m0s' },
    'server.listen': { host: '127.0.0.1', port: 8080 },
    'server.trustedProxies': [],
    'database.url': { kind: 'none' },
    dataDir: './data',
    'console.enabled': true,
    'logging.level': 'info',
  })
  assert.equal(sources['logging.level'], 'default')
})

test('a refusal says what was found and what is allowed', () => {
  const [problem] = problemsOf({ file: nest({ ...everything, 'logging.level': 'loud' }) })
  assert.deepEqual(problem, {
    path: 'logging.level',
    message: 'logging.level must be one of debug, info, warn, error.',
    found: 'loud',
  })
})

test('what was found is cut where it is long', () => {
  const [problem] = problemsOf({ file: nest({ ...everything, clientID: ` ${'x'.repeat(10_000)}` }) })
  assert.ok((problem?.found ?? '').length <= 81)
})
