import assert from 'node:assert/strict'
import { openSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { nest } from '../../config/load-settings.fixture.ts'
import { eventually } from '../../testing/eventually.ts'
import { request } from '../../testing/request.ts'
import { createInstallation, portsOf, spawnCommand } from '../../testing/spawn-manager.ts'

async function install(t: TestContext, settings: Readonly<Record<string, unknown>> = {}) {
  const installation = await createInstallation(settings)
  t.after(installation.close)
  return installation
}

async function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { ended, output } = spawnCommand(['serve', ...args], { env })
  const code = await ended
  return { code, lines: output.stderr.trimEnd().split('\n'), stdout: output.stdout }
}

describe('serve ends with 78 and says', () => {
  test('every setting that is refused, with what was found', async (t) => {
    const { settingsFile } = await install(t, {
      'logging.level': 'loud',
      serial: 0,
      replicas: 3,
      'server.trustedProxies': 'proxy.example.com',
    })
    const { code, lines } = await serve(['--config', settingsFile], { HIVEWARDEN_IDP_TYPE: 'keycloak' })
    assert.equal(code, 78)
    assert.deepEqual(lines, [
      'Hivewarden does not start:',
      '  replicas is no setting. Remove it.',
      '  HIVEWARDEN_IDP_TYPE must be one of generic, okta, entra. Found "keycloak".',
      '  serial must be a whole number from 1. Found "0".',
      '  server.trustedProxies "proxy.example.com" is no address and no CIDR range. Found "proxy.example.com".',
      '  logging.level must be one of debug, info, warn, error. Found "loud".',
    ])
  })

  test('that there is no settings file', async () => {
    const { code, lines } = await serve(['--config', '/nowhere/hivewarden.yaml'])
    assert.equal(code, 78)
    assert.deepEqual(lines.slice(1), [
      '  /nowhere/hivewarden.yaml: The settings file /nowhere/hivewarden.yaml cannot be read (ENOENT).',
    ])
  })

  test('where the settings file is no YAML', async (t) => {
    const { folder } = await install(t)
    const file = join(folder, 'broken.yaml')
    writeFileSync(file, 'resourceURL: a\nresourceURL: b\nserver: [\n')
    const { code, lines } = await serve(['--config', file])
    assert.equal(code, 78)
    assert.ok(lines.some((line) => line.startsWith(`  ${file}:2: `)))
  })

  test('that a settings file holds what steers a terminal, without obeying it', async (t) => {
    const { folder } = await install(t)
    const file = join(folder, 'evil.json')
    writeFileSync(file, JSON.stringify({ '\u001b[2J': 1, clientID: '\u009b2J ' }))
    const { code, lines } = await serve(['--config', file])
    assert.equal(code, 78)
    assert.doesNotMatch(lines.join(''), /\p{Cc}/u)
  })

  test('that the policy cannot be read', async (t) => {
    const { settingsFile } = await install(t, { enterpriseConfigFile: '/nowhere/policy.json' })
    const { code, lines } = await serve(['--config', settingsFile])
    assert.equal(code, 78)
    assert.deepEqual(lines.slice(1), [
      '  /nowhere/policy.json: The policy file cannot be used: it does not exist.',
    ])
  })

  test('everything that is wrong with the policy and the key, together', async (t) => {
    const { settingsFile, folder } = await install(t)
    const policy = join(folder, 'policy.json')
    writeFileSync(policy, JSON.stringify({ playground: { value: 1, enforcement: 'enforced' }, extra: {} }))
    writeFileSync(join(folder, 'signing.pem'), 'garbage')
    const { code, lines } = await serve(['--config', settingsFile])
    assert.equal(code, 78)
    assert.equal(lines.length, 4)
    assert.ok(lines[1]?.startsWith(`  ${policy}/playground/value: `))
    assert.ok(lines[2]?.startsWith(`  ${policy}/extra: `))
    assert.match(lines[3] ?? '', /signing\.pem holds no private key/)
  })

  test('that a policy in the settings is wrong', async (t) => {
    const { folder } = await install(t)
    const file = join(folder, 'inline.json')
    writeFileSync(file, JSON.stringify(nest({ enterpriseConfig: { playground: { value: 1 } } })))
    const { code, lines } = await serve(['--config', file])
    assert.equal(code, 78)
    assert.ok(lines.some((line) => line.startsWith('  enterpriseConfig/playground/value: ')))
  })

  test('that an evaluation is not for the internet', async () => {
    const { code, lines } = await serve(['--evaluation'], {
      HIVEWARDEN_RESOURCE_URL: 'https://config.example.com',
    })
    assert.equal(code, 78)
    assert.match(lines.join(), /signs anybody in and serves loopback addresses only/)
  })

  test('that an evaluation cannot keep its files', async () => {
    const { code, lines } = await serve(['--evaluation', '--listen', '127.0.0.1:18099'], {
      HIVEWARDEN_DATA_DIR: '/dev/null/data',
    })
    assert.equal(code, 78)
    assert.match(lines.join(), /The data directory \/dev\/null\/data cannot be used/)
  })
})

/** A listener on a port that was free. */
async function takePort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return { port: address.port, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

test('serve ends with 69 and a sentence when the port is taken', async (t) => {
  const { port, release } = await takePort()
  t.after(release)
  const { settingsFile } = await install(t, { 'server.listen': `127.0.0.1:${port}` })
  const { code, lines, stdout } = await serve(['--config', settingsFile])
  assert.equal(code, 69)
  assert.deepEqual(lines, [
    'Hivewarden does not start:',
    `  Another process already listens on 127.0.0.1:${port}. Stop it, or choose another port.`,
  ])
  assert.doesNotMatch(stdout, /"event":"started"/)
})

test('serve names the variables that look like settings and are none', async (t) => {
  const { settingsFile } = await install(t)
  const spawned = spawnCommand(['serve', '--config', settingsFile], {
    env: { HIVEWARDEN_LISTENS: '1', HIVEWARDEN_SERVICE_HOST: '10.0.0.1' },
  })
  t.after(() => spawned.child.kill('SIGKILL'))
  await portsOf(spawned)
  await eventually('it says so', () => spawned.output.stdout.includes('unknown_environment_variable'))
  assert.match(spawned.output.stdout, /"name":"HIVEWARDEN_LISTENS"/)
  assert.doesNotMatch(spawned.output.stdout, /SERVICE_HOST/)
})

test('serve goes on when its log goes nowhere: a full disk must not end it', async (t) => {
  const { port, release } = await takePort()
  await release()
  const { settingsFile } = await install(t, { 'server.listen': `127.0.0.1:${port}` })
  const spawned = spawnCommand(['serve', '--config', settingsFile], { stdout: openSync('/dev/full', 'w') })
  t.after(() => spawned.child.kill('SIGKILL'))
  const healthy = async (): Promise<boolean> =>
    request(port, '/healthz').then(
      ({ status }) => status === 200,
      () => false,
    )
  await eventually('it answers', healthy)
  for (let index = 0; index < 20; index += 1) await request(port, '/api/v1beta/config')
  assert.ok(await healthy())
  spawned.child.kill('SIGTERM')
  assert.equal(await spawned.ended, 0)
})

test('serve goes on when whoever read its log is gone', async (t) => {
  const { settingsFile } = await install(t)
  const spawned = spawnCommand(['serve', '--config', settingsFile])
  t.after(() => spawned.child.kill('SIGKILL'))
  const { port } = await portsOf(spawned)
  spawned.child.stdout?.destroy()
  for (let index = 0; index < 20; index += 1) await request(port, '/api/v1beta/config')
  assert.equal((await request(port, '/healthz')).status, 200)
  spawned.child.kill('SIGTERM')
  assert.equal(await spawned.ended, 0)
})
