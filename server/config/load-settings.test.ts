import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fewest, loaded, nest, pathsOf, problemsOf, settingOf } from './load-settings.fixture.ts'
import { settingsFilePath } from './load-settings.ts'

test('takes the block of an operator\u2019s Helm values as it is', () => {
  const block = {
    idpConfig: {
      issuer: 'https://acme.okta.com/oauth2/default',
      audience: 'enterprise-manager',
      requiredScope: 'toolhive:config:read',
      idpType: 'okta',
    },
    signingConfig: {
      existingSecret: 'enterprise-manager-signing',
      envelopeTTL: '24h',
      refreshInterval: '5m',
    },
    resourceURL: 'https://config.acme.example',
    clientID: '0oa1b2c3',
    enterpriseConfig: {
      registry: {
        value: { api_url: 'https://registry.acme.example/registry/toolhive' },
        enforcement: 'enforced',
      },
      degraded_mode: { policy: 'warn', grace_period: '24h' },
    },
  }
  const { values } = loaded({ file: block })
  assert.equal(values['signingConfig.existingSecret'], 'enterprise-manager-signing')
  assert.deepEqual(values.enterpriseConfig, block.enterpriseConfig)
})

test('command line beats environment, environment beats file, file beats evaluation', () => {
  const file = nest({ ...fewest, 'logging.level': 'warn' })
  const environment = { HIVEWARDEN_LOG_LEVEL: 'error' }
  const commandLine = { 'logging.level': 'debug' }
  const evaluation = { 'logging.level': 'info', clientID: 'toolhive' }
  assert.equal(settingOf({ file, environment, commandLine, evaluation }, 'logging.level'), 'debug')
  assert.equal(settingOf({ file, environment, evaluation }, 'logging.level'), 'error')
  assert.equal(settingOf({ file, evaluation }, 'logging.level'), 'warn')
  const { values, sources } = loaded({ file: fewest, evaluation })
  assert.equal(values.clientID, 'toolhive')
  assert.equal(sources.clientID, 'evaluation')
})

test('a value of the file that the environment overrides is not even read', () => {
  const file = nest({ ...fewest, 'logging.level': 'loud' })
  assert.equal(settingOf({ file, environment: { HIVEWARDEN_LOG_LEVEL: 'warn' } }, 'logging.level'), 'warn')
})

test('an empty variable is not an absent one', () => {
  assert.deepEqual(pathsOf({ file: fewest, environment: { HIVEWARDEN_CLIENT_ID: '' } }), [
    'HIVEWARDEN_CLIENT_ID',
  ])
})

for (const [title, file, path, message] of [
  ['a slip of the pen', { clientId: 'a' }, 'clientId', 'clientId is no setting. Did you mean clientID?'],
  [
    'a slip in a group',
    { server: { lisen: 'a' } },
    'server.lisen',
    'server.lisen is no setting. Did you mean server.listen?',
  ],
  ['something else', { replicas: 3 }, 'replicas', 'replicas is no setting. Remove it.'],
  ['something else without a value', { replicas: null }, 'replicas', 'replicas is no setting. Remove it.'],
  ['a name of objects', { constructor: {} }, 'constructor', 'constructor is no setting. Remove it.'],
  ['a group that is text', { server: '0.0.0.0' }, 'server', 'server must be a mapping of settings.'],
  ['a group that is a list', { server: [] }, 'server', 'server must be a mapping of settings.'],
  [
    'a dot in a key',
    { 'server.listen': '127.0.0.1:1' },
    'server.listen',
    'server.listen has a dot in a key. Nest it: each part of a name is a mapping of its own.',
  ],
] as const) {
  test(`refuses ${title} and says what to do`, () => {
    const [problem, ...others] = problemsOf({ file: { ...fewest, ...file } })
    assert.equal(problem?.path, path)
    assert.equal(problem?.message, message)
    assert.deepEqual(others, [])
  })
}

test('refuses __proto__ as a key, and no object changes', () => {
  const file = JSON.parse('{"enterpriseConfig":{},"__proto__":{"polluted":true}}')
  assert.deepEqual(pathsOf({ file }), ['__proto__'])
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})

for (const [title, file] of [
  ['a list', []],
  ['text', 'resourceURL'],
  ['a number', 7],
] as const) {
  test(`refuses a file that is ${title}, with one problem`, () => {
    assert.deepEqual(
      problemsOf({ file }).map(({ message }) => message),
      ['The settings file must be a mapping of settings.'],
    )
  })
}

test('a key without a value, or a group without keys, is an absent one', () => {
  const { sources } = loaded({ file: { ...fewest, clientID: null, server: null, logging: {} } })
  assert.equal(sources.clientID, 'default')
  assert.equal(sources['server.listen'], 'default')
})

test('tells every problem at once', () => {
  const input = {
    file: nest({
      'server.listen': 8080,
      'server.trustedProxies': ['any'],
      serial: 0,
      'database.url': 'none',
      nonsense: true,
      'idpConfig.idpType': 'keycloak',
    }),
    environment: { HIVEWARDEN_ENVELOPE_TTL: '1d' },
  }
  assert.deepEqual(pathsOf(input), [
    'nonsense',
    'idpConfig.idpType',
    'HIVEWARDEN_ENVELOPE_TTL',
    'serial',
    'server.listen',
    'server.trustedProxies',
    'enterpriseConfigFile',
  ])
})

test('names the variables that look like settings and are none', () => {
  const environment = {
    HIVEWARDEN_LISTENS: '1',
    HIVEWARDEN_CONFIG: 'a.yaml',
    PATH: '/bin',
    OTHER_LISTEN: '1',
  }
  assert.deepEqual(loaded({ file: fewest, environment }).unknownVariables, ['HIVEWARDEN_LISTENS'])
})

test('overlooks what Kubernetes sets for a Service that is called hivewarden', () => {
  const environment = {
    HIVEWARDEN_SERVICE_HOST: '10.0.0.1',
    HIVEWARDEN_SERVICE_PORT: '80',
    HIVEWARDEN_SERVICE_PORT_HTTP: '80',
    HIVEWARDEN_PORT: 'tcp://10.0.0.1:80',
    HIVEWARDEN_PORT_80_TCP: 'tcp://10.0.0.1:80',
    HIVEWARDEN_PORT_80_TCP_PROTO: 'tcp',
    HIVEWARDEN_PORT_80_TCP_PORT: '80',
    HIVEWARDEN_PORT_80_TCP_ADDR: '10.0.0.1',
    HIVEWARDEN_METRICS_SERVICE_HOST: '10.0.0.2',
    HIVEWARDEN_METRICS_PORT_53_UDP_ADDR: '10.0.0.2',
  }
  const { unknownVariables, values } = loaded({ file: fewest, environment })
  assert.deepEqual(unknownVariables, [])
  assert.deepEqual(values, loaded({ file: fewest }).values)
})

test('finds the settings file by its variable', () => {
  assert.equal(settingsFilePath({ HIVEWARDEN_CONFIG: '/etc/hivewarden.yaml' }), '/etc/hivewarden.yaml')
  assert.equal(settingsFilePath({}), undefined)
})
