import type { IncomingHttpHeaders } from 'node:http'
import { type ClientType, clientTypes, isClientType, isClientVersion } from '../../../domain/client-type.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { headerText } from '../header-text.ts'

export interface ClientReport {
  readonly clientType: ClientType
  readonly clientVersion: string
  /** Stable id of this installation. */
  readonly instance?: string
  /** Serial of the envelope that the client has applied, not only fetched. */
  readonly appliedSerial?: number
  /** The state in which the client was until this request. */
  readonly state?: ClientState
}

const clientStates = ['online', 'grace', 'degraded'] as const
export type ClientState = (typeof clientStates)[number]

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const serialNumber = /^(0|[1-9]\d{0,14})$/

type Reading = Result<ClientReport, string>

/** Versions that are kept for each client type. Releases are few; whoever makes up versions only has them read again. */
const MOST_VERSIONS = 500

/** What was read of good types and versions before: ten thousand clients run a handful of releases. */
const programs = new Map<string, Map<string, Reading>>(clientTypes.map((type) => [type, new Map()]))

/**
 * What a client says of itself. The problem is a sentence that names the header and what it may hold. A repeated header
 * arrives joined by commas, so it fails its check by itself.
 */
export function readClientHeaders(headers: IncomingHttpHeaders): Reading {
  const program = recallProgram(headers) ?? readProgram(headers)
  if (!program.ok) return program
  const instance = headerText(headers['x-client-instance'])
  const serial = headerText(headers['x-applied-serial'])
  const state = headerText(headers['x-client-state'])
  if (instance === undefined && serial === undefined && state === undefined) return program

  if (instance !== undefined && !uuid.test(instance)) return fail('X-Client-Instance must be a UUID.')
  if (serial !== undefined && !serialNumber.test(serial)) {
    return fail('X-Applied-Serial must be a whole number from 0.')
  }
  const knownState = clientStates.find((known) => known === state)
  if (state !== undefined && knownState === undefined) {
    return fail(`X-Client-State must be one of ${clientStates.join(', ')}.`)
  }
  return ok({
    ...program.value,
    ...(instance === undefined ? {} : { instance: instance.toLowerCase() }),
    ...(serial === undefined ? {} : { appliedSerial: Number(serial) }),
    ...(knownState === undefined ? {} : { state: knownState }),
  })
}

function recallProgram(headers: IncomingHttpHeaders): Reading | undefined {
  const type = headers['x-client-type']
  const version = headers['x-client-version']
  return typeof type === 'string' && typeof version === 'string'
    ? programs.get(type)?.get(version)
    : undefined
}

function readProgram(headers: IncomingHttpHeaders): Reading {
  const type = headerText(headers['x-client-type'])
  const version = headerText(headers['x-client-version'])
  if (type === undefined)
    return fail(`The header X-Client-Type is missing. It is one of ${clientTypes.join(', ')}.`)
  if (!isClientType(type)) return fail(`X-Client-Type must be one of ${clientTypes.join(', ')}.`)
  if (version === undefined)
    return fail('The header X-Client-Version is missing. It is a version such as 1.2.3.')
  if (!isClientVersion(version)) return fail('X-Client-Version must be a semantic version such as 1.2.3.')

  const program = ok({ clientType: type, clientVersion: version })
  const versions = programs.get(type)
  if (versions !== undefined && versions.size >= MOST_VERSIONS) versions.clear()
  versions?.set(version, program)
  return program
}
