type Headers = Readonly<Record<string, string>>

const everywhere: Headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Stops other sites from loading any of this into a page of theirs.
  'cross-origin-resource-policy': 'same-origin',
}

const policy = (rules: Readonly<Record<string, string>>): string =>
  Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/** Everything is the console's own, scripts in the page carry the nonce, and no other page may frame it. */
export const pageHeaders = (nonce: string): Headers => ({
  ...everywhere,
  'content-security-policy': policy({
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  }),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
})

/** For answers that run nothing: refusals and files. */
export const inertHeaders = (cacheControl: string): Headers => ({
  ...everywhere,
  'content-security-policy': policy({ 'default-src': "'none'", 'frame-ancestors': "'none'" }),
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': cacheControl,
})
