const KiB = 1024
const SECOND = 1
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Every size, count and span that something from outside may reach, in one place.
 * Sizes are bytes unless the name says otherwise, spans are seconds. Each has a test one over and one under.
 */
export const limits = {
  document: { bytes: 256 * KiB, depth: 16, members: 1000, stringBytes: 64 * KiB },
  settingsFile: { bytes: 512 * KiB },
  url: { characters: 2048 },
  message: { characters: 500 },
  envValue: { characters: 4096 },
  pem: { bytes: 64 * KiB },
  gracePeriod: { seconds: 8760 * HOUR },
  certificate: { expiresSoon: 30 * DAY },

  envelope: { bytes: 512 * KiB, futureTolerance: 60 * SECOND },
  envelopeTtl: { least: 10 * MINUTE, most: 30 * DAY },
  refreshInterval: { least: 10 * SECOND, most: 24 * HOUR },

  token: {
    bytes: 12 * KiB,
    clockTolerance: 60 * SECOND,
    lifetime: DAY,
    kidCharacters: 256,
    subjectCharacters: 255,
    claimItems: 1000,
    rememberedFor: 10 * MINUTE,
    rememberedAtMost: 50_000,
  },
  jwks: {
    bytes: 64 * KiB,
    keys: 100,
    staleFor: DAY,
    refreshAfter: 10 * MINUTE,
    pauseBetweenFetches: 30,
    timeout: 5,
  },
  discovery: { bytes: 64 * KiB, timeout: 5 },
  bootstrap: { bytes: 16 * KiB },

  request: {
    headerBytes: 16 * KiB,
    headerCount: 100,
    urlCharacters: 8 * KiB,
    bodyBytes: KiB,
    headersTimeout: 10 * SECOND,
    timeout: 30 * SECOND,
    /** Above the 60 seconds after which usual load balancers drop an idle connection, so that they do it first. */
    keepAliveTimeout: 65 * SECOND,
    clientVersionCharacters: 64,
    entityTags: 100,
  },
  wait: { least: 1, most: 60, waiters: 20_000 },
  drain: { seconds: 8 },
} as const
