import type { Context, ErrorAnswer, errors as Errors } from 'oidc-provider'
import type { ProviderKeys } from './load-provider-keys.ts'
import type { MemoryStore } from './memory-store.ts'
import { isolationHeaders } from './page-headers.ts'
import { renderRefusal } from './refusal-page.ts'
import { findSamplePerson } from './sample-people.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface ProviderSubject {
  /** The resource indicator under which tokens for the manager are asked for: its own URL. */
  readonly resource: string
  readonly audience: string
  /** Empty where the manager asks for none. */
  readonly scope: string
  readonly clientId: string
  /** Path of the issuer URL, without a trailing slash. */
  readonly mountPath: string
}

export const providerConfiguration = (
  subject: ProviderSubject,
  keys: ProviderKeys,
  store: MemoryStore,
  errors: typeof Errors,
): Record<string, unknown> => ({
  adapter: store.adapterFor,
  jwks: { keys: [keys.signingKey] },
  clients: [publicClient(subject.clientId)],
  cookies: cookies(keys.cookieKey, subject.mountPath),
  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access', ...words(subject.scope)],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  responseTypes: ['code'],
  clientAuthMethods: ['none'],
  conformIdTokenClaims: false,
  findAccount,
  extraTokenClaims: (_context: Context, token: { accountId?: string }) => accessTokenClaims(token.accountId),
  interactions: {
    url: (_context: Context, interaction: { uid: string }) =>
      `${subject.mountPath}/interaction/${interaction.uid}`,
  },
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
  clientBasedCORS: () => false,
  ttl: {
    AccessToken: HOUR,
    AuthorizationCode: MINUTE,
    Grant: 14 * DAY,
    IdToken: HOUR,
    Interaction: 15 * MINUTE,
    RefreshToken: 14 * DAY,
    Session: HOUR,
  },
  features: features(subject, errors),
  renderError,
})

const publicClient = (clientId: string) => ({
  client_id: clientId,
  client_name: 'ToolHive client',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback', 'http://[::1]/callback'],
})

const cookies = (key: string, path: string) => ({
  keys: [key],
  names: {
    session: 'hivewarden_evaluation_session',
    interaction: 'hivewarden_evaluation_interaction',
    resume: 'hivewarden_evaluation_resume',
  },
  // The path keeps these cookies from every other program on this machine that is not under the same path: a
  // browser does not tell the ports of one host apart.
  long: { path, httpOnly: true, sameSite: 'lax', signed: true },
  short: { httpOnly: true, sameSite: 'lax', signed: true },
})

const features = (subject: ProviderSubject, errors: typeof Errors) => ({
  devInteractions: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  // A sender-constrained token would be refused by the manager.
  dPoP: { enabled: false },
  revocation: {
    enabled: true,
    allowedPolicy: (_context: Context, client: { clientId: string }, token: { clientId: string }) =>
      client.clientId === token.clientId,
  },
  resourceIndicators: {
    enabled: true,
    // A client that names no resource gets a token for the manager, as most identity providers are set up.
    defaultResource: () => subject.resource,
    useGrantedResource: () => true,
    getResourceServerInfo: (_context: Context, resource: string) => {
      if (resource !== subject.resource && resource !== `${subject.resource}/`)
        throw new errors.InvalidTarget()
      return {
        scope: subject.scope,
        audience: subject.audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: HOUR,
        jwt: { sign: { alg: 'RS256' } },
      }
    },
  },
})

const words = (scope: string): string[] => scope.split(' ').filter((word) => word !== '')

const findAccount = async (_context: Context, subject: string) => {
  const person = findSamplePerson(subject)
  if (person === undefined) return undefined
  return {
    accountId: person.subject,
    claims: async () => ({
      sub: person.subject,
      name: person.name,
      email: person.email,
      email_verified: true,
      groups: person.groups,
    }),
  }
}

const accessTokenClaims = (subject: string | undefined) => {
  const person = findSamplePerson(subject ?? '')
  if (person === undefined) return undefined
  return { name: person.name, email: person.email, email_verified: true, groups: person.groups }
}

const renderError = async (context: Context, answer: ErrorAnswer): Promise<void> => {
  const page = renderRefusal(answer)
  context.set({ ...isolationHeaders, 'Content-Security-Policy': page.contentSecurityPolicy })
  context.type = 'html'
  context.body = page.html
}
