export interface Random {
  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item
}

/** mulberry32: small, and the same sequence for the same seed everywhere. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new TypeError('nothing to pick from')
      return item
    },
  }
}

type Mutation = (token: string, random: Random, others: readonly string[]) => string

const characters = 'ABCXYZabcxyz019-_+/=.~ \n\u0000\u00e9\ud800{}"'

const values: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e300,
  '',
  'RS256',
  'none',
  'HS256',
  'ES256',
  'JWT',
  [],
  {},
  ['toolhive:config:read'],
  '__proto__',
  2e9,
  '\u0000',
]

const members = [
  'alg',
  'typ',
  'kid',
  'crit',
  'b64',
  'jwk',
  'iss',
  'aud',
  'sub',
  'exp',
  'iat',
  'nbf',
  'scope',
  'scp',
  'groups',
  'cnf',
  'nonce',
]

const splice = (token: string, at: number, remove: number, insert: string): string =>
  token.slice(0, at) + insert + token.slice(at + remove)

const inSegment = (token: string, index: number, change: (bytes: Buffer) => Buffer | string): string => {
  const segments = token.split('.')
  const bytes = Buffer.from(segments[index] ?? '', 'base64url')
  segments[index] = Buffer.from(change(bytes) as string).toString('base64url')
  return segments.join('.')
}

const mutations: readonly Mutation[] = [
  // one character replaced, removed or inserted
  (token, random) => splice(token, random.below(token.length), 1, random.pick([...characters])),
  (token, random) => splice(token, random.below(token.length), 1, ''),
  (token, random) => splice(token, random.below(token.length + 1), 0, random.pick([...characters])),
  // one bit of the decoded bytes
  (token, random) =>
    inSegment(token, random.below(3), (bytes) => {
      const at = random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return bytes
    }),
  // a segment of another good token, or two of the same swapped
  (token, random, others) => {
    const segments = token.split('.')
    segments[random.below(3)] = random.pick(others).split('.')[random.below(3)] ?? ''
    return segments.join('.')
  },
  // a member of header or payload changed, left out or doubled
  (token, random) =>
    inSegment(token, random.below(2), (bytes) => {
      const object = JSON.parse(bytes.toString()) as Record<string, unknown>
      object[random.pick(members)] = random.pick(values)
      return JSON.stringify(object)
    }),
  (token, random) =>
    inSegment(token, random.below(2), (bytes) => {
      const object = JSON.parse(bytes.toString()) as Record<string, unknown>
      delete object[random.pick(Object.keys(object))]
      return JSON.stringify(object)
    }),
  (token, random) =>
    inSegment(
      token,
      random.below(2),
      (bytes) =>
        `{"${random.pick(members)}":${JSON.stringify(random.pick(values))},${bytes.toString().slice(1)}`,
    ),
  // cut short, or grown
  (token, random) => token.slice(0, random.below(token.length)),
  (token, random) => token + random.pick(['.', '=', '==', '\n', ' ', '.AA', 'A', token]),
  // an unsigned twin
  (token, random) =>
    inSegment(token, 0, () =>
      JSON.stringify({
        alg: random.pick(['none', 'None', 'HS256', 'RS256']),
        kid: random.pick(['rsa-1', 'ec-1']),
      }),
    ),
]

/** One of the good tokens, changed in one to three ways. */
export const mutate = (good: readonly string[], random: Random): string => {
  let token = random.pick(good)
  const times = 1 + random.below(3)
  for (let turn = 0; turn < times; turn += 1) {
    try {
      token = random.pick(mutations)(token, random, good)
    } catch {
      // An earlier turn broke the JSON that this one wanted to change.
      return token
    }
  }
  return token
}
