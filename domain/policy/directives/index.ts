import { assistant } from './assistant.ts'
import { buildEnv } from './build-env.ts'
import { caCertificate } from './ca-certificate.ts'
import { degradedMode } from './degraded-mode.ts'
import { gateway } from './gateway.ts'
import { helpMenu } from './help-menu.ts'
import { nonRegistryServers } from './non-registry-servers.ts'
import { playground } from './playground.ts'
import { registry } from './registry.ts'
import { telemetry } from './telemetry.ts'

/** In the order in which people see them. */
export const directives = [
  registry,
  nonRegistryServers,
  telemetry,
  caCertificate,
  buildEnv,
  playground,
  helpMenu,
  assistant,
  gateway,
  degradedMode,
] as const
