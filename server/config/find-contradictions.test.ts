import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fewest, nest, pathsOf, problemsOf } from './load-settings.fixture.ts'

const file = (values: Readonly<Record<string, unknown>>) => ({ file: nest({ ...fewest, ...values }) })

describe('refuses', () => {
  for (const [title, values, path] of [
    ['a policy in two places', { enterpriseConfigFile: 'a.json' }, 'enterpriseConfigFile'],
    ['no policy at all', { enterpriseConfig: null, 'database.url': 'none' }, 'enterpriseConfigFile'],
    [
      'a refresh interval over a quarter of the lifetime',
      { 'signingConfig.envelopeTTL': '1h', 'signingConfig.refreshInterval': '15m1s' },
      'signingConfig.refreshInterval',
    ],
    ['an issuer without an audience', { 'idpConfig.issuer': 'https://i.example' }, 'idpConfig.audience'],
    ['an audience without an issuer', { 'idpConfig.audience': 'a' }, 'idpConfig.issuer'],
    [
      'an issuer that signs for every tenant',
      {
        'idpConfig.issuer': 'https://login.microsoftonline.com/common/v2.0',
        'idpConfig.audience': 'a',
        'idpConfig.idpType': 'entra',
      },
      'idpConfig.issuer',
    ],
    ['a public listener without a public URL', { 'server.listen': '0.0.0.0:8080' }, 'resourceURL'],
    ['a listener on all of IPv6 without a public URL', { 'server.listen': '[::]:8080' }, 'resourceURL'],
    ['two listeners on one address', { 'server.consoleListen': '127.0.0.1:8080' }, 'server.consoleListen'],
    [
      'metrics on the address of the console',
      { 'server.consoleListen': '127.0.0.1:8081', 'server.metricsListen': '127.0.0.1:8081' },
      'server.metricsListen',
    ],
  ] as const) {
    test(title, () => assert.deepEqual(pathsOf(file(values)), [path]))
  }
})

describe('accepts', () => {
  for (const [title, values] of [
    [
      'a refresh interval of exactly a quarter',
      { 'signingConfig.envelopeTTL': '1h', 'signingConfig.refreshInterval': '15m' },
    ],
    [
      'an issuer of one tenant',
      {
        'idpConfig.issuer': 'https://login.microsoftonline.com/8d1f6a3e-2f5b-4c8d-9d57-0c2f1d6a7b10/v2.0',
        'idpConfig.audience': 'a',
      },
    ],
    ['a listener on IPv6 loopback without a public URL', { 'server.listen': '[::1]:8080' }],
    [
      'a public listener with a public URL',
      {
        'server.listen': '0.0.0.0:8080',
        resourceURL: 'https://config.example.com',
      },
    ],
    [
      'several listeners that take any port',
      {
        'server.listen': '127.0.0.1:0',
        'server.consoleListen': '127.0.0.1:0',
        'server.metricsListen': '127.0.0.1:0',
      },
    ],
  ] as const) {
    test(title, () => assert.deepEqual(problemsOf(file(values)), []))
  }
})

describe('the evaluation installation', () => {
  const evaluation = { resourceURL: 'http://localhost:8080' }

  test('brings a policy of its own', () => {
    assert.deepEqual(problemsOf({ file: {}, evaluation }), [])
  })

  test('does not start for the internet, since it signs anybody in', () => {
    const input = { ...file({ resourceURL: 'https://config.example.com' }), evaluation }
    assert.deepEqual(pathsOf(input), ['resourceURL'])
  })

  test('needs a port that is known before it listens', () => {
    assert.deepEqual(pathsOf({ ...file({ 'server.listen': '127.0.0.1:0' }), evaluation }), ['server.listen'])
  })

  test('may widen its listener, as a container needs', () => {
    assert.deepEqual(problemsOf({ ...file({ 'server.listen': '0.0.0.0:8080' }), evaluation }), [])
  })
})

test('a setting that could not be read contradicts nothing', () => {
  assert.deepEqual(
    pathsOf(file({ 'idpConfig.issuer': 'https://idp.example.com', 'idpConfig.audience': [] })),
    ['idpConfig.audience'],
  )
})

test('a contradiction is told together with what could not be read', () => {
  assert.deepEqual(
    pathsOf(file({ 'logging.level': 'loud', 'server.listen': '0.0.0.0:8080', registri: {} })),
    ['registri', 'logging.level', 'resourceURL'],
  )
})
