import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { createRecordingLogger } from '../identity-provider/testing/observed.ts'
import { createListeners } from './listeners.ts'
import { createLookout, type Lookout } from './lookout.ts'

describe('a lookout', () => {
  let lookout: Lookout | undefined
  afterEach(() => lookout?.stop())

  const start = (look: () => Promise<'seen' | 'unavailable'>, everyMilliseconds = 60_000) => {
    const news = createListeners()
    const logger = createRecordingLogger()
    lookout = createLookout({ look, subscribe: news.add, everyMilliseconds, logger })
    return { lookout, news, logger }
  }

  it('looks when there is news', async () => {
    const looked = Promise.withResolvers<void>()
    const { news } = start(async () => {
      looked.resolve()
      return 'seen'
    })
    news.tell()

    await looked.promise
  })

  it('looks once more for news that arrive while it looks, however many they are', async () => {
    let looks = 0
    const open = Promise.withResolvers<void>()
    const { lookout, news } = start(async () => {
      looks += 1
      await open.promise
      return 'seen'
    })
    const first = lookout.look()
    news.tell()
    news.tell()
    const last = lookout.look()
    open.resolve()
    await Promise.all([first, last])

    assert.equal(looks, 2)
  })

  it('looks again by itself after it could not see anything', async () => {
    const seen = Promise.withResolvers<void>()
    let looks = 0
    const { lookout } = start(async () => {
      looks += 1
      if (looks === 1) return 'unavailable'
      seen.resolve()
      return 'seen'
    }, 5)
    const keep = setTimeout(() => undefined, 10_000)
    await lookout.look()

    await seen.promise
    clearTimeout(keep)
  })

  it('survives a look that throws, and says so', async () => {
    const { lookout, logger } = start(async () => {
      throw new TypeError('a bug')
    })
    await lookout.look()

    assert.deepEqual(
      logger.lines.map(({ event, fields }) => [event, fields.message]),
      [['look_failed', 'a bug']],
    )
  })

  it('looks no more once it is stopped', async () => {
    let looks = 0
    const { lookout, news } = start(async () => {
      looks += 1
      return 'seen'
    })
    lookout.stop()
    news.tell()
    await lookout.look()

    assert.equal(looks, 0)
  })
})
