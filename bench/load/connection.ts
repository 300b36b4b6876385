import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Answer, AnswerReader } from './answer-reader.ts'

/** Every connection reads into this: what arrives is looked at before the next one reads. */
const arrivals = Buffer.allocUnsafe(256 * 1024)

/** A keep-alive connection with one request on its way at most: no pipelining. */
export class Connection {
  readonly #socket: Socket
  readonly #reader = new AnswerReader()
  #answered: ((answer: Answer) => void) | undefined

  private constructor(port: number, failed: (error: Error) => void) {
    const take = (count: number): boolean => {
      try {
        const answer = this.#reader.take(arrivals.subarray(0, count))
        if (answer !== undefined) this.#answer(answer)
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
      }
      return true
    }
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer: arrivals, callback: take },
    })
    this.#socket.on('error', failed)
    this.#socket.on('close', () => {
      if (this.#answered !== undefined)
        failed(new Error('The server closed a connection with a request on it.'))
    })
  }

  static async open(port: number, failed: (error: Error) => void): Promise<Connection> {
    const connection = new Connection(port, failed)
    await once(connection.#socket, 'connect')
    return connection
  }

  send(request: Buffer, answered: (answer: Answer) => void): void {
    this.#answered = answered
    this.#socket.write(request)
  }

  close(): void {
    this.#answered = undefined
    this.#socket.destroy()
  }

  #answer(answer: Answer): void {
    const answered = this.#answered
    this.#answered = undefined
    if (answered === undefined) throw new Error('An answer that nobody asked for.')
    answered(answer)
  }
}
