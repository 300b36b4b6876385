import type { Identity } from '../../../domain/identity/identity.ts'
import type { SignedEnvelope } from '../../usecases/envelope/envelope-press.ts'
import type { ServeEnvelope } from '../../usecases/envelope/serve-envelope.ts'
import type { Exchange } from '../exchange.ts'
import type { ClientReport } from './client-headers.ts'
import { matchesEntityTag } from './conditional-request.ts'
import type { EnvelopeForm } from './envelope-forms.ts'
import type { WaitingRoom } from './waiting-room.ts'

export interface Held {
  readonly identity: Identity
  readonly client: ClientReport
  readonly jose: boolean
  /** Seconds. */
  readonly wait: number
  readonly held: SignedEnvelope
}

interface HoldDependencies {
  readonly serveEnvelope: ServeEnvelope
  readonly waitingRoom: WaitingRoom
  readonly now: () => number
  readonly formOf: (envelope: SignedEnvelope, jose: boolean) => EnvelopeForm
}

/** Milliseconds: a timer may run a moment before the clock says so, and then the window would still be the old one. */
const TIMER_SLACK = 20

/** Answers 304 when the wait is over, 200 as soon as this caller's own envelope is another. */
export function createHold({ serveEnvelope, waitingRoom, now, formOf }: HoldDependencies) {
  /** The envelope also changes when its window does, which nobody tells: the clock does. */
  const untilNews = (held: SignedEnvelope, wait: number): number =>
    Math.max(1, Math.min(wait * 1000, held.renewsAt * 1000 + TIMER_SLACK - now()))

  return (exchange: Exchange, { identity, client, jose, wait, held }: Held): void => {
    const applied = ['Preference-Applied', `wait=${wait}`]
    const place = waitingRoom.enter(untilNews(held, wait), (last) => {
      if (!exchange.open) return true
      const envelope = serveEnvelope(identity, client)
      const form = formOf(envelope.ok ? envelope.value : held, jose)
      const changed = !matchesEntityTag(exchange.request.headers['if-none-match'], form.etag)
      if (!changed && !last) return false
      exchange.restartTiming()
      if (changed) exchange.send(200, [...form.headers, ...applied], form.body)
      else exchange.send(304, [...form.notModified, ...applied])
      return true
    })
    if (place === undefined) return exchange.send(304, formOf(held, jose).notModified)
    exchange.response.on('close', place.leave)
  }
}
