import type { ManagerAddresses } from './manager-addresses.ts'
import {
  type PublicDocument,
  publicDocument,
  type TaggedDocument,
  taggedDocument,
} from './public-document.ts'

export interface SignInFacts {
  readonly issuer?: string
  readonly clientId?: string
  /** Empty where no scope is required. */
  readonly requiredScope: string
}

/** The one document that an administrator hands out; from it a client finds everything else. */
export const bootstrapDocument = (
  addresses: ManagerAddresses,
  signIn: SignInFacts,
  digest: (text: string) => string,
): TaggedDocument =>
  taggedDocument(
    {
      config_endpoint: addresses.config,
      jwks_uri: addresses.jwks,
      ...(signIn.issuer === undefined ? {} : { issuer: signIn.issuer }),
      ...(signIn.clientId === undefined ? {} : { client_id: signIn.clientId }),
      ...scopesSupported(signIn),
      ...(addresses.protectedResource === undefined
        ? {}
        : { oauth_protected_resource: addresses.protectedResource }),
    },
    digest,
  )

/** RFC 9728. A member without a value is left out, as it asks. */
export const protectedResourceDocument = (addresses: ManagerAddresses, signIn: SignInFacts): PublicDocument =>
  publicDocument({
    resource: addresses.manager,
    authorization_servers: signIn.issuer === undefined ? [] : [signIn.issuer],
    bearer_methods_supported: ['header'],
    jwks_uri: addresses.jwks,
    ...scopesSupported(signIn),
  })

const scopesSupported = (signIn: SignInFacts): { scopes_supported?: string[] } =>
  signIn.requiredScope === '' ? {} : { scopes_supported: signIn.requiredScope.split(' ') }
