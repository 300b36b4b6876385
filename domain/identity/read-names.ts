import { limits } from '../limits.ts'
import { type Claims, claimAt, cleanText } from './claims.ts'

export interface NamesRead {
  readonly names: readonly string[]
  /** False when the token does not say which, or says it in a form that we cannot read. */
  readonly known: boolean
}

const nothing: NamesRead = { names: [], known: true }
const unknown: NamesRead = { names: [], known: false }

/** Entra's overage: too many groups for a token, so it points to a URL instead. We never fetch a URL from a token. */
const leftOut = (claims: Claims, claim: string): boolean => {
  const elsewhere = claims._claim_names
  if (typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim)) return true
  return claim === 'groups' && (claims.hasgroups === true || claims.hasgroups === 'true')
}

/** Group or role names from the claim of that name: an array of strings, or one string for one name. */
export const readNames = (claims: Claims, claim: string): NamesRead => {
  const value = claimAt(claims, claim)
  if (value === undefined || value === null) return leftOut(claims, claim) ? unknown : nothing
  if (value === '') return nothing
  const items: unknown[] = Array.isArray(value) ? value : [value]
  if (items.length > limits.token.claimItems) return unknown
  const names = items.map((item) => cleanText(item, limits.token.bytes)).filter((name) => name !== undefined)
  // One unreadable name could be the one that decides, so half a list counts as none.
  return names.length === items.length ? { names, known: true } : unknown
}
