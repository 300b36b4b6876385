import { readdirSync, readFileSync } from 'node:fs'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { inertHeaders } from './security-headers.ts'

interface StaticFile {
  readonly content: Buffer
  readonly headers: OutgoingHttpHeaders
  compressed?: Promise<Buffer>
}

/** The files of the browser by their exact address. An address that is not in it has no file, whatever it spells. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

interface FileType {
  readonly mediaType: string
  readonly compressible: boolean
}

const types: Readonly<Record<string, FileType>> = {
  '.css': { mediaType: 'text/css; charset=utf-8', compressible: true },
  '.js': { mediaType: 'text/javascript; charset=utf-8', compressible: true },
  '.svg': { mediaType: 'image/svg+xml', compressible: true },
  '.png': { mediaType: 'image/png', compressible: false },
  '.txt': { mediaType: 'text/plain; charset=utf-8', compressible: true },
  '.woff2': { mediaType: 'font/woff2', compressible: false },
}

const forEver = 'public, max-age=31536000, immutable'
const forAnHour = 'public, max-age=3600'

const compress = promisify(gzip)

/** Reads the whole folder, so that a later build or a swapped link changes nothing under a running manager. */
export const readStaticFiles = (folder: string): StaticFiles => {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const address = file.slice(join(folder, sep).length - 1).replaceAll(sep, '/')
    // Names under assets/ carry a digest of their content.
    const cacheControl = address.startsWith('/assets/') ? forEver : forAnHour
    files.set(address, {
      content: readFileSync(file),
      headers: {
        ...inertHeaders(cacheControl),
        'content-type': type.mediaType,
        ...(type.compressible && { vary: 'accept-encoding' }),
      },
    })
  }
  return files
}

const takesGzip = (acceptEncoding: string | undefined): boolean =>
  /(?:^|[\s,])gzip\s*(?:,|$|;\s*q=(?:0\.\d*[1-9]|1))/i.test(acceptEncoding ?? '')

export const sendStaticFile = async (
  file: StaticFile,
  acceptEncoding: string | undefined,
  response: ServerResponse,
): Promise<void> => {
  const zipped = file.headers.vary !== undefined && takesGzip(acceptEncoding)
  if (zipped) file.compressed ??= compress(file.content, { level: 9 })
  const content = (zipped && (await file.compressed)) || file.content
  response.writeHead(200, {
    ...file.headers,
    ...(zipped && { 'content-encoding': 'gzip' }),
    'content-length': content.length,
  })
  response.end(response.req.method === 'HEAD' ? undefined : content)
}
