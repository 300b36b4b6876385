/** For the log. The library's messages name what went wrong and hold no token. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
