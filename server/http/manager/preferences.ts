import { limits } from '../../../domain/limits.ts'

/**
 * Seconds that a caller is willing to wait (RFC 7240), or none. More than we hold is cut; what is no whole number of
 * at least a second is no preference, and RFC 7240 has us ignore it.
 */
export function preferredWait(prefer: string | undefined): number | undefined {
  if (prefer === undefined) return undefined
  for (const preference of prefer.split(',')) {
    const [name = '', value = ''] = preference.split(';', 1)[0]?.split('=', 2) ?? []
    if (name.trim().toLowerCase() !== 'wait') continue
    const [, plain, quoted] = /^[\t ]*(?:(\d+)|"(\d+)")[\t ]*$/.exec(value) ?? []
    const seconds = Number(plain ?? quoted ?? 0)
    return seconds < limits.wait.least ? undefined : Math.min(seconds, limits.wait.most)
  }
  return undefined
}

/** What nearly every client sends: not worth reading further. */
const JSON_ALONE = 'application/json'

/** Whether Accept asks for the compact JWS form; anything else gets JSON. */
export function prefersJose(accept: string | undefined): boolean {
  if (accept === undefined || accept === JSON_ALONE || !accept.toLowerCase().includes('application/jose'))
    return false
  let jose = 0
  let json = 0
  for (const part of accept.toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';')
    const quality = qualityOf(parameters)
    if (range.trim() === 'application/jose') jose = Math.max(jose, quality)
    if (range.trim() === 'application/json') json = Math.max(json, quality)
  }
  return jose > 0 && jose >= json
}

function qualityOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const match = /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/.exec(parameter)
    if (match !== null) return Number(match[1])
  }
  return 1
}
