import { Client, type ClientConfig } from 'pg'

export const CHANNEL = 'hivewarden'

const SHORTEST_PAUSE = 250
const LONGEST_PAUSE = 5_000

/**
 * Listens on a connection of its own and makes a new one whenever it breaks. `onNews` is called for each notice, and
 * after each reconnection, since what was said meanwhile is lost. Returns how to stop.
 */
export function listen(config: ClientConfig, onNews: () => void): () => Promise<void> {
  let stopped = false
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let pause = SHORTEST_PAUSE

  const connect = async (): Promise<void> => {
    const fresh = new Client(config)
    client = fresh
    let lost = false
    const lose = (): void => {
      if (lost) return
      lost = true
      fresh.end().catch(() => undefined)
      if (stopped) return
      timer = setTimeout(connect, pause)
      timer.unref()
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', onNews)
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${CHANNEL}`)
      pause = SHORTEST_PAUSE
      if (stopped) await fresh.end()
      else onNews()
    } catch {
      lose()
    }
  }
  void connect()

  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}
