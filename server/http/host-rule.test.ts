import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../testing/start-test-manager.ts'
import { hostRule } from './host-rule.ts'

const hosts = [
  ['localhost', true, true],
  ['localhost:8080', true, true],
  ['LOCALHOST:8080', true, true],
  ['127.0.0.1', true, true],
  ['127.0.0.1:8080', true, true],
  ['127.9.9.9', true, true],
  ['[::1]:8080', true, true],
  ['config.example.com', false, true],
  ['evil.example:8080', false, true],
  ['localhost.evil.example', false, true],
  ['127.0.0.1.evil.example', false, true],
  ['localhost.', false, true],
  ['10.0.0.1', false, true],
  ['[::ffff:127.0.0.1]', false, true],
  ['', false, false],
  ['a b', false, false],
  ['localhost/x', false, false],
  ['localhost:port', false, false],
  ['localhost:8080:8080', false, false],
  ['user@localhost', false, false],
  ['::1', false, false],
  ['[::1', false, false],
  ['<script>', false, false],
] as const

describe('an evaluation answers loopback names only, everything else any name that is one', () => {
  for (const [host, inEvaluation, elsewhere] of hosts) {
    test(JSON.stringify(host), () => {
      assert.equal(hostRule(true)(host), inEvaluation)
      assert.equal(hostRule(false)(host), elsewhere)
    })
  }

  test('the answer for one host is not that for the next', () => {
    const answers = hostRule(true)
    for (const round of [1, 2]) {
      for (const [host, inEvaluation] of hosts) assert.equal(answers(host), inEvaluation, `${round} ${host}`)
    }
  })
})

test('a page of the internet whose name was rebound to this machine gets 421 from an evaluation', async () => {
  const manager = await startTestManager({
    evaluation: true,
    settings: { resourceURL: 'http://localhost:8080' },
  })
  after(() => manager.close())
  for (const path of ['/.well-known/toolhive-configuration', '/api/v1beta/config', '/readyz', '/']) {
    const answer = await manager.request(path, { headers: { Host: 'rebound.example:8080' } })
    assert.equal(answer.status, 421, path)
    assert.equal(answer.json().error, 'misdirected_request')
  }
  assert.equal((await manager.request('/healthz', { headers: { Host: 'localhost:8080' } })).status, 200)
})
