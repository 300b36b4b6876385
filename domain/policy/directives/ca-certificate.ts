import { z } from 'zod'
import { limits } from '../../limits.ts'
import { pemBlocks } from '../pem-blocks.ts'
import type { CertificateFacts, PolicyContext } from '../policy-context.ts'
import type { PolicyProblemCode } from '../problem.ts'
import { escapeUnsafeCharacters } from '../unsafe-characters.ts'
import { defineDirective, type Report } from './directive.ts'
import { hostOf } from './host-of.ts'
import { reportUrl } from './report-url.ts'
import { onlyOneMember, urlText } from './structure.ts'

/** More would let a hostile text keep the parser of certificates busy. */
const MOST_CERTIFICATES = 100

export const caCertificate = defineDirective({
  key: 'ca_certificate',
  title: 'CA certificate',
  group: 'Containers',
  summary: 'A certificate authority that containers trust.',
  enforceable: true,
  schema: onlyOneMember(
    z.strictObject({
      pem: z.string().exactOptional().meta({
        description: 'One or more PEM certificates that parse, are CAs and have not expired; no private key.',
      }),
      url: urlText().exactOptional().meta({ description: 'Where clients fetch the PEM at start; https.' }),
    }),
    ['pem', 'url'],
  ),
  initial: { pem: '' },
  example: { url: 'https://pki.example.com/ca.pem' },
  fields: [
    {
      kind: 'one-of',
      path: [],
      label: 'Certificate',
      alternatives: [
        {
          label: 'Certificate text',
          fields: [
            {
              kind: 'pem',
              path: ['pem'],
              label: 'PEM certificates',
              hint: 'One or more, never a private key.',
              placeholder: '-----BEGIN CERTIFICATE-----',
              required: true,
            },
          ],
        },
        {
          label: 'Address',
          fields: [
            {
              kind: 'url',
              path: ['url'],
              label: 'Certificate URL',
              hint: 'Every client fetches it at start, so every client must reach it.',
              placeholder: 'https://pki.example.com/ca.pem',
              required: true,
            },
          ],
        },
      ],
    },
  ],
  notGoverned: 'Containers trust the certificate authorities of their image, and what a person adds.',
  effect(value, enforcement) {
    const source =
      value.url === undefined ? certificateCount(value.pem ?? '') : `the certificate at ${hostOf(value.url)}`
    return enforcement === 'enforced'
      ? `Containers that clients build trust ${source}; people cannot change this.`
      : `Containers that clients build trust ${source}, unless a person sets another certificate.`
  },
  risk({ before, after }) {
    if (after === undefined) {
      return before === undefined
        ? undefined
        : 'Containers may no longer reach services behind this certificate authority.'
    }
    const same = before?.value.pem === after.value.pem && before?.value.url === after.value.url
    return same
      ? undefined
      : 'Whoever holds the key of this certificate authority can read the encrypted traffic of containers.'
  },
  examine(value, context, report) {
    const url = reportUrl(value.url, ['url'], report)
    // Stops a certificate authority that somebody replaces on the way.
    if (url?.scheme === 'http') {
      report.error(
        ['url'],
        'insecure_url',
        'Use https: whoever is on the way can replace this certificate.',
        value.url,
      )
    }
    if (value.pem !== undefined) examinePem(value.pem, context, report)
  },
})

function examinePem(pem: string, context: PolicyContext, report: Report): void {
  const blocks = pemBlocks(pem) ?? []
  const refusal = refuseText(pem, blocks.length)
  if (refusal !== undefined) {
    report.error(['pem'], ...refusal)
    return
  }
  blocks.forEach((block, index) => {
    const facts = block.label === 'CERTIFICATE' ? context.readCertificate(block.text) : undefined
    if (facts !== undefined) {
      examineCertificate(facts, index, context.now, report)
      return
    }
    report.error(
      ['pem'],
      'pem_parse',
      `Replace block ${index + 1}: it is no certificate that can be read.`,
      block.text,
    )
  })
}

/** What is wrong with the text before any certificate in it is read. */
function refuseText(
  pem: string,
  count: number,
): readonly [code: PolicyProblemCode, message: string, found?: string] | undefined {
  if (pem.length > limits.pem.bytes) {
    return ['max_length', `Shorten the certificates to at most ${limits.pem.bytes / 1024} KiB.`]
  }
  if (pem.includes('PRIVATE KEY')) {
    return [
      'pem_private',
      'Remove the private key at once and replace it wherever it is used: every client could read it.',
    ]
  }
  if (count === 0) {
    return [
      'pem_parse',
      'Write whole blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
      pem,
    ]
  }
  return count > MOST_CERTIFICATES
    ? ['max_items', `Keep at most ${MOST_CERTIFICATES} certificates.`]
    : undefined
}

function examineCertificate(facts: CertificateFacts, index: number, now: number, report: Report): void {
  const path = ['pem']
  const subject = escapeUnsafeCharacters(facts.subject.slice(0, 200))
  const name = `certificate ${index + 1} (${subject})`
  if (!facts.ca) {
    report.error(
      path,
      'not_ca',
      `Replace ${name} by the certificate of its authority: it is no CA.`,
      facts.subject,
    )
  }
  if (facts.notAfter < now) {
    report.error(path, 'expired', `Replace ${name}: it has expired.`, facts.subject)
  } else if (facts.notAfter - now <= limits.certificate.expiresSoon) {
    const days = Math.floor((facts.notAfter - now) / 86_400)
    const left = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`
    report.warning(path, 'expires_soon', `Replace ${name} soon: it expires ${left}.`, facts.subject)
  }
  if (facts.notBefore > now) {
    report.warning(
      path,
      'not_yet_valid',
      `Wait before you publish ${name}: it is not valid yet.`,
      facts.subject,
    )
  }
}

function certificateCount(pem: string): string {
  const count = pemBlocks(pem)?.length ?? 0
  return count === 1 ? 'the certificate in this policy' : `the ${count} certificates in this policy`
}
