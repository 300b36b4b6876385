import { basename, dirname, join } from 'node:path'

/** The folder with the built files for the browser, seen from the bundle (build/, build/chunks/) or from a checkout. */
export const clientDirectory = (file: string = import.meta.filename): string => {
  const folder = dirname(file)
  if (file.endsWith('.ts')) return join(folder, '../../../build/client')
  return basename(folder) === 'chunks' ? join(dirname(folder), 'client') : join(folder, 'client')
}
