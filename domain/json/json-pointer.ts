/** RFC 6901. */
export const jsonPointer = (path: readonly (string | number)[]): string =>
  path.map((segment) => `/${escapeSegment(String(segment))}`).join('')

const escapeSegment = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')
