import { randomUUID } from 'node:crypto'
import { isLoopbackAddress, isLoopbackHost } from '../domain/loopback.ts'
import type { ManagerState } from '../domain/manager-state.ts'
import type { ManagerOptions } from './compose.ts'
import type { Settings } from './config/settings.ts'
import { clientDirectory } from './http/console/client-directory.ts'
import { createConsoleHandler } from './http/console/create-console-handler.ts'
import { loadConsoleBuild } from './http/console/load-console-build.ts'
import type { Door } from './http/dispatch.ts'

interface Doors {
  readonly console: Door | undefined
  readonly identityProvider: Door | undefined
}

interface DoorParts {
  readonly describeManager: () => ManagerState
  readonly resourceUrl: string
}

/** What stands beside the client endpoints. Neither is loaded before it is needed. */
export async function composeDoors(
  settings: Settings,
  options: ManagerOptions,
  parts: DoorParts,
): Promise<Doors> {
  return {
    console: isConsoleServed(settings, options) ? consoleDoor(settings, options, parts) : undefined,
    identityProvider: options.evaluation ? await evaluationDoor(settings, options, parts) : undefined,
  }
}

/**
 * The console shows the policy to whoever reaches it, since this version has no sign-in. So it stands on an address
 * that clients of other machines reach only where an operator gave it a listener of its own.
 */
function isConsoleServed(settings: Settings, { evaluation, logger }: ManagerOptions): boolean {
  if (!settings['console.enabled']) return false
  const own = settings['server.consoleListen'] !== undefined
  const served = own || evaluation || isForThisMachineAlone(settings)
  if (!served) {
    logger.info('console_not_served', {
      message: 'The console is not served where other machines reach it. Give it server.consoleListen.',
    })
  }
  return served
}

/** A proxy on this machine may carry a loopback listener into the world; then the public URL says so. */
const isForThisMachineAlone = (settings: Settings): boolean =>
  isLoopbackAddress(settings['server.listen'].host) &&
  (settings.resourceURL === undefined || isLoopbackHost(new URL(settings.resourceURL).hostname))

/** A listener on every address is reached under the name of this machine, at least from this machine. */
const reachableHost = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host

function consoleDoor(settings: Settings, { logger }: ManagerOptions, parts: DoorParts): Door {
  const own = settings['server.consoleListen']
  const publicOrigin =
    own === undefined ? new URL(parts.resourceUrl).origin : `http://${reachableHost(own.host)}:${own.port}`
  const handle = createConsoleHandler({
    managerState: parts.describeManager,
    requestId: randomUUID,
    publicOrigin,
    logger,
    loadBuild: loadConsoleBuild,
    clientDirectory: clientDirectory(),
  })
  return { name: 'console', opensFor: (path) => !isMachinePath(path), handle }
}

/** Programs get a problem they can decode, not a page. */
const isMachinePath = (path: string): boolean => path.startsWith('/api/') || path.startsWith('/.well-known/')

async function evaluationDoor(
  settings: Settings,
  { clock, logger }: ManagerOptions,
  { resourceUrl }: DoorParts,
): Promise<Door | undefined> {
  const issuer = settings['idpConfig.issuer']
  if (issuer === undefined || !issuer.startsWith(`${resourceUrl}/`)) return undefined
  const { createEvaluationProvider } = await import('./adapters/evaluation-idp/create-evaluation-provider.ts')
  const provider = await createEvaluationProvider(
    {
      issuer,
      resourceUrl,
      audience: settings['idpConfig.audience']?.[0] ?? '',
      scope: settings['idpConfig.requiredScope'],
      clientId: settings.clientID ?? '',
      dataDir: settings.dataDir,
    },
    { clock, logger },
  )
  return {
    name: 'evaluation_provider',
    opensFor: (path) => provider.owns(path),
    handle: (request, response) => provider.handle(request, response),
  }
}
