import { isIP } from 'node:net'
import { formatGoDuration, parseGoDuration } from '../../domain/duration.ts'
import { isLoopbackHost } from '../../domain/loopback.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { SettingKind, SettingRefusal } from './setting.ts'

const NANOSECONDS = 1_000_000_000n

/** A kind whose file form is the same text as its environment form. */
function textual<Value>(
  describes: string,
  read: (text: string) => Result<Value, SettingRefusal>,
): SettingKind<Value> {
  return {
    describes,
    fromText: read,
    fromFile: (value) => (typeof value === 'string' ? read(value) : fail(`must be ${describes}`)),
  }
}

export const text: SettingKind<string> = textual('text', (value) =>
  value.trim() === value && value !== '' ? ok(value) : fail('must be text without blanks around it'),
)

export const path: SettingKind<string> = textual('a path', (value) =>
  value === '' || value.includes('\0') ? fail('must be a path') : ok(value),
)

/** RFC 6749, 3.3. It is written into a header, where a quote or a line feed would end what it stands in. */
const scopes = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/

/** Present but empty means "none": the documented way to switch the check off. */
export const scopeOrNone: SettingKind<string> = textual('a scope, or empty for none', (value) =>
  value === '' || scopes.test(value)
    ? ok(value)
    : fail('must be a scope such as toolhive:config:read, or empty'),
)

/** https, or http on a loopback host only: everything a client trusts starts at these addresses. */
export const publicUrl: SettingKind<string> = textual('an https URL', (value) => {
  // The parser of URLs forgives a missing slash, a backslash and a line feed; who compares issuers does not.
  if (!/^[a-z]+:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value))
    return fail('must be an absolute URL such as https://config.example.com')
  const url = new URL(value)
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return fail('must be https; http is accepted for a loopback host only')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('must be https')
  if (url.username !== '' || url.password !== '') return fail('must not carry a user name or password')
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(value))
    return fail('must have no query and no fragment')
  return ok(value)
})

/** The public address: what `publicUrl` accepts, written so that two notations cannot name the same manager. */
export const resourceUrl: SettingKind<string> = textual('an https URL without a trailing slash', (value) => {
  const read = publicUrl.fromText(value)
  if (!read.ok) return read
  if (value.endsWith('/')) return fail('must have no trailing slash')
  const url = new URL(value)
  const normal = url.pathname === '/' ? url.origin : `${url.origin}${url.pathname}`
  return normal === value ? ok(value) : fail(`must be written in its normal form: ${normal}`)
})

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

export const textList: SettingKind<readonly string[]> = {
  describes: 'one value, or a comma-separated list',
  fromText: (value) => (list(value).length > 0 ? ok(list(value)) : fail('must name at least one value')),
  fromFile(value) {
    if (typeof value === 'string') return this.fromText(value)
    if (!Array.isArray(value)) return fail('must be text or a list of texts')
    if (value.length === 0) return fail('must name at least one value')
    return value.every((item) => typeof item === 'string' && item !== '' && item.trim() === item)
      ? ok(value)
      : fail('must be a list of texts without blanks around them')
  },
}

function isCidr(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)
}

export const cidrList: SettingKind<readonly string[]> = {
  describes: 'a list of addresses or CIDR ranges such as 10.0.0.0/8',
  fromText: (value) => cidrs(list(value)),
  fromFile: (value) => {
    if (typeof value === 'string') return cidrs(list(value))
    return Array.isArray(value) ? cidrs(value) : fail('must be a list of addresses or CIDR ranges')
  },
}

function cidrs(values: readonly unknown[]): Result<readonly string[], SettingRefusal> {
  const ranges = values.filter((value): value is string => typeof value === 'string' && isCidr(value))
  const wrong = values.find((value) => typeof value !== 'string' || !isCidr(value))
  if (ranges.length === values.length) return ok(ranges)
  return fail(`${JSON.stringify(wrong)} is no address and no CIDR range`)
}

export interface SettingDuration {
  readonly seconds: number
  /** Go's canonical form, as envelopes carry it. */
  readonly canonical: string
}

/** A Go duration in whole seconds between two bounds, both in seconds. */
export const duration = (least: number, most: number): SettingKind<SettingDuration> => {
  const bounds = `between ${goForm(least)} and ${goForm(most)}`
  return textual(`a duration such as 5m or 24h, ${bounds}`, (value) => {
    const parsed = parseGoDuration(value)
    if (!parsed.ok) return fail(`must be a duration such as 30s, 5m or 24h`)
    if (parsed.value % NANOSECONDS !== 0n) return fail('must be whole seconds')
    const seconds = Number(parsed.value / NANOSECONDS)
    if (seconds < least || seconds > most) return fail(`must be ${bounds}`)
    return ok({ seconds, canonical: formatGoDuration(parsed.value) })
  })
}

const goForm = (seconds: number): string => formatGoDuration(BigInt(seconds) * NANOSECONDS)

export const positiveInteger: SettingKind<number> = {
  describes: 'a whole number from 1',
  fromText: (value) =>
    /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value))
      ? ok(Number(value))
      : fail('must be a whole number from 1'),
  fromFile: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
      ? ok(value)
      : fail('must be a whole number from 1'),
}

export const boolean: SettingKind<boolean> = {
  describes: 'true or false',
  fromText: (value) =>
    value === 'true' || value === 'false' ? ok(value === 'true') : fail('must be true or false'),
  fromFile: (value) =>
    typeof value === 'boolean' ? ok(value) : fail('must be true or false, without quotes'),
}

export const choice = <const Value extends string>(...values: readonly Value[]): SettingKind<Value> =>
  textual(`one of ${values.join(', ')}`, (given) => {
    const found = values.find((value) => value === given)
    return found === undefined ? fail(`must be one of ${values.join(', ')}`) : ok(found)
  })

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export const listenAddress: SettingKind<ListenAddress> = textual('ADDRESS:PORT', (value) => {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]*)):(\d{1,5})$/.exec(value)
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (host === undefined || host === '' || port > 65_535) {
    return fail('must be ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080')
  }
  return ok({ host, port })
})

/** A part of the file that has a schema of its own and is checked there. */
export const embedded: SettingKind<unknown> = {
  describes: 'an object',
  fromText: () => fail('cannot be given in the environment: use the file form'),
  fromFile: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? ok(value)
      : fail('must be an object'),
}
