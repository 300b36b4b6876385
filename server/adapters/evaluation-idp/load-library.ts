import type { Logger } from '../../ports/logger.ts'

/**
 * The library remarks on the runtime through the console while it loads. The program's output is one JSON line per
 * event, so its remarks become events; whatever else is said meanwhile goes through unchanged.
 */
export const loadLibrary = async (logger: Logger): Promise<typeof import('oidc-provider')> => {
  const spoken = globalThis.console
  const { info, warn } = spoken
  const listen =
    (through: (...words: unknown[]) => void) =>
    (...words: unknown[]): void => {
      const remark = words[0]
      if (typeof remark === 'string' && remark.includes('oidc-provider ')) {
        logger.debug('evaluation_idp_remark', { remark })
      } else {
        through.apply(spoken, words)
      }
    }
  spoken.info = listen(info)
  spoken.warn = listen(warn)
  try {
    return await import('oidc-provider')
  } finally {
    spoken.info = info
    spoken.warn = warn
  }
}
