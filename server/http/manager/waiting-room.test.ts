import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { limits } from '../../../domain/limits.ts'
import { createWaitingRoom } from './waiting-room.ts'

const LONG = 60_000

function setUp(t: TestContext) {
  const room = createWaitingRoom()
  t.after(() => room.close())
  return room
}

test('news goes to whoever has some, and the others go on waiting', (t) => {
  const room = setUp(t)
  const asked: string[] = []
  room.enter(LONG, () => {
    asked.push('one')
    return true
  })
  room.enter(LONG, (last) => {
    asked.push('other')
    return last
  })
  room.news()
  assert.deepEqual(asked, ['one', 'other'])
  assert.equal(room.size, 1)
})

test('the end of the wait is told as the last word', async (t) => {
  const room = setUp(t)
  const word = await new Promise<boolean>((resolve) => {
    room.enter(1, (last) => {
      resolve(last)
      return true
    })
  })
  assert.equal(word, true)
  assert.equal(room.size, 0)
})

test('nobody is asked twice', async (t) => {
  const room = setUp(t)
  let asked = 0
  room.enter(20, () => {
    asked += 1
    return true
  })
  room.news()
  room.news()
  await pause(40)
  room.close()
  assert.equal(asked, 1)
})

test('whoever left is not asked', (t) => {
  const room = setUp(t)
  const place = room.enter(LONG, () => assert.fail('asked after leaving'))
  place?.leave()
  room.news()
  assert.equal(room.size, 0)
})

test('one who leaves while the others are asked is not asked either', (t) => {
  const room = setUp(t)
  const places: ({ leave(): void } | undefined)[] = []
  room.enter(LONG, () => {
    places[0]?.leave()
    return true
  })
  places.push(room.enter(LONG, () => assert.fail('asked after leaving')))
  room.news()
  assert.equal(room.size, 0)
})

test('a full room takes nobody more, and takes again when one left', (t) => {
  const room = setUp(t)
  const places = Array.from({ length: limits.wait.waiters }, () => room.enter(LONG, () => true))
  assert.equal(
    room.enter(LONG, () => true),
    undefined,
  )
  places[0]?.leave()
  assert.notEqual(
    room.enter(LONG, () => true),
    undefined,
  )
})

test('a large room is asked in turns, between which others are served', async (t) => {
  const room = setUp(t)
  let asked = 0
  for (let index = 0; index < 1200; index += 1) {
    room.enter(LONG, () => {
      asked += 1
      return true
    })
  }
  room.news()
  assert.equal(asked, 500)
  while (asked < 1200) await nextTurn()
  assert.equal(room.size, 0)
})

test('closing answers everybody and holds nobody from then on', (t) => {
  const room = setUp(t)
  const words: boolean[] = []
  const waiter = (last: boolean): boolean => words.push(last) > 0
  room.enter(LONG, (last) => waiter(last))
  room.enter(LONG, (last) => waiter(last))
  room.close()
  assert.deepEqual(words, [true, true])
  assert.equal(
    room.enter(LONG, () => true),
    undefined,
  )
})
