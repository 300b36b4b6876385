const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A JSON object that the provider sent; undefined for anything else, such as the page of a captive portal. */
export const parseDocument = (body: Uint8Array): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(utf8.decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
