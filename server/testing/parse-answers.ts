export interface RawAnswer {
  readonly status: number
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface ParsedStream {
  readonly answers: readonly RawAnswer[]
  /** What is left when no further whole answer can be read. Empty after a clean end. */
  readonly rest: Buffer
}

const NEXT = 'HTTP/1.1 '
const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * The answers in what a connection gave, read by a reader of its own: Node's would forgive what is looked for here.
 * `methods` are those of the requests in their order, since an answer to HEAD has a length and no body; where nobody
 * can say them, a body is where something follows that does not begin another answer.
 */
export function parseAnswers(stream: Buffer, methods?: readonly string[]): ParsedStream {
  const answers: RawAnswer[] = []
  let rest = stream
  for (;;) {
    const end = rest.indexOf(END_OF_HEAD)
    if (end === -1) return { answers, rest }
    const head = parseHead(rest.subarray(0, end).toString('latin1'))
    const interim = head.status < 200
    const bodyAt = end + END_OF_HEAD.length
    const follows = rest.subarray(bodyAt, bodyAt + NEXT.length).toString('latin1')
    const bare = methods === undefined ? NEXT.startsWith(follows) : methods[answers.length] === 'HEAD'
    const length = interim || bare ? 0 : bodyLength(head)
    if (rest.length < bodyAt + length) return { answers, rest }
    if (!interim) answers.push({ ...head, body: rest.subarray(bodyAt, bodyAt + length).toString('utf8') })
    rest = rest.subarray(bodyAt + length)
  }
}

function parseHead(text: string): Pick<RawAnswer, 'status' | 'headers'> {
  const [statusLine = '', ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]*$/.exec(statusLine)?.[1]
  if (status === undefined) throw new Error(`This is no status line: ${JSON.stringify(statusLine)}`)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\x20-\x7e]*)$/.exec(line) ?? []
    if (name === '') throw new Error(`This is no header line: ${JSON.stringify(line)}`)
    const key = name.toLowerCase()
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`
  }
  return { status: Number(status), headers }
}

function bodyLength({ status, headers }: Pick<RawAnswer, 'status' | 'headers'>): number {
  if (status === 204 || status === 304) return 0
  const length = headers['content-length']
  if (length === undefined) throw new Error(`An answer of status ${status} has no length.`)
  return Number(length)
}
