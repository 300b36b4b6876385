/** On every answer of the provider. The referrer stays within the origin, or the sign-in form would arrive with a null origin. */
export const isolationHeaders = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const
