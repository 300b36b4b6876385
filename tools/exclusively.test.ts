import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { exclusively } from './exclusively.mjs'
import { root } from './pinned-node.mjs'

const lockFile = (name: string) => join(root, '.cache', `${name}.lock`)

describe('work that only one may do at a time', () => {
  it('waits until the one before it is done', async () => {
    const name = `test-order-${process.pid}`
    const steps: string[] = []
    const work = (label: string) => async () => {
      steps.push(`${label} begins`)
      await pause(20)
      steps.push(`${label} ends`)
    }
    await Promise.all([exclusively(name, work('first')), exclusively(name, work('second'))])
    assert.deepEqual(steps, ['first begins', 'first ends', 'second begins', 'second ends'])
  })

  it('frees the place when it fails', async () => {
    const name = `test-failure-${process.pid}`
    await assert.rejects(
      exclusively(name, () => Promise.reject(new Error('no'))),
      /no/,
    )
    assert.equal(existsSync(lockFile(name)), false)
    assert.equal(await exclusively(name, () => 'done'), 'done')
  })

  it('takes over from a process that died in between', async () => {
    const name = `test-death-${process.pid}`
    const { pid } = spawnSync(process.execPath, ['--version'])
    mkdirSync(join(root, '.cache'), { recursive: true })
    writeFileSync(lockFile(name), String(pid))
    assert.equal(await exclusively(name, () => 'done'), 'done')
  })
})
