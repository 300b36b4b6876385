const HEAD_END = '\r\n\r\n'
const STATUS_AT = 'HTTP/1.1 '.length

/** One HTTP answer, complete. */
export interface Answer {
  readonly status: number
  /** Bytes of head and body together. */
  readonly size: number
}

interface Shape extends Answer {
  readonly headSize: number
}

/**
 * Reads the answers of one connection, of which at most one is on its way. A chunk that is laid out as the answer before
 * it is taken at a glance: the loader shares the machine with what it measures, and must not be the slower of the two.
 */
export class AnswerReader {
  #last: Shape | undefined
  #partial: Buffer | undefined

  /** The answer that `chunk` completes, or none yet. Throws when it is no answer that this product would send. */
  take(chunk: Buffer): Answer | undefined {
    if (this.#partial === undefined && this.#last !== undefined && repeats(chunk, this.#last))
      return this.#last
    const bytes = this.#partial === undefined ? chunk : Buffer.concat([this.#partial, chunk])
    const shape = shapeOf(bytes)
    if (shape === undefined || bytes.length < shape.size) {
      this.#partial = Buffer.from(bytes)
      return undefined
    }
    if (bytes.length > shape.size) throw new Error('More bytes arrived than were asked for.')
    this.#partial = undefined
    this.#last = shape
    return shape
  }
}

const repeats = (chunk: Buffer, { status, size, headSize }: Shape): boolean =>
  chunk.length === size &&
  statusOf(chunk) === status &&
  chunk[headSize - 4] === 0x0d &&
  chunk[headSize - 3] === 0x0a &&
  chunk[headSize - 2] === 0x0d &&
  chunk[headSize - 1] === 0x0a

const digit = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) - 0x30

const statusOf = (bytes: Buffer): number =>
  100 * digit(bytes, STATUS_AT) + 10 * digit(bytes, STATUS_AT + 1) + digit(bytes, STATUS_AT + 2)

function shapeOf(bytes: Buffer): Shape | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return undefined
  const headSize = end + HEAD_END.length
  const status = statusOf(bytes)
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1]
  if (length === undefined && status !== 304 && status !== 204) throw new Error('An answer without a length.')
  // A 304 may state the length of the body that it leaves out.
  return { status, headSize, size: headSize + (status === 304 ? 0 : Number(length ?? 0)) }
}
