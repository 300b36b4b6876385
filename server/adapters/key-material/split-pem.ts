export interface PemBlock {
  /** What stands after BEGIN, such as `EC PRIVATE KEY`. */
  readonly label: string
  readonly text: string
  readonly encrypted: boolean
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*(?:-(?!----END )[^-]*)*-----END \1-----/g

/**
 * The blocks of a PEM file in their order (RFC 7468). Text around them is allowed, as openssl writes some. The
 * `EC PARAMETERS` block that `openssl ecparam` puts before a key repeats what the key says itself, and is left out.
 */
export const splitPem = (text: string): readonly PemBlock[] =>
  Array.from(text.matchAll(block), ([whole, label = '']) => ({
    label,
    text: whole,
    encrypted: label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(whole),
  })).filter(({ label }) => label !== 'EC PARAMETERS')
