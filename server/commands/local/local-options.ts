import { type ParsedArguments, textOption } from '../command-spec.ts'

/** What every command on the local database is given. */
export function localArguments(given: ParsedArguments): { readonly config?: string; readonly json: boolean } {
  const config = textOption(given, 'config')
  return { ...(config === undefined ? {} : { config }), json: given.options.json === true }
}

export const serialOption = (text: string | undefined): number | undefined | 'invalid' => {
  if (text === undefined) return undefined
  const serial = /^\d{1,15}$/.test(text) ? Number(text) : 0
  return serial >= 1 ? serial : 'invalid'
}
