import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { KeySetProblem } from '../../ports/key-set.ts'
import type { FetchedDocument, FetchLimits, LimitedFetch } from '../../ports/limited-fetch.ts'
import { parseDocument } from './parse-document.ts'

type Fetched = Result<FetchedDocument, KeySetProblem>

/** One document of the provider with status 200; `prefix` says in the problem's reason which one it was. */
export const fetchDocument = async (
  fetch: LimitedFetch,
  url: string,
  bounds: FetchLimits,
  prefix: 'discovery' | 'jwks',
): Promise<Fetched> => {
  const fetched = await fetch(url, bounds)
  if (!fetched.ok)
    return fail({ reason: `${prefix}_${fetched.problem.reason}`, detail: fetched.problem.detail })
  const { status } = fetched.value
  return status === 200 ? fetched : fail({ reason: `${prefix}_status`, detail: `status ${status}` })
}

/** OpenID Connect Discovery 1.0, section 4: the path follows the issuer, whose own trailing slash is dropped. */
const discoveryUrl = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/** Where the provider keeps its public keys, from its discovery document. */
export const discoverKeySetUrl = async (
  fetch: LimitedFetch,
  issuer: string,
  signal: AbortSignal,
): Promise<Result<string, KeySetProblem>> => {
  const fetched = await fetchDocument(
    fetch,
    discoveryUrl(issuer),
    { ...limits.discovery, signal },
    'discovery',
  )
  if (!fetched.ok) return fetched
  const document = parseDocument(fetched.value.body)
  if (document === undefined)
    return fail({ reason: 'discovery_malformed', detail: 'the document is not a JSON object' })
  // Stops one provider from answering for another (mix-up), and finds a wrongly written setting.
  if (document.issuer !== issuer) {
    return fail({
      reason: 'discovery_issuer',
      detail: `the document says ${String(document.issuer).slice(0, 200)}`,
    })
  }
  if (typeof document.jwks_uri !== 'string' || document.jwks_uri.length > limits.url.characters) {
    return fail({ reason: 'discovery_malformed', detail: 'the document names no jwks_uri' })
  }
  return ok(document.jwks_uri)
}
