import { limits } from '../../../domain/limits.ts'
import { allowedUrl } from '../../adapters/limited-fetch/allowed-url.ts'
import type { Bootstrap } from './examine-manager.ts'
import { type Members, readDocument, textList, textMember } from './read-document.ts'
import type { Report } from './report.ts'
import type { DoctorTools } from './tools.ts'

/** What a sign-in needs to know of the identity provider. */
export interface Provider {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  /** The provider states itself in its answer (RFC 9207), so an answer without it is another's. */
  readonly statesIssuer: boolean
}

export const readProvider = async (
  bootstrap: Bootstrap,
  report: Report,
  tools: DoctorTools,
): Promise<Provider | undefined> => {
  const { issuer } = bootstrap
  if (issuer === undefined) {
    return report.fail(
      'discovery',
      'The manager names no identity provider.',
      'Set idpConfig.issuer and clientID.',
    )
  }
  const document = await readDocument(
    'discovery',
    {
      url: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      bytes: limits.discovery.bytes,
      timeout: limits.discovery.timeout,
      remedy: 'Set idpConfig.issuer to the URL that the provider’s discovery document gives as its issuer.',
    },
    report,
    tools,
  )
  if (document === undefined) return undefined
  const problem = findProblem(document.members, issuer)
  if (problem !== undefined) return report.fail('discovery', problem.found, problem.remedy)
  report.pass('discovery', issuer)
  return {
    issuer,
    authorizationEndpoint: textMember(document.members, 'authorization_endpoint') ?? '',
    tokenEndpoint: textMember(document.members, 'token_endpoint') ?? '',
    statesIssuer: document.members.authorization_response_iss_parameter_supported === true,
  }
}

interface Problem {
  readonly found: string
  readonly remedy: string
}

const findProblem = (members: Members, issuer: string): Problem | undefined => {
  // Stops one provider from speaking for another.
  if (members.issuer !== issuer) {
    const stated = textMember(members, 'issuer') ?? 'none'
    return {
      found: `The manager names the issuer ${issuer}, its discovery document names ${stated}.`,
      remedy: `Set idpConfig.issuer to ${stated}, to the letter.`,
    }
  }
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri']) {
    const url = textMember(members, name)
    if (url === undefined || !allowedUrl(url).ok) {
      return {
        found: `Its ${name} is ${url ?? 'missing'}.`,
        remedy: 'Ask whoever runs the provider for https addresses.',
      }
    }
  }
  const methods = members.code_challenge_methods_supported
  if (methods !== undefined && !textList(methods).includes('S256')) {
    return { found: 'It does not know PKCE with S256.', remedy: 'Turn PKCE on for the client.' }
  }
  return undefined
}
