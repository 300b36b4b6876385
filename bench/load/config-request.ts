export interface RequestFacts {
  readonly port: number
  readonly token: string
  readonly ifNoneMatch?: string
  /** Seconds that the client is willing to wait. */
  readonly wait?: number
}

/** The request that a managed client sends for its envelope, as bytes. */
export function configRequest({ port, token, ifNoneMatch, wait }: RequestFacts): Buffer {
  const lines = [
    'GET /api/v1beta/config HTTP/1.1',
    `Host: localhost:${port}`,
    'User-Agent: toolhive/1.4.2',
    'Accept: application/json',
    `Authorization: Bearer ${token}`,
    'X-Client-Type: toolhive-cli',
    'X-Client-Version: 1.4.2',
    ...(ifNoneMatch === undefined ? [] : [`If-None-Match: ${ifNoneMatch}`]),
    ...(wait === undefined ? [] : [`Prefer: wait=${wait}`]),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
}
