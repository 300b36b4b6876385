/** What the domain cannot know by itself. */
export interface PolicyContext {
  /** Unix seconds. */
  readonly now: number
  readonly readCertificate: ReadCertificate
}

/** Reads one PEM block; `undefined` when it is no certificate. */
export type ReadCertificate = (pemBlock: string) => CertificateFacts | undefined

export interface CertificateFacts {
  readonly subject: string
  readonly ca: boolean
  /** Unix seconds. */
  readonly notBefore: number
  /** Unix seconds. */
  readonly notAfter: number
}
