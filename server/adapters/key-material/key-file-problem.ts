export type KeyFileProblemCode =
  | 'missing'
  | 'unreadable'
  | 'not_a_file'
  | 'exposed'
  | 'too_large'
  | 'empty'
  | 'no_key'
  | 'encrypted'
  | 'public_key'
  | 'certificate'
  | 'wrong_type'
  | 'wrong_curve'
  | 'corrupt'
  | 'duplicate'

/** Why a key file is refused. The message ends with what to do, and never holds anything of the file's content. */
export interface KeyFileProblem {
  readonly code: KeyFileProblemCode
  readonly message: string
}

export function keyFileProblem(code: KeyFileProblemCode, file: string, detail = ''): KeyFileProblem {
  return { code, message: `${what(code, file, detail)} ${remedy(code, shellWord(file))}` }
}

function what(code: KeyFileProblemCode, file: string, detail: string): string {
  switch (code) {
    case 'missing':
      return `There is no signing key at ${file}.`
    case 'unreadable':
      return `The signing key ${file} cannot be read${detail}.`
    case 'not_a_file':
      return `${file} is not a file.`
    case 'exposed':
      return `The signing key ${file} is open to other accounts of this machine${detail}.`
    case 'too_large':
      return `${file} is too large to be a signing key${detail}.`
    case 'empty':
      return `The signing key ${file} is empty.`
    case 'no_key':
      return `${file} holds no private key in PEM form.`
    case 'encrypted':
      return `The signing key ${file} is locked with a passphrase, which nobody is there to type.`
    case 'public_key':
      return `${file} starts with a public key. Its first block must be the private key that signs.`
    case 'certificate':
      return `${file} holds a certificate, not only keys.`
    case 'wrong_type':
      return `${file} holds ${detail}. Envelopes are signed with EC keys on the curve P-256.`
    case 'wrong_curve':
      return `${file} holds an EC key on ${detail}. Envelopes are signed with keys on the curve P-256.`
    case 'corrupt':
      return `The signing key ${file} is damaged: ${detail}.`
    case 'duplicate':
      return `${file} holds the same key twice.`
  }
}

function remedy(code: KeyFileProblemCode, file: string): string {
  switch (code) {
    case 'missing':
    case 'empty':
      return `Make one: ${makeKey(file)}`
    case 'no_key':
    case 'too_large':
    case 'wrong_type':
    case 'wrong_curve':
      // What is there may be somebody's only copy of something else.
      return `Make one beside it and name that: ${makeKey('new-signing.pem')}`
    case 'corrupt':
      return 'Restore it from your backup of it. A new key is a rotation: publish it to your clients before it signs.'
    case 'unreadable':
      return `Give it to the account that runs the server: chown SERVER_ACCOUNT ${file} && chmod 600 ${file}`
    case 'exposed':
      return `Close it: chmod 600 ${file} (where Kubernetes mounts it from a Secret: set defaultMode: 0440 there)`
    case 'not_a_file':
      return 'Name the PEM file itself in signingConfig.keyFile.'
    case 'encrypted':
      return `Unlock a copy: openssl pkcs8 -topk8 -nocrypt -in ${file} -out unlocked.pem && chmod 600 unlocked.pem`
    case 'public_key':
      return 'Put the block that begins with PRIVATE KEY or EC PRIVATE KEY first.'
    case 'certificate':
      return `Keep the key alone: openssl pkey -in ${file} -out key-alone.pem && chmod 600 key-alone.pem`
    case 'duplicate':
      return 'Leave each key in the file once.'
  }
}

const makeKey = (file: string): string =>
  `openssl ecparam -name prime256v1 -genkey -noout -out ${file} && chmod 600 ${file}`

/** The path as one word of a shell, so that the command can be pasted whatever the path holds. */
const shellWord = (path: string): string =>
  /^[\w./:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
