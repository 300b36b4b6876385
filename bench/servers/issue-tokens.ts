import { sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { FakeProvider } from '../../server/adapters/identity-provider/testing/fake-provider.ts'

const signAside = promisify(sign)

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Half a day: what was issued first must still be good in the last round. */
const LIFETIME = 43_200

/**
 * RS256 access tokens for as many different people, as an identity provider would write them. Signed beside the event
 * loop, on every core: thousands are needed.
 */
export async function issueTokens(
  provider: FakeProvider,
  audience: string,
  firstPerson: number,
  count: number,
): Promise<readonly string[]> {
  const key = provider.keys.find(({ kind }) => kind === 'rsa')
  if (key === undefined) throw new TypeError('The provider has no RSA key.')
  const issuedAt = Math.floor(Date.now() / 1000)
  const header = encode({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })
  const issue = async (person: number): Promise<string> => {
    const payload = encode({
      iss: provider.issuer,
      aud: audience,
      sub: `00u${String(person).padStart(17, '0')}`,
      client_id: 'toolhive',
      scope: 'openid profile email toolhive:config:read',
      email: `person.${person}@example.com`,
      name: `Person ${person}`,
      groups: ['everyone', `department-${person % 40}`, `site-${person % 7}`],
      iat: issuedAt,
      exp: issuedAt + LIFETIME,
      jti: `AT.${person}`,
    })
    const input = `${header}.${payload}`
    const signature = await signAside('sha256', Buffer.from(input), key.privateKey)
    return `${input}.${signature.toString('base64url')}`
  }
  return Promise.all(Array.from({ length: count }, (_none, index) => issue(firstPerson + index)))
}
