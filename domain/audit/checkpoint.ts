import { decodeBase64Url, encodeText } from '../envelope/base64url.ts'
import { canonicalJson } from '../envelope/canonical-json.ts'
import type { VerifySignature } from '../envelope/verify-envelope.ts'
import type { PublicSigningJwk } from '../signing-keys/public-signing-jwk.ts'

/** A signed statement that the log once ran up to this event, so that what is older may be removed. */
export interface AuditCheckpoint {
  readonly sequence: number
  readonly hash: string
  /** Unix seconds. */
  readonly at: number
  /** Thumbprint of the signing key. */
  readonly kid: string
  /** ES256, 64 bytes, base64url. */
  readonly signature: string
}

export interface CheckpointTrust {
  /** Every signing key that the installation ever had: a checkpoint outlives the key that signed it. */
  readonly keys: readonly PublicSigningJwk[]
  readonly verifySignature: VerifySignature
}

/** Not the type of an envelope: neither signature can be passed off as the other. */
const CHECKPOINT_TYPE = 'hivewarden-audit-checkpoint+jws'

export function signCheckpoint(
  head: Pick<AuditCheckpoint, 'sequence' | 'hash'>,
  at: number,
  signer: { readonly kid: string; sign(signingInput: string): string },
): AuditCheckpoint {
  const statement = { sequence: head.sequence, hash: head.hash, at, kid: signer.kid }
  return { ...statement, signature: signer.sign(signingInput(statement)) }
}

export async function verifyCheckpoint(
  checkpoint: AuditCheckpoint,
  trust: CheckpointTrust,
): Promise<boolean> {
  const key = trust.keys.find(({ kid }) => kid === checkpoint.kid)
  if (key === undefined) return false
  try {
    const signature = decodeBase64Url(checkpoint.signature)
    return signature !== undefined && (await trust.verifySignature(key, signingInput(checkpoint), signature))
  } catch {
    // It comes from a log that somebody may have written: its members can be of any type.
    return false
  }
}

function signingInput({ sequence, hash, at, kid }: Omit<AuditCheckpoint, 'signature'>): string {
  const header = canonicalJson({ alg: 'ES256', kid, typ: CHECKPOINT_TYPE })
  return `${encodeText(header)}.${encodeText(canonicalJson({ sequence, hash, at }))}`
}
