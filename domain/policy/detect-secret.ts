export type SecretKind =
  | 'an AWS access key'
  | 'a GitHub token'
  | 'a GitLab token'
  | 'a Google key'
  | 'a Slack token'
  | 'an npm token'
  | 'a payment or model provider key'
  | 'a private key'
  | 'a JSON Web Token'
  | 'a password inside a URL'
  | 'a secret'

// Each pattern is bounded, so that a hostile value costs linear time.
const patterns: readonly (readonly [SecretKind, RegExp])[] = [
  ['an AWS access key', /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12,}/],
  ['a GitHub token', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})/],
  ['a GitLab token', /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{16,}/],
  [
    'a Google key',
    /AIza[0-9A-Za-z_-]{30,}|ya29\.[0-9A-Za-z_-]{16,}|GOCSPX-[0-9A-Za-z_-]{16,}|"private_key_id"/,
  ],
  [
    'a Slack token',
    /(?<![A-Za-z0-9])xox[abeoprs]-[0-9A-Za-z-]{10,}|hooks\.slack\.com\/services\/[A-Za-z0-9]/,
  ],
  ['an npm token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}/],
  [
    'a payment or model provider key',
    /(?<![A-Za-z0-9])(?:[sr]k_live_[0-9A-Za-z]{16,}|sk-[A-Za-z0-9_-]{20,})/,
  ],
  ['a private key', /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/],
  ['a JSON Web Token', /eyJ[A-Za-z0-9_-]{8,512}\.eyJ[A-Za-z0-9_-]{8}/],
  ['a password inside a URL', /:\/\/[^/\s:@]{0,256}:[^/\s@]{1,256}@/],
]

const secretName = /(?:^|_|-)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|KEY|CREDENTIALS?)(?:$|_|-)/i
const LEAST_CHARACTERS = 12
const LEAST_BITS_PER_CHARACTER = 3

/** Says what secret a text seems to hold. `name` is what the value is called, where it has a name. */
export function detectSecret(text: string, name?: string): SecretKind | undefined {
  for (const [kind, pattern] of patterns) {
    if (pattern.test(text)) return kind
  }
  return name !== undefined && secretName.test(name) && looksRandom(text) ? 'a secret' : undefined
}

function looksRandom(text: string): boolean {
  if (text.length < LEAST_CHARACTERS || /\s/.test(text)) return false
  const pathOrUrl = /^(?:\.{0,2}\/|[a-z]{2,10}:\/\/)/.test(text)
  return !pathOrUrl && bitsPerCharacter(text) >= LEAST_BITS_PER_CHARACTER
}

/** Shannon entropy: words repeat their letters, keys do not. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
