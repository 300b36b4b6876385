import type { Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

/** In milliseconds. */
export interface DrainPatience {
  /** How long a connection that is silent may still bring a request that was already on its way. */
  readonly farewell: number
  /** After this nobody is waited for. */
  readonly drain: number
}

/** Milliseconds between two looks at who has become silent. */
const LOOK = 50

/**
 * Takes no new connection and ends the old ones without failing a request. Node's own `close` would first cut every
 * silent connection: a client that has just begun to write on one would see its request fail. Here it is answered,
 * with `Connection: close`, and only what stays silent is cut.
 */
export function drainServer(
  server: Server,
  open: ReadonlySet<Socket>,
  patience: DrainPatience,
): Promise<void> {
  return new Promise((resolve) => {
    let look: NodeJS.Timeout | undefined
    const cutSilent = (): void => {
      server.closeIdleConnections()
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    }
    const farewell = setTimeout(() => {
      cutSilent()
      look = setInterval(cutSilent, LOOK)
    }, patience.farewell)
    const force = setTimeout(() => {
      for (const socket of open) socket.destroy()
    }, patience.drain)

    NetServer.prototype.close.call(server, () => {
      clearTimeout(farewell)
      clearInterval(look)
      clearTimeout(force)
      resolve()
    })
  })
}
