import { createRequestHandler, type RequestHandler, type ServerBuild } from '@remix-run/node'
import { readStaticFiles, type StaticFiles } from './static-files.ts'

export interface Pages {
  readonly handle: RequestHandler
  readonly files: StaticFiles
}

interface PageSources {
  readonly loadBuild: () => Promise<ServerBuild>
  readonly clientDirectory: string
}

export const loadPages = async ({ loadBuild, clientDirectory }: PageSources): Promise<Pages> => ({
  handle: createRequestHandler(await loadBuild(), 'production'),
  files: readStaticFiles(clientDirectory),
})
