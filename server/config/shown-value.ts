/** The value of a setting as a person would write it into the file; null where there is none. */
export function shownValue(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if ('canonical' in value) return value.canonical
  if ('port' in value && 'host' in value) return `${value.host}:${value.port}`
  return value
}
