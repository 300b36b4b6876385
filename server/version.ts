declare const __HIVEWARDEN_VERSION__: string | undefined

/** The build writes it in; a checkout that is run as it is has none. */
export const version: string =
  typeof __HIVEWARDEN_VERSION__ === 'string' ? __HIVEWARDEN_VERSION__ : '0.0.0-checkout'
