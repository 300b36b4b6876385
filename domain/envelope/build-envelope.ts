import { formatInstant } from '../instant.ts'
import type { EnterpriseConfig } from '../policy/policy-document.ts'
import { canonicalJson } from './canonical-json.ts'
import { validityWindow } from './validity-window.ts'

export interface EnvelopeInput {
  readonly config: EnterpriseConfig
  /** The resource URL that issues it. */
  readonly manager: string
  /** Number of the published revision; absent where a file governs the policy and states none. */
  readonly serial?: number
  /** When the revision was published, in Unix seconds; 0 where a file governs the policy. */
  readonly publishedAt: number
  readonly now: number
  /** Seconds. */
  readonly ttl: number
  /** In Go's canonical form. */
  readonly refreshInterval: string
}

/** An envelope ready to be signed. The same for every viewer whose policy and window are the same. */
export interface UnsignedEnvelope {
  /** The canonical JSON of everything but the signature: what is signed, byte for byte. */
  readonly payload: string
  /** `sha256:` and the digest of the payload without this member. */
  readonly etag: string
  readonly issuedAt: number
  readonly notAfter: number
  readonly renewsAt: number
}

/** @param sha256 lower-case hex of the digest of a text's UTF-8 bytes */
export function buildEnvelope(input: EnvelopeInput, sha256: (utf8: string) => string): UnsignedEnvelope {
  const { config, serial } = input
  if (serial !== undefined && !(Number.isSafeInteger(serial) && serial >= 1)) {
    throw new TypeError(`no serial of a revision: ${serial}`)
  }
  const window = validityWindow(input.publishedAt, input.now, input.ttl)
  const members = {
    schema_version: '1',
    config,
    // Clients read it at either place; both come from the policy, so they cannot differ.
    ...(config.degraded_mode === undefined ? {} : { degraded_mode: config.degraded_mode }),
    issued_at: formatInstant(window.issuedAt),
    not_after: formatInstant(window.notAfter),
    refresh_interval: input.refreshInterval,
    ...(serial === undefined ? {} : { serial }),
    manager: input.manager,
  }
  // Without the signature, which is random: replicas that share nothing but the key agree on the tag.
  const etag = `sha256:${sha256(canonicalJson(members))}`
  return { payload: canonicalJson({ ...members, etag }), etag, ...window }
}
