import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Closing } from './closing.ts'

test('takes the turns in order, whatever the order in which the steps were added', async () => {
  const closing = new Closing()
  const taken: string[] = []
  const step = (name: string) => async (): Promise<void> => {
    await Promise.resolve()
    taken.push(name)
  }
  closing.add('sources', step('policy'))
  closing.add('listeners', step('clients'))
  closing.add('listeners', step('metrics'))
  closing.add('waiters', step('waiters'))
  await closing.closeAll()
  assert.deepEqual(taken, ['waiters', 'clients', 'metrics', 'policy'])
})

test('a step that fails keeps no other from being taken', async () => {
  const closing = new Closing()
  const taken: string[] = []
  closing.add('listeners', () => {
    throw new Error('broken')
  })
  closing.add('listeners', () => Promise.reject(new Error('broken')))
  closing.add('listeners', () => void taken.push('listener'))
  closing.add('sources', () => void taken.push('source'))
  await closing.closeAll()
  assert.deepEqual(taken, ['listener', 'source'])
})

test('closes once, however often it is asked', async () => {
  const closing = new Closing()
  let times = 0
  closing.add('sources', () => {
    times += 1
  })
  await Promise.all([closing.closeAll(), closing.closeAll()])
  await closing.closeAll()
  assert.equal(times, 1)
})
