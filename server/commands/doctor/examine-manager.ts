import { limits } from '../../../domain/limits.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import { readJwks } from '../../../domain/signing-keys/read-jwks.ts'
import { allowedUrl } from '../../adapters/limited-fetch/allowed-url.ts'
import type { FetchedDocument } from '../../ports/limited-fetch.ts'
import { type Members, readDocument, textList, textMember } from './read-document.ts'
import type { Report } from './report.ts'
import type { DoctorTools } from './tools.ts'

const wellKnown = '/.well-known/toolhive-configuration'

/** What the bootstrap document tells a client. */
export interface Bootstrap {
  /** The URL that was handed out: the manager's own name. */
  readonly manager: string
  readonly configEndpoint: string
  readonly jwksUri: string
  readonly issuer?: string
  readonly clientId?: string
  readonly scopes: readonly string[]
  readonly resourceMetadata?: string
  readonly answer: FetchedDocument
}

/** The manager's URL, whether the base or the whole bootstrap URL was given. */
export const managerUrl = (given: string): string => {
  const bare = given.endsWith(wellKnown) ? given.slice(0, -wellKnown.length) : given
  return bare.replace(/\/+$/, '')
}

export const readBootstrap = async (
  manager: string,
  report: Report,
  tools: DoctorTools,
): Promise<Bootstrap | undefined> => {
  const url = `${manager}${wellKnown}`
  const remedy = 'Check that this is the URL of the manager, with the path under which it is published.'
  const document = await readDocument(
    'bootstrap',
    { url, bytes: limits.bootstrap.bytes, timeout: limits.discovery.timeout, remedy },
    report,
    tools,
  )
  if (document === undefined) return undefined
  const { members, answer } = document
  const configEndpoint = textMember(members, 'config_endpoint')
  const jwksUri = textMember(members, 'jwks_uri')
  if (configEndpoint === undefined || jwksUri === undefined) {
    const missing = configEndpoint === undefined ? 'config_endpoint' : 'jwks_uri'
    return report.fail('bootstrap', `${url} names no ${missing}.`, remedy)
  }
  report.pass('bootstrap', url)
  return { manager, configEndpoint, jwksUri, answer, ...identityOf(members) }
}

const identityOf = (members: Members) => {
  const issuer = textMember(members, 'issuer')
  const clientId = textMember(members, 'client_id')
  const resourceMetadata = textMember(members, 'oauth_protected_resource')
  return {
    scopes: textList(members.scopes_supported),
    ...(issuer === undefined ? {} : { issuer }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(resourceMetadata === undefined ? {} : { resourceMetadata }),
  }
}

/** A client sends its token to these addresses: each must be safe, and those of the manager its own. */
export const checkAddresses = (bootstrap: Bootstrap, report: Report): boolean => {
  const origin = URL.parse(bootstrap.manager)?.origin
  const own = [
    bootstrap.configEndpoint,
    bootstrap.jwksUri,
    bootstrap.resourceMetadata ?? bootstrap.configEndpoint,
  ]
  const unsafe = [...own, bootstrap.issuer ?? bootstrap.configEndpoint].find((url) => !allowedUrl(url).ok)
  if (unsafe !== undefined) {
    report.fail(
      'addresses',
      `${unsafe} is neither https nor on this machine.`,
      'Set resourceURL and issuer to https URLs.',
    )
    return false
  }
  const foreign = own.find((url) => URL.parse(url)?.origin !== origin)
  if (foreign === undefined) {
    report.pass('addresses', `all under ${origin}`)
  } else {
    report.warn(
      'addresses',
      `${foreign} has another origin than ${bootstrap.manager}.`,
      `Hand out the URL that the manager is set to, or set resourceURL to ${bootstrap.manager}.`,
    )
  }
  return true
}

/** A client refuses an envelope from the future or the past, so both clocks must agree. */
export const checkClock = (bootstrap: Bootstrap, report: Report, tools: DoctorTools): void => {
  const stated = Date.parse(bootstrap.answer.header('date') ?? '')
  if (Number.isNaN(stated)) {
    report.skip('clock', 'The manager states no time.')
    return
  }
  const ahead = tools.now() - Math.floor(stated / 1000)
  const difference = `${Math.abs(ahead)} ${Math.abs(ahead) === 1 ? 'second' : 'seconds'}`
  if (Math.abs(ahead) <= limits.envelope.futureTolerance) {
    report.pass('clock', ahead === 0 ? 'equal to the manager’s' : `${difference} from the manager’s`)
    return
  }
  report.fail(
    'clock',
    `This machine is ${difference} ${ahead > 0 ? 'ahead of' : 'behind'} the manager.`,
    'Set the clock of both machines by a time server. Tokens and envelopes are refused otherwise.',
  )
}

export const readKeys = async (
  bootstrap: Bootstrap,
  report: Report,
  tools: DoctorTools,
): Promise<readonly PublicSigningJwk[] | undefined> => {
  const url = bootstrap.jwksUri
  const document = await readDocument(
    'keys',
    {
      url,
      bytes: limits.jwks.bytes,
      timeout: limits.jwks.timeout,
      remedy:
        'Give the manager a signing key: `hivewarden keys generate --out signing.pem`, then set signingConfig.keyFile.',
    },
    report,
    tools,
  )
  if (document === undefined) return undefined
  const keys = readJwks(document.members)
  if (!keys.ok) {
    return report.fail(
      'keys',
      describeKeys(keys.problem, url),
      'Check that the address is that of a manager.',
    )
  }
  if (keys.value.length === 0) {
    return report.fail(
      'keys',
      `${url} lists no key that can verify an envelope.`,
      'Give the manager a signing key.',
    )
  }
  report.pass('keys', keys.value.map((key) => key.kid).join(', '))
  return keys.value
}

const describeKeys = (problem: 'not_a_jwks' | 'private_member' | 'duplicate_kid', url: string): string => {
  switch (problem) {
    case 'not_a_jwks':
      return `${url} is no key set.`
    case 'private_member':
      return `${url} publishes a private key. Whoever reads it can sign a policy.`
    case 'duplicate_kid':
      return `${url} lists two keys under one name.`
  }
}

/** RFC 9728: the document must name the very resource that it was found under. Gives that name. */
export const checkResource = async (
  bootstrap: Bootstrap,
  report: Report,
  tools: DoctorTools,
): Promise<string | undefined> => {
  if (bootstrap.resourceMetadata === undefined) {
    report.warn('resource', 'The manager names none.', 'Set resourceURL.')
    return undefined
  }
  const document = await readDocument(
    'resource',
    {
      url: bootstrap.resourceMetadata,
      bytes: limits.bootstrap.bytes,
      timeout: limits.discovery.timeout,
      remedy: 'Set resourceURL to the URL that you hand out.',
    },
    report,
    tools,
  )
  if (document === undefined) return undefined
  const resource = textMember(document.members, 'resource')
  const servers = textList(document.members.authorization_servers)
  if (resource !== bootstrap.manager) {
    const found = `The manager calls itself ${resource ?? 'nothing'}, but was reached as ${bootstrap.manager}.`
    report.fail('resource', found, 'Hand out the URL that resourceURL says, to the letter.')
  } else if (bootstrap.issuer !== undefined && !servers.includes(bootstrap.issuer)) {
    const found = `The metadata does not name ${bootstrap.issuer}, which the bootstrap document names.`
    report.fail('resource', found, 'Check that no cache in between serves an old document.')
  } else {
    report.pass('resource', resource)
  }
  return resource
}
