import type { Exchange } from '../exchange.ts'
import { managerPaths } from './manager-addresses.ts'

export interface ManagerRoute {
  /** The name under which it is counted. */
  readonly name: string
  /** Whether pages of other origins may read it. */
  readonly shared: boolean
  handle(exchange: Exchange): void
}

export type ManagerRoutes = ReadonlyMap<string, ManagerRoute>

export type ManagerHandlers = Readonly<Record<keyof typeof managerPaths, (exchange: Exchange) => void>>

const shared: ReadonlySet<string> = new Set(['bootstrap', 'jwks', 'protectedResource'])

/**
 * The exact paths that clients use. A resource URL with a path has each of them under that path too, for a proxy that
 * passes it on, and the metadata in the place that RFC 9728 gives it.
 */
export function managerRoutes(handlers: ManagerHandlers, resourceUrl: string | undefined): ManagerRoutes {
  const routes = new Map<string, ManagerRoute>()
  const prefix = resourceUrl === undefined ? '' : resourceUrl.slice(new URL(resourceUrl).origin.length)
  for (const [name, path] of Object.entries(managerPaths)) {
    const handle = handlers[name as keyof typeof managerPaths]
    const route: ManagerRoute = { name, shared: shared.has(name), handle }
    routes.set(path, route)
    if (prefix !== '') routes.set(`${prefix}${path}`, route)
    if (prefix !== '' && name === 'protectedResource') routes.set(`${path}${prefix}`, route)
  }
  return routes
}
