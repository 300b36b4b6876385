import { X509Certificate } from 'node:crypto'
import type { ReadCertificate } from '../../../domain/policy/policy-context.ts'

/** Reads a certificate with the parser of the TLS library itself. */
export const readCertificate: ReadCertificate = (pemBlock) => {
  const certificate = parse(pemBlock)
  if (certificate === undefined) return undefined
  return {
    subject: certificate.subject.split('\n').join(', '),
    ca: certificate.ca,
    notBefore: unixSeconds(certificate.validFrom),
    notAfter: unixSeconds(certificate.validTo),
  }
}

function parse(pemBlock: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pemBlock)
  } catch {
    return undefined
  }
}

/** Certificates carry whole seconds; a date that no calendar has would be a bug of the TLS library. */
function unixSeconds(date: string): number {
  const milliseconds = Date.parse(date)
  if (Number.isNaN(milliseconds)) throw new TypeError(`no certificate date: ${date}`)
  return milliseconds / 1000
}
