import { readJson } from '../json/read-json.ts'
import { checkPolicyDocument, type PolicyDocumentReading } from '../policy/check-policy-document.ts'
import type { ReadCertificate } from '../policy/policy-context.ts'
import type { Revision } from './revision.ts'

/**
 * The policy of a stored revision, checked as on the day it was published: a certificate that has expired since does
 * not make history unreadable. Its hash is checked where it is loaded.
 */
export function readRevision(
  revision: Pick<Revision, 'text' | 'publishedAt'>,
  readCertificate: ReadCertificate,
): PolicyDocumentReading {
  const reading = readJson(revision.text)
  if (!('value' in reading) || reading.problems.length > 0) {
    return { ok: false, problems: reading.problems.map((problem) => ({ ...problem, severity: 'error' })) }
  }
  return checkPolicyDocument(reading.value, { now: revision.publishedAt, readCertificate })
}
