/** Where clients find things. Made of the configured URL alone: a Host header that is believed poisons caches. */
export interface ManagerAddresses {
  /** The manager as it names itself in envelopes. */
  readonly manager: string
  readonly bootstrap: string
  readonly config: string
  readonly jwks: string
  /** Absent where no resource URL is configured. */
  readonly protectedResource?: string
}

export const managerPaths = {
  bootstrap: '/.well-known/toolhive-configuration',
  jwks: '/.well-known/jwks.json',
  protectedResource: '/.well-known/oauth-protected-resource',
  config: '/api/v1beta/config',
  healthz: '/healthz',
  readyz: '/readyz',
} as const

/**
 * @param resourceUrl the configured public URL
 * @param fallback the loopback address of the listener, used where none is configured
 */
export function managerAddresses(resourceUrl: string | undefined, fallback: string): ManagerAddresses {
  const manager = resourceUrl ?? fallback
  return {
    manager,
    bootstrap: `${manager}${managerPaths.bootstrap}`,
    config: `${manager}${managerPaths.config}`,
    jwks: `${manager}${managerPaths.jwks}`,
    ...(resourceUrl === undefined ? {} : { protectedResource: protectedResourceUrl(resourceUrl) }),
  }
}

/** RFC 9728, 3.1: the well-known part goes between the host and the path of the resource. */
function protectedResourceUrl(resourceUrl: string): string {
  const { origin } = new URL(resourceUrl)
  return `${origin}${managerPaths.protectedResource}${resourceUrl.slice(origin.length)}`
}
