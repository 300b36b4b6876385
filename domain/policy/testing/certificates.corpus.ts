import { certificate, corpusPem, corpusTime, day, type Row, structure } from './corpus-document.ts'

const pem = corpusPem({})
export const certificates: readonly Row[] = [
  [
    '50 a certificate and a URL',
    certificate({ pem, url: 'https://pki.example.com/ca.pem' }),
    '/ca_certificate/value exactly_one',
    certificate({ pem }),
    structure,
  ],
  [
    '51 neither certificate nor URL',
    certificate({}),
    '/ca_certificate/value exactly_one',
    certificate({ url: 'https://pki.example.com/ca.pem' }),
    structure,
  ],
  [
    '52 a private key',
    certificate({ pem: '-----BEGIN PRIVATE KEY-----\nMIG2\n-----END PRIVATE KEY-----\n' }),
    '/ca_certificate/value/pem pem_private',
    certificate({ pem }),
  ],
  [
    '53 a certificate that does not parse',
    certificate({ pem: '-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n' }),
    '/ca_certificate/value/pem pem_parse',
    certificate({ pem }),
  ],
  [
    '54 a certificate that is no CA',
    certificate({ pem: corpusPem({ ca: false }) }),
    '/ca_certificate/value/pem not_ca',
    certificate({ pem }),
  ],
  [
    '55 an expired certificate',
    certificate({ pem: corpusPem({ notAfter: corpusTime - 1 }) }),
    '/ca_certificate/value/pem expired',
    certificate({ pem }),
  ],
  [
    '55 a certificate that expires in 30 days',
    certificate({ pem: corpusPem({ notAfter: corpusTime + 30 * day }) }),
    '/ca_certificate/value/pem expires_soon (warning)',
    certificate({ pem: corpusPem({ notAfter: corpusTime + 30 * day + 1 }) }),
  ],
  [
    '56 certificates of 65 KiB',
    certificate({ pem: `${' '.repeat(65 * 1024)}${pem}` }),
    '/ca_certificate/value/pem max_length',
    certificate({ pem: `${' '.repeat(60 * 1024)}${pem}` }),
  ],
  [
    '57 of two certificates, one that is no CA',
    certificate({ pem: pem + corpusPem({ ca: false }) }),
    '/ca_certificate/value/pem not_ca',
    certificate({ pem: pem + pem }),
  ],
  [
    '58 a certificate in a file',
    certificate({ url: 'file:///etc/passwd' }),
    '/ca_certificate/value/url url_scheme',
    certificate({ url: 'https://pki.example.com/ca.pem' }),
  ],
  [
    '58 a certificate over http',
    certificate({ url: 'http://pki.example.com/ca.pem' }),
    '/ca_certificate/value/url insecure_url',
    certificate({ url: 'https://pki.example.com/ca.pem' }),
  ],
]
