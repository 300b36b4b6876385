import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { eventually } from './testing/eventually.ts'
import { otherPolicy, somePolicy, startTestManager, type TestManager } from './testing/start-test-manager.ts'

async function setUp(t: TestContext): Promise<TestManager> {
  const manager = await startTestManager()
  t.after(() => manager.close())
  return manager
}

const configOf = async (manager: TestManager): Promise<unknown> => (await manager.config()).json().config

const served = (manager: TestManager, policy: unknown): Promise<void> =>
  eventually('the policy is served', async () => isDeepStrictEqual(await configOf(manager), policy))

const refused = (manager: TestManager): Promise<void> =>
  eventually('the policy is refused', async () => (await manager.metric('hivewarden_policy_refused')) === 1)

const readiness = async (manager: TestManager): Promise<{ status: number; policy: string }> => {
  const answer = await manager.request('/readyz')
  return { status: answer.status, policy: String(answer.json().policy) }
}

test('a changed policy file is served', async (t) => {
  const manager = await setUp(t)
  const first = (await manager.config()).headers.etag
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  await eventually('another tag', async () => (await manager.config()).headers.etag !== first)
  assert.deepEqual(await configOf(manager), otherPolicy)
  assert.equal(await manager.metric('hivewarden_policy_loads_total{outcome="accepted"}'), 2)
})

for (const [title, bytes, place] of [
  ['is no JSON', '{"playground":', ''],
  ['is empty', '', ''],
  ['has a directive that is not known', '{"playgroun":{}}', '/playgroun'],
  [
    'has a value of the wrong kind',
    '{"playground":{"value":"no","enforcement":"enforced"}}',
    '/playground/value',
  ],
  [
    'has a member twice',
    '{"playground":{"value":true,"value":false,"enforcement":"default"}}',
    '/playground/value',
  ],
  ['is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ''],
  ['is larger than any policy', `{"a":"${'x'.repeat(300 * 1024)}"}`, ''],
] as const) {
  test(`a policy that ${title} changes nothing but the alarm`, async (t) => {
    const manager = await setUp(t)
    const before = (await manager.config()).text
    writeFileSync(manager.policyFile, bytes)
    await refused(manager)

    assert.equal((await manager.config()).text, before)
    const { status, policy } = await readiness(manager)
    assert.equal(status, 200)
    assert.match(policy, /^warning: the newest policy is refused and the last good one is served\./)
    assert.ok(policy.includes(place))
    const [line] = manager.log.of('policy_refused')
    assert.equal(line?.level, 'error')
    assert.equal(line?.path, manager.policyFile)
    assert.equal(line?.place, place)
    assert.equal(await manager.metric('hivewarden_policy_loads_total{outcome="refused"}'), 1)
  })
}

test('the alarm ends when the file is mended', async (t) => {
  const manager = await setUp(t)
  writeFileSync(manager.policyFile, '{')
  await refused(manager)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  await served(manager, otherPolicy)
  assert.deepEqual(await readiness(manager), { status: 200, policy: 'ok' })
  assert.equal(await manager.metric('hivewarden_policy_refused'), 0)
})

test('every problem is logged, each with its place', async (t) => {
  const manager = await setUp(t)
  writeFileSync(
    manager.policyFile,
    JSON.stringify({ playground: { value: 1 }, assistant: 'on', extra: true }),
  )
  await refused(manager)
  assert.deepEqual(
    new Set(manager.log.of('policy_refused').map(({ place }) => place)),
    new Set(['/playground/value', '/playground/enforcement', '/assistant', '/extra']),
  )
  assert.match((await readiness(manager)).policy, /\(and 3 more\)$/)
})

test('a policy file that vanishes keeps what it said', async (t) => {
  const manager = await setUp(t)
  unlinkSync(manager.policyFile)
  await refused(manager)
  assert.deepEqual(await configOf(manager), somePolicy)
  assert.match((await readiness(manager)).policy, /does not exist/)
})

test('a policy file that a full disk truncated keeps what it said', async (t) => {
  const manager = await setUp(t)
  truncateSync(manager.policyFile)
  await refused(manager)
  assert.deepEqual(await configOf(manager), somePolicy)
})

test('a ConfigMap that moves its link is followed', async (t) => {
  const mounted = mountConfigMap(t)
  const manager = await startTestManager({ settings: { enterpriseConfigFile: mounted.path } })
  t.after(() => manager.close())
  assert.deepEqual(await configOf(manager), somePolicy)
  mounted.update(otherPolicy)
  await served(manager, otherPolicy)
  mounted.update(somePolicy)
  await served(manager, somePolicy)
})

test('a warning does not keep a policy from being served, and is logged', async (t) => {
  const manager = await setUp(t)
  const alone = { non_registry_servers: { value: false, enforcement: 'enforced' } }
  writeFileSync(manager.policyFile, JSON.stringify(alone))
  await eventually('the policy is loaded', () => manager.log.of('policy_loaded').length === 2)
  assert.equal(manager.log.of('policy_warning')[0]?.place, '/non_registry_servers')
  assert.deepEqual(await readiness(manager), { status: 200, policy: 'ok' })
})

test('a change that comes with every look is served again and again', async (t) => {
  const manager = await setUp(t)
  for (const policy of [otherPolicy, somePolicy, otherPolicy, somePolicy]) {
    writeFileSync(manager.policyFile, JSON.stringify(policy))
    await served(manager, policy)
  }
  assert.deepEqual(manager.log.of('policy_refused'), [])
})

/** A folder as Kubernetes mounts a ConfigMap, and how it changes one. */
function mountConfigMap(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'mounted-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  let version = 0
  const path = join(folder, 'enterprise-config.json')
  const update = (policy: unknown): void => {
    const old = `..${version}`
    version += 1
    mkdirSync(join(folder, `..${version}`))
    writeFileSync(join(folder, `..${version}`, 'enterprise-config.json'), JSON.stringify(policy))
    symlinkSync(`..${version}`, join(folder, '..data_tmp'))
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
    rmSync(join(folder, old), { recursive: true, force: true })
  }
  update(somePolicy)
  symlinkSync('..data/enterprise-config.json', path)
  return { path, update }
}
