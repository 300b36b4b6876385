import type { Identity } from '../../../domain/identity/identity.ts'
import type { TokenRequirements } from '../../../domain/identity/token-requirements.ts'

type Members = Readonly<Record<string, unknown>>

/** An access token and an ID token as one identity provider writes them; times are the test's. */
export interface ProviderSample {
  readonly name: string
  readonly settings: Partial<TokenRequirements> & Pick<TokenRequirements, 'issuer'>
  readonly header: Members
  readonly claims: Members
  readonly identity: Omit<Identity, 'issuer'>
  readonly idToken: { readonly header: Members; readonly claims: Members }
}

export const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'

const api = '6e74172b-be56-4843-9ff4-e66a39bb12e3'
const client = 'f8c2d0d4-2f4a-4bf3-8d5e-6c3a4f0a9f11'
const groupIds = ['0760b6cf-170e-4a14-91b3-4b78e0739963', '3b2b0c93-acd8-4208-8eba-7a48db1cd4c0']

const entraSettings = { type: 'entra', requiredScope: 'config.read' } as const

const entraV1: ProviderSample = {
  name: 'Entra, version 1',
  settings: { ...entraSettings, issuer: `https://sts.windows.net/${TENANT}/`, audiences: [`api://${api}`] },
  header: { typ: 'JWT', x5t: 'i6lGk3FZzxRcUb2C3nEQ7syHJlY' },
  claims: {
    iss: `https://sts.windows.net/${TENANT}/`,
    aud: `api://${api}`,
    sub: 'l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA',
    tid: TENANT,
    appid: client,
    appidacr: '0',
    scp: 'config.read',
    groups: groupIds,
    name: 'Abe Lincoln',
    upn: 'abe@contoso.com',
    uti: 'fqiBqXLPj0eQa82S-IYFAA',
    ver: '1.0',
  },
  identity: {
    subject: 'l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA',
    name: 'Abe Lincoln',
    groups: groupIds,
    groupsKnown: true,
    roles: [],
    scopes: ['config.read'],
    clientId: client,
  },
  idToken: {
    header: { typ: 'JWT' },
    claims: {
      iss: `https://sts.windows.net/${TENANT}/`,
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      tid: TENANT,
      ver: '1.0',
    },
  },
}

const entraV2: ProviderSample = {
  name: 'Entra, version 2',
  settings: {
    ...entraSettings,
    issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    audiences: [api],
  },
  header: { typ: 'JWT' },
  claims: {
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    aud: api,
    sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
    tid: TENANT,
    azp: client,
    azpacr: '0',
    scp: 'config.read profile',
    roles: ['Reader'],
    groups: groupIds,
    name: 'Abe Lincoln',
    email: 'abe@contoso.com',
    ver: '2.0',
  },
  identity: {
    subject: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
    email: 'abe@contoso.com',
    name: 'Abe Lincoln',
    groups: groupIds,
    groupsKnown: true,
    roles: ['Reader'],
    scopes: ['config.read', 'profile'],
    clientId: client,
  },
  idToken: {
    header: { typ: 'JWT' },
    claims: {
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      tid: TENANT,
      ver: '2.0',
    },
  },
}

const oktaIssuer = 'https://example.okta.com/oauth2/aus9o8wvkhockw9TL0h7'

const okta: ProviderSample = {
  name: 'Okta',
  settings: { type: 'okta', issuer: oktaIssuer },
  header: {},
  claims: {
    ver: 1,
    jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
    iss: oktaIssuer,
    aud: 'enterprise-manager',
    cid: '0oa1b2c3',
    uid: '00u1abvz4pYqdM8ms4x6',
    scp: ['openid', 'toolhive:config:read'],
    sub: 'ada@example.com',
    groups: ['Everyone', 'Platform'],
  },
  identity: {
    subject: 'ada@example.com',
    groups: ['Everyone', 'Platform'],
    groupsKnown: true,
    roles: [],
    scopes: ['openid', 'toolhive:config:read'],
    clientId: '0oa1b2c3',
  },
  idToken: {
    header: {},
    claims: {
      ver: 1,
      iss: oktaIssuer,
      sub: '00u1abvz4pYqdM8ms4x6',
      amr: ['pwd'],
      idp: '00o1',
      auth_time: 1,
      at_hash: 'preyJ4n7cgEbtA',
    },
  },
}

const realm = 'https://sso.example.com/realms/staff'

const keycloak: ProviderSample = {
  name: 'Keycloak',
  settings: { issuer: realm, rolesClaim: 'realm_access.roles' },
  header: { typ: 'JWT' },
  claims: {
    iss: realm,
    aud: ['enterprise-manager', 'account'],
    sub: '1f2a7c0e-5d07-4ab3-9d2c-0c6b3f6ae0d1',
    typ: 'Bearer',
    azp: 'toolhive',
    sid: '6a7b',
    realm_access: { roles: ['default-roles-staff', 'reader'] },
    scope: 'openid email toolhive:config:read',
    email_verified: false,
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    groups: ['/platform', '/platform/tools'],
  },
  identity: {
    subject: '1f2a7c0e-5d07-4ab3-9d2c-0c6b3f6ae0d1',
    name: 'Ada Lovelace',
    groups: ['/platform', '/platform/tools'],
    groupsKnown: true,
    roles: ['default-roles-staff', 'reader'],
    scopes: ['openid', 'email', 'toolhive:config:read'],
    clientId: 'toolhive',
  },
  idToken: {
    header: { typ: 'JWT' },
    claims: { iss: realm, sub: '1f2a7c0e', typ: 'ID', azp: 'toolhive', sid: '6a7b' },
  },
}

const domain = 'https://example.eu.auth0.com/'

const auth0: ProviderSample = {
  name: 'Auth0',
  settings: {
    issuer: domain,
    audiences: ['https://config.example.com'],
    groupsClaim: 'https://example.com/groups',
  },
  header: { typ: 'at+jwt' },
  claims: {
    iss: domain,
    aud: ['https://config.example.com', `${domain}userinfo`],
    sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
    client_id: 'XYZ',
    scope: 'openid profile toolhive:config:read',
    'https://example.com/groups': ['tools'],
  },
  identity: {
    subject: 'auth0|5f7c8ec7c33c6c004bbafe82',
    groups: ['tools'],
    groupsKnown: true,
    roles: [],
    scopes: ['openid', 'profile', 'toolhive:config:read'],
    clientId: 'XYZ',
  },
  idToken: {
    header: { typ: 'JWT' },
    claims: { iss: domain, sub: 'auth0|5f7c8ec7c33c6c004bbafe82', nonce: 'n', sid: 's' },
  },
}

export const providerSamples = { entraV1, entraV2, okta, keycloak, auth0 }
