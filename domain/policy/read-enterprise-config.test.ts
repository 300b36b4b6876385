import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkEnterpriseConfig, readEnterpriseConfig } from './read-enterprise-config.ts'
import { corpusContext } from './testing/corpus-document.ts'

const problemsOf = (config: unknown) => {
  const reading = checkEnterpriseConfig(config, corpusContext)
  return reading.ok ? reading.warnings : reading.problems
}
const shortOf = (config: unknown) => problemsOf(config).map(({ path, code }) => `${path} ${code}`)

test('names every problem at once, in the order of the document', () => {
  const config = {
    degraded_mode: { grace_period: '1d', policy: 'block', colour: 'red' },
    registry: { enforcement: 'Enforced', value: { api_url: 'ftp://x', allow_private_ip: 'yes' } },
    telemetry: {
      value: { otel_endpoint: 'http://otel.example', sampling_rate: 2, headers: { cookie: 'a' } },
    },
    playground: true,
  }
  assert.deepEqual(shortOf(config), [
    '/degraded_mode/grace_period duration_unit',
    '/degraded_mode/policy enum',
    '/degraded_mode/colour unknown_key',
    '/registry/enforcement enum',
    '/registry/value/api_url url_scheme',
    '/registry/value/allow_private_ip type_boolean',
    '/telemetry/enforcement required',
    '/telemetry/value/insecure inconsistent',
    '/telemetry/value/sampling_rate range',
    '/telemetry/value/headers/cookie secret_suspected',
    '/playground type_object',
  ])
})

test('keeps warnings beside errors', () => {
  const config = {
    registry: { value: { api_url: 'https://10.0.0.1' }, enforcement: 'enforced' },
    playground: { value: 1, enforcement: 'default' },
  }
  assert.deepEqual(
    problemsOf(config).map(({ severity }) => severity),
    ['warning', 'error'],
  )
})

test('judges the certificate text also where a URL stands beside it', () => {
  const pem = '-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----'
  assert.deepEqual(
    shortOf({ ca_certificate: { value: { pem, url: 'https://x.example' }, enforcement: 'default' } }),
    ['/ca_certificate/value exactly_one', '/ca_certificate/value/pem pem_private'],
  )
})

test('does not judge blocked servers by a registry that is itself broken', () => {
  const config = {
    registry: { value: {}, enforcement: 'enforced' },
    non_registry_servers: { value: false, enforcement: 'enforced' },
  }
  assert.deepEqual(shortOf(config), ['/registry/value/api_url required'])
})

test('takes headers that differ only in upper and lower case for one', () => {
  const headers = { 'X-Team': 'a', 'x-team': 'b' }
  assert.deepEqual(
    shortOf({
      telemetry: { value: { otel_endpoint: 'https://o.example', headers }, enforcement: 'default' },
    }),
    ['/telemetry/value/headers/x-team duplicate_key'],
  )
})

const entry = (key: string, value: unknown) => ({ [key]: { value, enforcement: 'default' } })

for (const [title, config, warnings] of [
  [
    'an http registry in another network',
    entry('registry', { api_url: 'http://r.example', allow_private_ip: true }),
    ['/registry/value/api_url insecure_url'],
  ],
  [
    'an http registry at a private address',
    entry('registry', { api_url: 'http://10.0.0.1', allow_private_ip: true }),
    [],
  ],
  [
    'an http registry server',
    entry('registry', { api_url: 'https://r.example', server_api_url: 'http://r.example' }),
    ['/registry/value/server_api_url insecure_url'],
  ],
  [
    'a registry server at a private address',
    entry('registry', { api_url: 'https://r.example', server_api_url: 'http://10.0.0.1' }),
    ['/registry/value/allow_private_ip private_ip'],
  ],
  [
    'an https endpoint that is called insecure',
    entry('telemetry', { otel_endpoint: 'https://o.example', insecure: true }),
    ['/telemetry/value/insecure inconsistent'],
  ],
  [
    'a secret in a header of a harmless name',
    entry('telemetry', {
      otel_endpoint: 'https://o.example',
      headers: { 'x-team': `ghp_${'a1B2c3D4'.repeat(5)}` },
    }),
    ['/telemetry/value/headers/x-team secret_suspected'],
  ],
  [
    'a gateway API over http in another network',
    entry('gateway', { api_url: 'http://llm.example' }),
    ['/gateway/value/api_url insecure_url'],
  ],
  ['a gateway API over http at a private address', entry('gateway', { api_url: 'http://10.0.0.1' }), []],
  [
    'a random value under the name of a key',
    entry('build_env', { SIGNING_KEY: 'q8Zr2LwX0vTn5Kd7' }),
    ['/build_env/value/SIGNING_KEY secret_suspected'],
  ],
  ['a message of two lines', { degraded_mode: { policy: 'warn', message: 'one\ntwo\n' } }, []],
] as const) {
  test(`accepts ${title}${warnings.length === 0 ? '' : ', with a warning'}`, () => {
    assert.equal(checkEnterpriseConfig(config, corpusContext).ok, true)
    assert.deepEqual(shortOf(config), warnings)
  })
}

for (const name of [
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'api-key',
  'DD-API-KEY',
  'x-honeycomb-team',
  'X-Auth-Token',
  'lightstep-access-token',
  'x-sf-token',
  'x-auth',
  'uptrace-dsn',
  'X-Client-Secret',
  'x-license-key',
  'password',
]) {
  test(`refuses a header called ${name}`, () => {
    const config = entry('telemetry', { otel_endpoint: 'https://o.example', headers: { [name]: 'x' } })
    assert.deepEqual(shortOf(config), [`/telemetry/value/headers/${name} secret_suspected`])
  })
}

for (const name of ['x-scope-orgid', 'x-team', 'x-author', 'x-keyboard', 'x-region', 'x-routing-key']) {
  test(`accepts a header called ${name}`, () => {
    assert.deepEqual(
      shortOf(entry('telemetry', { otel_endpoint: 'https://o.example', headers: { [name]: 'x' } })),
      [],
    )
  })
}

for (const part of ['`', '$(', '${', '\\', '"', ';', '&&', '||', '|', '>', '<']) {
  test(`refuses ${part} in a variable, as clients do`, () => {
    assert.deepEqual(shortOf(entry('build_env', { A: `a${part}b` })), ['/build_env/value/A env_value'])
  })
}

for (const name of [
  'PATH',
  'HOME',
  'USER',
  'SHELL',
  'PWD',
  'HOSTNAME',
  'TERM',
  'LANG',
  'LC_ALL',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
]) {
  test(`refuses the variable ${name}, as clients do`, () => {
    assert.deepEqual(shortOf(entry('build_env', { [name]: 'x' })), [`/build_env/value/${name} env_reserved`])
  })
}

test('names both a proxy and a variable that it does not know to be harmless', () => {
  assert.deepEqual(
    shortOf(entry('build_env', { NODE_OPTIONS: '-r x', HTTP_PROXY: 'http://a:b@p.example' })),
    ['/build_env/value/NODE_OPTIONS env_reserved', '/build_env/value/HTTP_PROXY secret_suspected'],
  )
})

for (const [written, meant] of [
  ['registri', 'registry'],
  ['Registry', 'registry'],
  ['nonRegistryServers', 'non_registry_servers'],
  ['help-menu', 'help_menu'],
  ['telemtry', 'telemetry'],
  ['caCertificate', 'ca_certificate'],
] as const) {
  test(`suggests ${meant} for ${written}`, () => {
    assert.match(problemsOf({ [written]: {} })[0]?.message ?? '', new RegExp(`^Did you mean "${meant}"\\?`))
  })
}

test('suggests the members of the place, not of another', () => {
  const config = { registry: { value: { apiUrl: 'https://r.example' }, enforcement: 'default' } }
  assert.match(problemsOf(config)[1]?.message ?? '', /^Did you mean "api_url"\?/)
})

test('names what is known where nothing is close', () => {
  const message = problemsOf({
    registry: { value: { api_url: 'https://r.example' }, enforcement: 'default', colour: 1 },
  })[0]?.message
  assert.equal(message, 'Remove "colour": it is not known here. Known are value, enforcement.')
})

test('does not repeat a secret that stands in a wrong place', () => {
  const secret = `ghp_${'a1B2c3D4'.repeat(5)}`
  const text = JSON.stringify(
    problemsOf({ registry: secret, playground: { value: secret, enforcement: secret } }),
  )
  assert.equal(text.includes(secret), false)
})

test('does not repeat an unquoted secret where the text stops being JSON, nor a control character', () => {
  const secret = `ghp_${'a1B2c3D4'.repeat(5)}`
  const [problem] = [readEnterpriseConfig(`{"A":${secret}}`, corpusContext)].flatMap((r) =>
    r.ok ? [] : r.problems,
  )
  assert.deepEqual([problem?.code, problem?.found], ['json_syntax', 'g'])
  const [control] = [readEnterpriseConfig('{\u001b[2J}', corpusContext)].flatMap((r) =>
    r.ok ? [] : r.problems,
  )
  assert.equal(control?.found, '\\u{1b}')
})

test('shortens and escapes the name of an unknown member in its sentence', () => {
  const message = problemsOf({ [`\u001b[31m${'n'.repeat(200)}`]: 1 })[0]?.message ?? ''
  assert.equal(message.includes('\u001b'), false)
  assert.ok(message.length < 300)
})

test('gives the same answer for a text and for its value', () => {
  const config = {
    registry: { value: { api_url: 'http://r.example', allow_private_ip: true }, enforcement: 'default' },
  }
  assert.deepEqual(
    readEnterpriseConfig(JSON.stringify(config), corpusContext),
    checkEnterpriseConfig(config, corpusContext),
  )
})

test('accepts a policy that governs nothing', () => {
  assert.deepEqual(readEnterpriseConfig('{}', corpusContext), { ok: true, value: {}, warnings: [] })
})

test('stops an error that hides behind a thousand warnings', () => {
  const names = Array.from({ length: 600 }, (_, index) => `SIGNING_KEY_${index}`)
  const noisy = Object.fromEntries(names.map((name) => [name, 'q8Zr2LwX0vTn5Kd7']))
  const headers = Object.fromEntries(names.map((name) => [`x-${name}`, `ghp_${'a1B2c3D4'.repeat(4)}`]))
  const config = {
    build_env: { value: noisy, enforcement: 'default' },
    telemetry: { value: { otel_endpoint: 'https://o.example', headers }, enforcement: 'default' },
    degraded_mode: { policy: 'warn', grace_period: '-1h' },
  }
  const reading = checkEnterpriseConfig(config, corpusContext)
  assert.equal(reading.ok, false)
  const problems = problemsOf(config)
  assert.equal(problems.length, 1000)
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error').map(({ path }) => path),
    ['/degraded_mode/grace_period'],
  )
})

test('shares nothing with the value that it was given', () => {
  const config = { playground: { value: true, enforcement: 'default' } }
  const reading = checkEnterpriseConfig(config, corpusContext)
  config.playground.value = false
  assert.equal(reading.ok && reading.value.playground?.value, true)
})
