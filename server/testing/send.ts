import { connect, type Socket } from 'node:net'
import { type ParsedStream, parseAnswers } from './parse-answers.ts'
import { recordAnswer } from './record-answer.ts'

export interface SendOptions {
  /** Answers after which the connection is closed from here. Without it the server is expected to close. */
  readonly answers?: number
  /** The end of what the client sends; by default it leaves its side open. */
  readonly halfClose?: boolean
  readonly prefix?: string
  /** False where the request is such nonsense that nobody can say what its answer should look like. */
  readonly record?: false
}

export interface Sent extends ParsedStream {
  /** Everything that came, as it came. */
  readonly received: Buffer
  /** True when the server ended the connection. */
  readonly closedByServer: boolean
}

/** Milliseconds after which a silent connection fails the test that opened it. */
const PATIENCE = 15_000

const methodsOf = (request: string): readonly string[] =>
  [...request.matchAll(/^([A-Z]+) \S+ HTTP\/1\.[01]\r$/gm)].map(([, method = '']) => method)

const pathsOf = (request: string): readonly string[] =>
  [...request.matchAll(/^[A-Z]+ (\/\S*) HTTP\/1\.[01]\r$/gm)].map(([, path = '']) => path)

/** Writes bytes as they are on a connection of their own and gives back what came. For requests that no client library would send. */
export function send(port: number, request: string | Buffer, options: SendOptions = {}): Promise<Sent> {
  const bytes = Buffer.from(request as string, 'latin1')
  const text = bytes.toString('latin1')
  const methods = options.record === false ? undefined : methodsOf(text)
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    let closedByServer = false
    const read = (): ParsedStream => parseAnswers(Buffer.concat(chunks), methods)
    const finish = (): void => {
      clearTimeout(timer)
      socket.destroy()
      try {
        const parsed = read()
        if (options.record !== false) record(parsed, text, options.prefix)
        resolve({ ...parsed, received: Buffer.concat(chunks), closedByServer })
      } catch (error) {
        reject(error)
      }
    }
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`No end came. Received so far: ${Buffer.concat(chunks).toString('latin1')}`))
    }, PATIENCE)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (options.answers !== undefined && read().answers.length >= options.answers) finish()
    })
    // A reset may come before what was still to be read: what did come counts.
    socket.on('error', () => {
      closedByServer = true
    })
    socket.on('end', () => {
      closedByServer = true
    })
    socket.on('close', () => {
      closedByServer ||= options.halfClose === true
      finish()
    })
    socket.on('connect', () => write(socket, bytes, options.halfClose === true))
  })
}

function write(socket: Socket, bytes: Buffer, halfClose: boolean): void {
  if (halfClose) socket.end(bytes)
  else socket.write(bytes)
}

function record({ answers }: ParsedStream, request: string, prefix: string | undefined): void {
  const methods = methodsOf(request)
  const paths = pathsOf(request)
  // Only where it is certain which request an answer belongs to.
  if (methods.length !== paths.length || methods.length < answers.length) return
  for (const [at, answer] of answers.entries()) {
    recordAnswer({ method: methods[at] ?? '', path: paths[at] ?? '', ...answer }, prefix)
  }
}
