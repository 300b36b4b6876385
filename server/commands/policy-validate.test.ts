import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { limits } from '../../domain/limits.ts'
import { rootPem } from '../adapters/certificates/certificates.corpus.ts'
import { recordIo } from './command-io.fixture.ts'
import { validatePolicyFile } from './policy/validate-policy-file.ts'
import { policySchema } from './policy-schema.ts'
import { policyValidate } from './policy-validate.ts'

const context = { now: 1_800_000_000, readCertificate: () => undefined }

async function validate(file: string, content: string | undefined, json = false) {
  const printed: string[] = []
  const errors: string[] = []
  const exitCode = await validatePolicyFile(
    { file, json },
    {
      context,
      print: (line) => printed.push(line),
      printError: (line) => errors.push(line),
      readFile: (path) =>
        content === undefined
          ? Promise.reject(new Error(`ENOENT: no such file, open '${path}'`))
          : Promise.resolve(new TextEncoder().encode(content)),
    },
  )
  return { exitCode, printed: printed.join('\n'), errors: errors.join('\n') }
}

const good = '{"playground":{"value":false,"enforcement":"enforced"}}'
const warned = '{"registry":{"value":{"api_url":"https://10.0.0.1"},"enforcement":"enforced"}}'
const bad = '{"playground":{"value":"hide","enforcement":"enforced"},"registri":{}}'

test('says that a good policy is valid', async () => {
  assert.deepEqual(await validate('policy.json', good), {
    exitCode: 0,
    printed: 'policy.json is valid.',
    errors: '',
  })
})

test('exits 0 with warnings, which it prints', async () => {
  const { exitCode, printed } = await validate('policy.json', warned)
  assert.equal(exitCode, 0)
  assert.equal(
    printed,
    [
      'Warning at /registry/value/allow_private_ip (private_ip)',
      '  Set allow_private_ip to true: clients refuse the private address 10.0.0.1 without it.',
      '',
      'policy.json is valid, with 1 warning.',
    ].join('\n'),
  )
})

test('exits 1 and prints every problem with its place, its sentence and what was found', async () => {
  const { exitCode, printed } = await validate('policy.json', bad)
  assert.equal(exitCode, 1)
  assert.equal(
    printed,
    [
      'Error at /playground/value (type_boolean)',
      '  Write true or false, without quotes.',
      '  Found: "hide"',
      '',
      'Error at /registri (unknown_key)',
      '  Did you mean "registry"? "registri" is not known here.',
      '  Found: an object with 0 members',
      '',
      'policy.json is not valid: 2 errors.',
    ].join('\n'),
  )
})

test('prints JSON for programs', async () => {
  assert.deepEqual(JSON.parse((await validate('policy.json', good, true)).printed), {
    valid: true,
    problems: [],
  })
  const { valid, problems } = JSON.parse((await validate('policy.json', bad, true)).printed)
  assert.equal(valid, false)
  assert.deepEqual(problems[0], {
    path: '/playground/value',
    code: 'type_boolean',
    message: 'Write true or false, without quotes.',
    found: '"hide"',
    severity: 'error',
  })
})

test('exits 69 when the file cannot be read, and 2 when none is named', async () => {
  const missing = await validate('gone.json', undefined)
  assert.equal(missing.exitCode, 69)
  assert.match(missing.errors, /^Cannot read gone\.json: ENOENT/)
  assert.equal((await validate('', good)).exitCode, 2)
})

test('stops a file name or member that steers the terminal', async () => {
  const { printed } = await validate('\u001b[2J.json', '{"\u009b31m":1}')
  assert.doesNotMatch(printed.replaceAll('\n', ''), /\p{Cc}/u)
  assert.match(printed, /\\u\{9b\}31m/)
})

const yaml = 'playground:\n  value: false\n  enforcement: enforced\n'

for (const [title, file, content, exitCode] of [
  ['YAML', 'policy.yaml', yaml, 0],
  ['YAML with the short ending', 'policy.yml', yaml, 0],
  [
    'a settings file in YAML',
    'hivewarden.yaml',
    `resourceURL: https://c.example\nenterpriseConfig:\n  ${yaml.trim().replaceAll('\n', '\n  ')}\n`,
    0,
  ],
  [
    'a settings file in JSON',
    'hivewarden.json',
    `{"resourceURL":"https://c.example","enterpriseConfig":${good}}`,
    0,
  ],
  ['YAML with a word in place of false', 'policy.yaml', yaml.replace('false', 'no'), 1],
  ['YAML with a member that is there twice', 'policy.yaml', yaml + yaml, 1],
  ['YAML that cannot be read', 'policy.yaml', 'a: [', 1],
  ['JSON that cannot be read', 'policy.json', '{', 1],
  ['YAML in a file that is called JSON', 'policy.json', yaml, 1],
] as const) {
  test(`exits ${exitCode} for ${title}`, async () => {
    assert.equal((await validate(file, content)).exitCode, exitCode)
  })
}

test('gives paths into the settings file', async () => {
  const settings = `{"enterpriseConfig":${bad},"serial":1,"serial":2}`
  const { problems } = JSON.parse((await validate('hivewarden.json', settings, true)).printed)
  assert.deepEqual(
    problems.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
    [
      '/serial duplicate_key',
      '/enterpriseConfig/playground/value type_boolean',
      '/enterpriseConfig/registri unknown_key',
    ],
  )
})

test('prints the JSON Schema of a policy', async () => {
  const io = recordIo()
  assert.equal(await policySchema.run({ options: {}, positionals: [] }, io), 0)
  const schema = JSON.parse(io.printed.join('\n'))
  assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema')
  assert.equal(schema.additionalProperties, false)
  assert.ok(Object.hasOwn(schema.properties, 'degraded_mode'))
})

async function onDisk(content: string) {
  const directory = await mkdtemp(join(tmpdir(), 'policy-validate-'))
  const file = join(directory, 'policy.json')
  await writeFile(file, content)
  const io = recordIo()
  const exitCode = await policyValidate.run({ options: { json: true }, positionals: [file] }, io)
  await rm(directory, { recursive: true })
  return { exitCode, ...JSON.parse(io.printed.join('\n')) }
}

test('reads a file from the disk, with the certificates of this machine’s TLS library', async () => {
  const config = { ca_certificate: { value: { pem: rootPem }, enforcement: 'enforced' } }
  assert.deepEqual(await onDisk(JSON.stringify(config)), { exitCode: 0, valid: true, problems: [] })
})

test('reads a file as long as allowed, and refuses one byte more', async () => {
  const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`
  assert.equal((await onDisk(padded(limits.document.bytes))).exitCode, 0)
  const { exitCode, problems } = await onDisk(padded(limits.document.bytes + 1))
  assert.deepEqual([exitCode, problems[0]?.code], [1, 'max_size'])
})

test('exits 69 for a file that is not there', async () => {
  const io = recordIo()
  const file = join(tmpdir(), 'policy-validate-no-such-file.json')
  assert.equal(await policyValidate.run({ options: {}, positionals: [file] }, io), 69)
  assert.match(io.errors.join(), /^Cannot read .*ENOENT/)
})
