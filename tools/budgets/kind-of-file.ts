const code = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/
const tests = /\.(test|spec|contract)\.(ts|tsx|mjs|js)$/

/** What others wrote or a program made: its names and sizes are not ours to choose. */
export const isExempt = (file: string): boolean =>
  file.startsWith('docs/contract/') || /(^|\/)vectors\//.test(file) || file === 'package-lock.json'

export const isCode = (file: string): boolean => code.test(file)
export const isStylesheet = (file: string): boolean => file.endsWith('.css')
export const isTest = (file: string): boolean => tests.test(file)
export const isCorpus = (file: string): boolean => file.endsWith('.corpus.ts')

/** Rules of the domain hold for what ships, not for what tests it. */
export const isDomain = (file: string): boolean =>
  file.startsWith('domain/') &&
  !isTest(file) &&
  !isCorpus(file) &&
  !file.endsWith('.fixture.ts') &&
  !file.includes('/testing/')
