import type { ServerBuild } from '@remix-run/node'

/** Loads the built pages. Kept out of the start: a manager nobody looks at never pays for them. */
export const loadConsoleBuild = (): Promise<ServerBuild> => import('./console-build.js')
