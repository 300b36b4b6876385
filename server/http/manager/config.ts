import type { Identity } from '../../../domain/identity/identity.ts'
import { publicRefusal, publicRefusalSentences } from '../../../domain/identity/token-refusal.ts'
import type { Clock } from '../../ports/clock.ts'
import type {
  AuthenticateClient,
  AuthenticateProblem,
} from '../../usecases/client-access/authenticate-client.ts'
import type { SignedEnvelope } from '../../usecases/envelope/envelope-press.ts'
import type { ServeEnvelope } from '../../usecases/envelope/serve-envelope.ts'
import type { Exchange } from '../exchange.ts'
import { headerText } from '../header-text.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { bearerChallenge, bearerToken } from './bearer-token.ts'
import { type ClientReport, readClientHeaders } from './client-headers.ts'
import { matchesEntityTag } from './conditional-request.ts'
import { createEnvelopeForms } from './envelope-forms.ts'
import { preferredWait, prefersJose } from './preferences.ts'
import type { WaitingRoom } from './waiting-room.ts'

interface ConfigDependencies {
  readonly authenticate: AuthenticateClient
  readonly serveEnvelope: ServeEnvelope
  readonly waitingRoom: WaitingRoom
  readonly clock: Clock
  readonly refusals: RefusalLog
  readonly requiredScope: string
  readonly metadata: string | undefined
}

/** Seconds after which a manager without a key or a policy is asked again. */
const RETRY_UNCONFIGURED = 60

/** Milliseconds: a timer may run a moment before the clock says so, and then the window would still be the old one. */
const TIMER_SLACK = 20

/**
 * The signed envelope of the caller. The order of checks is fixed: token → client headers → preconditions → answer,
 * so that a tag that matches never hides a token that is bad (RFC 9110, 13.2.1).
 */
export function createConfig(dependencies: ConfigDependencies): (exchange: Exchange) => void {
  const { authenticate, serveEnvelope, waitingRoom, refusals } = dependencies
  const formOf = createEnvelopeForms()

  const handle = (exchange: Exchange): void => {
    const token = bearerToken(exchange.request.headers.authorization)
    if (token === undefined) return refuseWithoutToken(exchange)
    const outcome = authenticate(token)
    if (!(outcome instanceof Promise)) return proceed(exchange, outcome)
    outcome.then(
      (settled) => (exchange.open ? proceed(exchange, settled) : undefined),
      (error: unknown) => failUnexpectedly(exchange, error),
    )
  }

  const proceed = (exchange: Exchange, outcome: Awaited<ReturnType<AuthenticateClient>>): void =>
    outcome.ok ? answer(exchange, outcome.value) : refuseToken(exchange, outcome.problem)

  const answer = (exchange: Exchange, identity: Identity): void => {
    const { headers } = exchange.request
    const client = readClientHeaders(headers)
    if (!client.ok) {
      refusals.note(exchange, 'invalid_request', client.problem)
      return exchange.refuse('invalid_request', { description: client.problem })
    }
    const envelope = serveEnvelope(identity, client.value)
    if (!envelope.ok) return refuseUnconfigured(exchange, envelope.problem)

    const jose = prefersJose(headers.accept)
    const form = formOf(envelope.value, jose)
    if (!matchesEntityTag(headers['if-none-match'], form.etag))
      return exchange.send(200, form.headers, form.body)
    const wait = preferredWait(headerText(headers.prefer))
    if (wait === undefined) return exchange.send(304, form.notModified)
    return hold(exchange, { identity, client: client.value, jose, wait, held: envelope.value })
  }

  /** Answers 304 when the wait is over, 200 as soon as this caller's own envelope is another. */
  const hold = (exchange: Exchange, { identity, client, jose, wait, held }: Held): void => {
    const applied = ['Preference-Applied', `wait=${wait}`]
    const over = dependencies.clock.now() + wait * 1000
    const place = waitingRoom.enter(untilNews(held, over), (last) => {
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

  /** The envelope also changes when its window does, which nobody tells: the clock does. */
  const untilNews = (held: SignedEnvelope, over: number): number =>
    Math.max(1, Math.min(over, held.renewsAt * 1000 + TIMER_SLACK) - dependencies.clock.now())

  const refuseWithoutToken = (exchange: Exchange): void => {
    refusals.note(exchange, 'unauthorized', 'no bearer token')
    exchange.refuse('unauthorized', { headers: [challenge({})] })
  }

  const refuseToken = (exchange: Exchange, problem: AuthenticateProblem): void => {
    const code = publicRefusal(problem.reason)
    const description = publicRefusalSentences[code]
    refusals.note(exchange, code, problem.reason, problem.kid)
    if (code === 'temporarily_unavailable') {
      exchange.refuse(code, { description, headers: [retryAfter(problem.retryAfter ?? RETRY_UNCONFIGURED)] })
    } else {
      const scope = code === 'insufficient_scope' ? { scope: dependencies.requiredScope } : {}
      exchange.refuse(code, { description, headers: [challenge({ error: code, description, ...scope })] })
    }
  }

  const refuseUnconfigured = (exchange: Exchange, absence: 'no_policy' | 'no_signing_key'): void => {
    const code = absence === 'no_signing_key' ? 'signing_not_configured' : 'temporarily_unavailable'
    refusals.note(exchange, code, absence)
    exchange.refuse(code, { headers: [retryAfter(RETRY_UNCONFIGURED)] })
  }

  const challenge = (given: Parameters<typeof bearerChallenge>[0]): [string, string] => [
    'WWW-Authenticate',
    bearerChallenge(
      dependencies.metadata === undefined ? given : { ...given, metadata: dependencies.metadata },
    ),
  ]

  const failUnexpectedly = (exchange: Exchange, error: unknown): void => {
    refusals.bug(exchange, error)
    if (exchange.open && !exchange.response.headersSent) exchange.refuse('internal_error')
  }

  return handle
}

interface Held {
  readonly identity: Identity
  readonly client: ClientReport
  readonly jose: boolean
  /** Seconds. */
  readonly wait: number
  readonly held: SignedEnvelope
}

const retryAfter = (seconds: number): [string, string] => ['Retry-After', String(seconds)]
