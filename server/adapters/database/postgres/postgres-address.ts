import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import type { OpenProblem } from '../open-problem.ts'

export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  /** Absent: PostgreSQL's own ways, such as a password file, are left to find one. */
  readonly password?: string
  readonly database: string
  readonly ssl: false | ConnectionOptions
  /** For people; without anything secret. */
  readonly place: string
}

const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const
type SslMode = (typeof modes)[number]
const options = ['sslmode', 'sslrootcert', 'host']

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

/** Reads `postgres://user:password@host:port/database?sslmode=…`. */
export function readPostgresAddress(text: string): Result<PostgresAddress, OpenProblem> {
  if (!URL.canParse(text))
    return refuse('Write the database address as postgres://user:password@host:5432/database.')
  const url = new URL(text)
  const database = decode(url.pathname.slice(1))
  const user = decode(url.username)
  if (database === undefined || user === undefined)
    return refuse('The database address has a broken % escape.')
  if (database === '' || database.includes('/'))
    return refuse('Name the database after the host: postgres://host/database.')
  if (user === '') return refuse('Name the user before the host: postgres://user@host/database.')
  const unknown = [...url.searchParams.keys()].find((name) => !options.includes(name))
  if (unknown !== undefined)
    return refuse(`The database address has an unknown option ${unknown}. Allowed are ${options.join(', ')}.`)

  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '')
  const password = decode(url.password)
  const port = url.port === '' ? 5432 : Number(url.port)
  const ssl = readSsl(url.searchParams, host)
  if (!ssl.ok) return ssl
  return ok({
    host: host === '' ? 'localhost' : host,
    port,
    user,
    ...(password === undefined || password === '' ? {} : { password }),
    database,
    ssl: ssl.value,
    place: `the PostgreSQL database ${database} at ${host === '' ? 'localhost' : host}:${port}`,
  })
}

/** Modes that fall back to plain text, or encrypt for whoever answers, protect from nobody: they are not offered. */
function readSsl(parameters: URLSearchParams, host: string): Result<false | ConnectionOptions, OpenProblem> {
  const isLocal = host === '' || host.startsWith('/') || loopback.test(host)
  const mode = parameters.get('sslmode') ?? (isLocal ? 'disable' : 'verify-full')
  if (!isMode(mode)) return refuse(`sslmode is ${mode}. Allowed are ${modes.join(', ')}.`)
  if (mode === 'disable') return ok(false)
  const rootFile = parameters.get('sslrootcert')
  const authorities = rootFile === null ? ok({}) : readAuthorities(rootFile)
  if (!authorities.ok) return authorities
  // Without the name of the server anybody with a certificate of the authority could stand in for it, so only a
  // private authority, named on purpose, is enough.
  if (mode === 'verify-ca' && rootFile === null) return refuse('sslmode=verify-ca needs sslrootcert.')
  const anyName = mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}
  return ok({ rejectUnauthorized: true, minVersion: 'TLSv1.2', ...authorities.value, ...anyName })
}

function readAuthorities(file: string): Result<{ readonly ca: string }, OpenProblem> {
  try {
    return ok({ ca: readFileSync(file, 'utf8') })
  } catch {
    return refuse(`The file ${file}, named by sslrootcert, cannot be read.`)
  }
}

const isMode = (text: string): text is SslMode => modes.some((mode) => mode === text)

const refuse = (message: string) => fail<OpenProblem>({ code: 'address', message })

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
