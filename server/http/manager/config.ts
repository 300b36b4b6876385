import type { Identity } from '../../../domain/identity/identity.ts'
import type { AuthenticateClient } from '../../usecases/client-access/authenticate-client.ts'
import type { ServeEnvelope } from '../../usecases/envelope/serve-envelope.ts'
import type { Exchange } from '../exchange.ts'
import { headerText } from '../header-text.ts'
import { bearerToken } from './bearer-token.ts'
import { readClientHeaders } from './client-headers.ts'
import { matchesEntityTag } from './conditional-request.ts'
import type { ConfigRefusals } from './config-refusals.ts'
import { createEnvelopeForms } from './envelope-forms.ts'
import { createHold } from './hold-request.ts'
import { preferredWait, prefersJose } from './preferences.ts'
import type { WaitingRoom } from './waiting-room.ts'

interface ConfigDependencies {
  readonly authenticate: AuthenticateClient
  readonly serveEnvelope: ServeEnvelope
  readonly waitingRoom: WaitingRoom
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly refusals: ConfigRefusals
}

/**
 * The signed envelope of the caller. The order of checks is fixed: token → client headers → preconditions → answer,
 * so that a tag that matches never hides a token that is bad (RFC 9110, 13.2.1).
 */
export function createConfig(dependencies: ConfigDependencies): (exchange: Exchange) => void {
  const { authenticate, serveEnvelope, refusals } = dependencies
  const formOf = createEnvelopeForms()
  const hold = createHold({ ...dependencies, formOf })

  const proceed = (exchange: Exchange, outcome: Awaited<ReturnType<AuthenticateClient>>): void =>
    outcome.ok ? answer(exchange, outcome.value) : refusals.token(exchange, outcome.problem)

  const answer = (exchange: Exchange, identity: Identity): void => {
    const { headers } = exchange.request
    const client = readClientHeaders(headers)
    if (!client.ok) return refusals.clientHeaders(exchange, client.problem)
    const envelope = serveEnvelope(identity, client.value)
    if (!envelope.ok) return refusals.absence(exchange, envelope.problem)

    const jose = prefersJose(headers.accept)
    const form = formOf(envelope.value, jose)
    if (!matchesEntityTag(headers['if-none-match'], form.etag))
      return exchange.send(200, form.headers, form.body)
    const wait = preferredWait(headerText(headers.prefer))
    if (wait === undefined) return exchange.send(304, form.notModified)
    return hold(exchange, { identity, client: client.value, jose, wait, held: envelope.value })
  }

  return (exchange) => {
    const token = bearerToken(exchange.request.headers.authorization)
    if (token === undefined) return refusals.noToken(exchange)
    const outcome = authenticate(token, exchange.request.socket)
    if (!(outcome instanceof Promise)) return proceed(exchange, outcome)
    outcome.then(
      (settled) => (exchange.open ? proceed(exchange, settled) : undefined),
      (error: unknown) => refusals.unexpected(exchange, error),
    )
  }
}
