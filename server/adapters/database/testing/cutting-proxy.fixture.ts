import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface CuttingProxy {
  /** The address of the database, by way of this proxy. */
  readonly url: string
  /** Cuts the next connection on which a COMMIT is sent: before the server hears of it, or before the client does. */
  cutNextCommit(when: 'before' | 'after'): void
}

/** Stands between a client and its server, to break a connection at the worst moment. */
export async function cuttingProxy(t: Pick<TestContext, 'after'>, target: string): Promise<CuttingProxy> {
  let cut: 'before' | 'after' | undefined
  const sockets = new Set<Socket>()
  const { hostname, port } = new URL(target)
  const server = createServer((client) => {
    const upstream = dial(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.on('data', (chunk) => {
      if (cut === undefined || !chunk.includes('COMMIT')) {
        upstream.write(chunk)
        return
      }
      const when = cut
      cut = undefined
      client.destroy()
      if (when === 'before') upstream.destroy()
      else upstream.end(chunk)
    })
    upstream.on('data', (chunk) => client.destroyed || client.write(chunk))
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: Object.assign(new URL(target), { port: String(own) }).href,
    cutNextCommit(when) {
      cut = when
    },
  }
}
