import { publicRefusal, publicRefusalSentences } from '../../../domain/identity/token-refusal.ts'
import type { AuthenticateProblem } from '../../usecases/client-access/authenticate-client.ts'
import type { EnvelopeAbsence } from '../../usecases/envelope/serve-envelope.ts'
import type { Exchange } from '../exchange.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { bearerChallenge } from './bearer-token.ts'

export interface ConfigRefusals {
  noToken(exchange: Exchange): void
  token(exchange: Exchange, problem: AuthenticateProblem): void
  clientHeaders(exchange: Exchange, sentence: string): void
  absence(exchange: Exchange, absence: EnvelopeAbsence): void
  unexpected(exchange: Exchange, error: unknown): void
}

interface RefusalDependencies {
  readonly log: RefusalLog
  readonly requiredScope: string
  /** Where a client learns how to get a token; absent where no resource URL is configured. */
  readonly metadata: string | undefined
}

/** Seconds after which a manager without a key or a policy is asked again. */
const RETRY_UNCONFIGURED = 60

/** How the config endpoint says no. The reason goes to the log; the client is told one public sentence per class. */
export function createConfigRefusals({ log, requiredScope, metadata }: RefusalDependencies): ConfigRefusals {
  const challenge = (given: Parameters<typeof bearerChallenge>[0]): [string, string] => [
    'WWW-Authenticate',
    bearerChallenge(metadata === undefined ? given : { ...given, metadata }),
  ]

  return {
    noToken(exchange) {
      log.note(exchange, 'unauthorized', 'no bearer token')
      exchange.refuse('unauthorized', { headers: [challenge({})] })
    },
    token(exchange, problem) {
      const code = publicRefusal(problem.reason)
      const description = publicRefusalSentences[code]
      log.note(exchange, code, problem.reason, problem.kid)
      if (code === 'temporarily_unavailable') {
        exchange.refuse(code, {
          description,
          headers: [retryAfter(problem.retryAfter ?? RETRY_UNCONFIGURED)],
        })
      } else {
        const scope = code === 'insufficient_scope' ? { scope: requiredScope } : {}
        exchange.refuse(code, { description, headers: [challenge({ error: code, description, ...scope })] })
      }
    },
    clientHeaders(exchange, sentence) {
      log.note(exchange, 'invalid_request', sentence)
      exchange.refuse('invalid_request', { description: sentence })
    },
    absence(exchange, absence) {
      const code = absence === 'no_signing_key' ? 'signing_not_configured' : 'temporarily_unavailable'
      log.note(exchange, code, absence)
      exchange.refuse(code, { headers: [retryAfter(RETRY_UNCONFIGURED)] })
    },
    unexpected(exchange, error) {
      log.bug(exchange, error)
      if (exchange.open && !exchange.response.headersSent) exchange.refuse('internal_error')
    },
  }
}

const retryAfter = (seconds: number): [string, string] => ['Retry-After', String(seconds)]
