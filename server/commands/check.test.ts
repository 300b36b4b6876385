import assert from 'node:assert/strict'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createInstallation } from '../testing/spawn-manager.ts'
import { recordIo } from './command-io.fixture.ts'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'

// The settings of whoever runs the tests are none of theirs.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('HIVEWARDEN_')) Reflect.deleteProperty(process.env, name)
}

async function install(t: TestContext, settings: Readonly<Record<string, unknown>> = {}) {
  const installation = await createInstallation(settings)
  t.after(installation.close)
  return installation
}

async function check(...args: readonly string[]) {
  const io = recordIo()
  const code = await runCommand(commands, ['check', ...args], io)
  return { code, printed: io.printed, errors: io.errors }
}

test('prints every value with where it came from, and that all is well', async (t) => {
  const { settingsFile } = await install(t)
  const { code, printed, errors } = await check('--config', settingsFile)
  assert.equal(code, 0)
  assert.deepEqual(errors, [])
  assert.ok(printed.some((line) => /^resourceURL +https:\/\/config\.example\.com +file$/.test(line)))
  assert.ok(printed.some((line) => /^signingConfig\.envelopeTTL +24h0m0s +default$/.test(line)))
  assert.ok(printed.some((line) => /^server\.listen +127\.0\.0\.1:0 +file$/.test(line)))
  assert.equal(printed.at(-1), 'All is well.')
})

test('prints the same for programs', async (t) => {
  const { settingsFile } = await install(t)
  const { code, printed } = await check('--config', settingsFile, '--json')
  assert.equal(code, 0)
  const { valid, settings, problems, warnings } = JSON.parse(printed.join('\n'))
  assert.equal(valid, true)
  assert.deepEqual([problems, warnings], [[], []])
  assert.deepEqual(settings['server.listen'], { value: '127.0.0.1:0', source: 'file' })
  assert.deepEqual(settings.clientID, { value: null, source: 'default' })
})

test('exits 78 with every setting that is refused', async (t) => {
  const { settingsFile } = await install(t, { serial: 0, 'logging.level': 'loud' })
  const { code, errors } = await check('--config', settingsFile)
  assert.equal(code, 78)
  assert.equal(errors.join('\n').split('\n').length, 2)
  const json = await check('--config', settingsFile, '--json')
  assert.equal(json.code, 78)
  assert.equal(JSON.parse(json.printed.join('\n')).problems.length, 2)
})

test('exits 78 with what is wrong with the policy and the key', async (t) => {
  const { settingsFile, folder } = await install(t)
  writeFileSync(join(folder, 'policy.json'), '{"playground":{"value":1,"enforcement":"enforced"}}')
  chmodSync(join(folder, 'signing.pem'), 0o644)
  const { code, errors } = await check('--config', settingsFile)
  assert.equal(code, 78)
  assert.match(errors[0] ?? '', /^Problem: policy\/playground\/value: /)
  assert.match(errors[1] ?? '', /chmod 600/)
})

test('says what is no error and needs a look', async (t) => {
  const { folder } = await install(t)
  const settingsFile = join(folder, 'few.yaml')
  writeFileSync(settingsFile, 'enterpriseConfig: {}\n')
  const { code, printed } = await check('--config', settingsFile)
  assert.equal(code, 0)
  assert.ok(printed.some((line) => /^Warning: No signing key is configured/.test(line)))
  assert.ok(printed.some((line) => /^Warning: No identity provider is configured/.test(line)))
})

test('exits 78 when there is no settings file', async () => {
  const { code, errors } = await check('--config', '/nowhere/hivewarden.yaml')
  assert.equal(code, 78)
  assert.match(errors.join(), /cannot be read \(ENOENT\)/)
})

test('shows the settings of an evaluation, which makes its own policy and key', async () => {
  const { code, printed } = await check('--evaluation')
  assert.equal(code, 0)
  assert.ok(
    printed.some((line) => /^idpConfig\.issuer +http:\/\/localhost:8080\/idp +evaluation$/.test(line)),
  )
})
