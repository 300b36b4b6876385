/** What a client gets for this token. */
export async function fetchEnvelope(
  port: number,
  token: string,
  ifNoneMatch?: string,
): Promise<{ readonly status: number; readonly etag: string; readonly size: number }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1beta/config`, {
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Client-Type': 'toolhive-cli',
      'X-Client-Version': '1.4.2',
      ...(ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
    },
  })
  const body = await answer.arrayBuffer()
  return { status: answer.status, etag: answer.headers.get('ETag') ?? '', size: body.byteLength }
}
