import type { PartState } from '../../usecases/overview/assess-readiness.ts'
import type { Exchange } from '../exchange.ts'
import { dataHeaders } from '../problem/answer-problem.ts'

export type Readiness = () => Readonly<Record<string, PartState>>

/** The process answers. */
export const answerHealthz = (exchange: Exchange): void => sendStates(exchange, 200, { status: 'ok' })

/** The process can serve envelopes; every part that cannot, or that needs a look, is named. */
export const createReadyz =
  (readiness: Readiness) =>
  (exchange: Exchange): void => {
    const parts = Object.entries(readiness())
    const failing = parts.some(([, part]) => part.state === 'failing')
    const words = parts.map(([name, { state, detail }]) => [
      name,
      detail === undefined ? state : `${state}: ${detail}`,
    ])
    sendStates(exchange, failing ? 503 : 200, {
      status: failing ? 'not ready' : 'ready',
      ...Object.fromEntries(words),
    })
  }

function sendStates(exchange: Exchange, status: number, states: Readonly<Record<string, string>>): void {
  const body = Buffer.from(JSON.stringify(states))
  exchange.send(
    status,
    [
      'Content-Type',
      'application/json',
      'Content-Length',
      String(body.byteLength),
      'Cache-Control',
      'no-store',
      ...dataHeaders,
    ],
    body,
  )
}
