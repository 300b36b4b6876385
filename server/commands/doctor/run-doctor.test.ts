import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { brokenManagers, changeReply, managerPaths } from './broken-managers.corpus.ts'
import {
  type FakeManager,
  goodToken,
  type RecordedIo,
  recordedIo,
  startFakeManager,
} from './fake-manager.fixture.ts'
import type { Step } from './report.ts'
import { runDoctor } from './run-doctor.ts'
import { type DoctorTools, systemTools } from './tools.ts'

const { bootstrap, config, jwks } = managerPaths

let manager: FakeManager
let io: RecordedIo
beforeEach(async () => {
  manager = await startFakeManager()
  io = recordedIo()
})
afterEach(() => manager.stop())

const withToken = (token: string, changes: Partial<DoctorTools> = {}): DoctorTools => ({
  ...systemTools,
  readFile: async () => token,
  ...changes,
})

const examine = async (tools = withToken(`${goodToken}\n`)) => {
  const code = await runDoctor({ url: manager.origin, tokenFile: 'token', json: true }, io, tools)
  const summary = JSON.parse(io.printed.join('\n')) as { ok: boolean; steps: Step[]; envelope?: object }
  const step = (id: Step['id']): Step | undefined => summary.steps.find((each) => each.id === id)
  return { code, ...summary, step }
}

describe('doctor with a token, where everything is in order', () => {
  test('passes every step and ends with the verified envelope', async () => {
    const { code, ok, steps, envelope } = await examine()
    assert.equal(code, 0)
    assert.equal(ok, true)
    assert.deepEqual(
      steps.map(({ id, outcome }) => `${id} ${outcome}`),
      [
        'bootstrap passed',
        'addresses passed',
        'clock passed',
        'keys passed',
        'resource passed',
        'discovery passed',
        'challenge passed',
        'token passed',
        'config passed',
        'envelope passed',
        'revalidation passed',
      ],
    )
    assert.ok(envelope && 'serial' in envelope && envelope.serial === 7)
  })

  test('sends the token to the configuration endpoint alone', async () => {
    await examine()
    const authorized = manager.requests.filter((request) => request.authorized).map(({ line }) => line)
    assert.deepEqual(authorized, [`GET ${config}`, `GET ${config}`])
  })

  test('says who the token is for and never prints it', async () => {
    const { step } = await examine()
    assert.match(
      step('token')?.found ?? '',
      /amara · audience enterprise-manager · scope none · groups engineering/,
    )
    assert.ok(![...io.printed, ...io.errors].join('\n').includes(goodToken.slice(0, 30)))
  })

  test('takes the whole bootstrap URL as well, and a slash at the end', async () => {
    for (const url of [`${manager.origin}${bootstrap}`, `${manager.origin}/`]) {
      assert.equal(await runDoctor({ url, tokenFile: 't' }, recordedIo(), withToken(goodToken)), 0, url)
    }
  })

  test('prints a line for each step, for a person', async () => {
    assert.equal(await runDoctor({ url: manager.origin, tokenFile: 't' }, io, withToken(goodToken)), 0)
    assert.match(io.printed.join('\n'), /✓ Bootstrap document/)
    assert.match(io.printed.join('\n'), /✓ Envelope +verified · serial 7 · 1 directive/)
    assert.match(io.printed.at(-1) ?? '', /^In order/)
  })

  test('without a token goes as far as it can and says how to go on', async () => {
    const code = await runDoctor({ url: manager.origin }, io, systemTools)
    assert.equal(code, 0)
    assert.match(io.printed.join('\n'), /– Token .*--login/)
    assert.ok(manager.requests.every((request) => !request.authorized))
  })
})

describe('doctor finds', () => {
  for (const [title, broken] of Object.entries(brokenManagers)) {
    test(title, async () => {
      broken.damage(manager)
      const { code, ok, step } = await examine()
      assert.equal(step(broken.step)?.outcome, 'failed')
      assert.match(step(broken.step)?.found ?? '', broken.says)
      assert.ok(step(broken.step)?.remedy)
      assert.equal(ok, false)
      assert.equal(code, 1)
    })
  }

  test('a token that is refused, with what the manager says about it', async () => {
    const { code, step } = await examine(withToken('another.token.here'))
    assert.equal(code, 1)
    assert.match(step('config')?.found ?? '', /401 \(invalid_token: The token is not good for this manager\)/)
  })

  test('a file that holds no token', async () => {
    const { code, step } = await examine(withToken('Bearer abc\nsecond line'))
    assert.equal(code, 1)
    assert.equal(step('token')?.outcome, 'failed')
  })

  test('a file that is not there', async () => {
    const { code, step } = await examine(
      withToken('', { readFile: () => Promise.reject(new Error('ENOENT')) }),
    )
    assert.equal(code, 1)
    assert.match(step('token')?.found ?? '', /cannot be read/)
  })

  test('a clock that is more than a minute off, and a minute is fine', async () => {
    const skewed = (seconds: number) => withToken(goodToken, { now: () => systemTools.now() + seconds })
    const ahead = await examine(skewed(90))
    assert.match(ahead.step('clock')?.found ?? '', /(89|90|91) seconds ahead/)
    assert.equal(ahead.code, 1)
    io.printed.length = 0
    assert.match((await examine(skewed(-90))).step('clock')?.found ?? '', /seconds behind/)
    io.printed.length = 0
    assert.equal((await examine(skewed(50))).step('clock')?.outcome, 'passed')
  })

  test('that the whole envelope comes again, as a remark', async () => {
    const good = manager.replies[config]
    manager.replies[config] = (request) => {
      delete request.headers['if-none-match']
      return good?.(request) ?? { status: 500 }
    }
    const { code, step } = await examine()
    assert.equal(step('revalidation')?.outcome, 'warning')
    assert.equal(code, 0)
  })
})

describe('doctor, where nothing answers', () => {
  test('ends with 69 when the manager is not there', async () => {
    await manager.stop()
    const { code, step } = await examine()
    assert.equal(code, 69)
    assert.match(step('bootstrap')?.found ?? '', /does not answer \(ECONNREFUSED\)/)
    manager = await startFakeManager()
  })

  test('ends with 69 when the identity provider is not there, and still looks at the rest', async () => {
    changeReply(manager, bootstrap, { issuer: 'http://localhost:1/idp' })
    const { code, step } = await examine()
    assert.equal(code, 69)
    assert.equal(step('discovery')?.outcome, 'failed')
    assert.equal(step('envelope')?.outcome, 'passed')
  })

  test('refuses to talk plain http to another machine', async () => {
    assert.equal(await runDoctor({ url: 'http://192.0.2.1' }, io, systemTools), 1)
    assert.match(io.printed.join('\n'), /http outside loopback/)
  })
})

describe('doctor with wrong words', () => {
  for (const url of ['config.example.com', 'ftp://config.example.com', '']) {
    test(`refuses ${JSON.stringify(url)} as a URL`, async () => {
      assert.equal(await runDoctor({ url }, io, systemTools), 2)
      assert.match(io.errors.join(), /URL of a manager/)
    })
  }

  test('refuses a token and a sign-in at once', async () => {
    assert.equal(await runDoctor({ url: manager.origin, login: true, tokenFile: 't' }, io, systemTools), 2)
    assert.equal(await runDoctor({ url: manager.origin, saveFile: 't' }, io, systemTools), 2)
  })
})

describe('what a hostile manager says', () => {
  test('cannot move the cursor or forge a line', async () => {
    const hostile = 'x\u001b[2J\r\n✓ Envelope verified\u202e'
    manager.replies[jwks] = () => ({ status: 500, body: { error: hostile, error_description: hostile } })
    await runDoctor({ url: manager.origin }, io, systemTools)
    const output = io.printed.join('|')
    assert.ok(output.includes('�'))
    assert.doesNotMatch(output, /[\p{Cc}\p{Cf}]/u)
  })

  test('costs bounded memory, however much it is', async () => {
    manager.replies[bootstrap] = () => ({ status: 200, body: `{"a":"${'x'.repeat(100_000)}"}` })
    const { step } = await examine()
    assert.match(step('bootstrap')?.found ?? '', /too large/)
  })
})
