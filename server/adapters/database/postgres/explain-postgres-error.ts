import { DatabaseError } from 'pg'

/** Classes of SQLSTATE that tell of the server and not of the statement. */
const serverClasses = ['08', '28', '3D', '53', '55', '57', '58', 'XX']

const byCode: Readonly<Record<string, string>> = {
  '25006': 'it is a read-only replica. Name the primary server',
  '25P03': 'it ended a transaction that took too long',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses the user, or wants a connection of another kind',
  '3D000': 'it has no database of that name. Create it, or name another',
  '42501': 'the user lacks a right on the tables',
  '42P01': 'a table is missing. Restore a backup into an empty database',
  '53100': 'its disk is full',
  '53300': 'it takes no more connections',
  '55P03': 'another transaction holds a lock for too long',
  '57014': 'the statement took too long',
  '57P01': 'it is being stopped',
  '57P03': 'it is starting up',
}

const serialization = ['40001', '40P01']

/** Two transactions met; the one that is told so may begin again. */
export const isSerializationFailure = (error: unknown): boolean =>
  error instanceof DatabaseError && serialization.includes(error.code ?? '')

/** What keeps the server from being used, in a sentence for the operator; undefined for what is a bug of ours. */
export function explainPostgresError(error: unknown, place: string): string | undefined {
  if (error instanceof DatabaseError) {
    const code = error.code ?? ''
    const known = byCode[code]
    if (known !== undefined) return `Cannot use ${place}: ${known}.`
    if (isSerializationFailure(error)) return `Cannot use ${place}: too many transactions meet.`
    if (serverClasses.includes(code.slice(0, 2))) return `Cannot use ${place}: it answers with error ${code}.`
    return undefined
  }
  if (error instanceof ServerRefused) return `Cannot use ${place}: ${error.message}.`
  if (error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) return undefined
  // What is left comes from the socket, the resolver, TLS, or a time-out of the driver.
  const cause = error instanceof AggregateError ? error.errors[0] : error
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return `Cannot reach ${place}: ${typeof code === 'string' ? code : lowerFirst(error.message)}.`
}

/** The server works, but not as it must. */
export class ServerRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'ServerRefused'
  }
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`
