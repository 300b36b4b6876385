import { isJsonObject } from '../json/json-value.ts'
import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import { decodeBase64Url, encodeText } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import type { EnvelopeRefusal } from './envelope-refusal.ts'
import { readStrictJson } from './read-strict-json.ts'

export type Members = Readonly<Record<string, unknown>>

/** A signed envelope taken apart. Nothing in it may be believed before the signature holds. */
export interface SignedParts {
  /** The decoded protected header. */
  readonly header: string
  readonly signingInput: string
  readonly signature: Uint8Array
  readonly members: Members
}

type FormRefusal = Extract<EnvelopeRefusal, { step: 'form' }>

/** The policy stands one level below the envelope; one more for what a later version may add. */
const MAX_DEPTH = limits.document.depth + 2

/** Takes either form apart: JSON with a detached signature, or a compact JWS. */
export const readSignedForm = (text: string): Result<SignedParts, FormRefusal> =>
  /^\s*[{[]/.test(text) ? readJsonForm(text) : readJoseForm(text)

function readJsonForm(text: string): Result<SignedParts, FormRefusal> {
  const envelope = readMembers(text)
  if (!envelope.ok) return envelope
  const { signature: detached, ...members } = envelope.value
  if (typeof detached !== 'string') return refuse('not_an_envelope')
  const segments = detached.split('.')
  if (segments.length !== 3 || segments[1] !== '') return refuse('not_compact')
  // What is verified is the canonical form of what will be used: the signature vouches for no other reading.
  return assemble(segments[0] ?? '', encodeText(canonicalJson(members)), segments[2] ?? '', members)
}

function readJoseForm(text: string): Result<SignedParts, FormRefusal> {
  // Four segments at most: a text full of points must not become half a million strings.
  const segments = text.split('.', 4)
  if (segments.length !== 3) return refuse('not_compact')
  const [header = '', payload = '', signature = ''] = segments
  const json = decodeUtf8(payload)
  if (!json.ok) return json
  const members = readMembers(json.value)
  return members.ok ? assemble(header, payload, signature, members.value) : members
}

function assemble(
  headerSegment: string,
  payloadSegment: string,
  signatureSegment: string,
  members: Members,
): Result<SignedParts, FormRefusal> {
  const header = decodeUtf8(headerSegment)
  if (!header.ok) return header
  const signature = decodeBase64Url(signatureSegment)
  if (signature === undefined) return refuse('not_base64url')
  return ok({ header: header.value, signingInput: `${headerSegment}.${payloadSegment}`, signature, members })
}

function readMembers(json: string): Result<Members, FormRefusal> {
  const read = readStrictJson(json, MAX_DEPTH)
  if (!read.ok) return refuse(read.problem)
  return isJsonObject(read.value) ? ok(read.value) : refuse('not_an_envelope')
}

function decodeUtf8(segment: string): Result<string, FormRefusal> {
  const bytes = decodeBase64Url(segment)
  if (bytes === undefined) return refuse('not_base64url')
  try {
    // ignoreBOM keeps a byte order mark in the text, where it is no JSON: it must not vanish unsigned.
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return refuse('not_utf8')
  }
}

const refuse = (reason: FormRefusal['reason']) => fail<FormRefusal>({ step: 'form', reason })
