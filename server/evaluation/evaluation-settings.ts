import { join } from 'node:path'
import type { SettingName } from '../config/settings.ts'

/** What the evaluation installation sets where nobody said otherwise. Everything it needs is made by itself. */
export function evaluationSettings(chosen: {
  readonly port: number
  readonly dataDir: string
  readonly resourceUrl: string | undefined
}): Partial<Record<SettingName, string>> {
  const resourceUrl = chosen.resourceUrl ?? `http://localhost:${chosen.port}`
  return {
    resourceURL: resourceUrl,
    clientID: 'toolhive',
    'idpConfig.issuer': `${resourceUrl}/idp`,
    'idpConfig.audience': 'enterprise-manager',
    // Also where a file governs the policy: the signing key is kept in it.
    'database.url': `sqlite:${join(chosen.dataDir, 'hivewarden.db')}`,
  }
}

/** Values that only let a first look at the settings pass, before the real ones can be made of it. */
export const placeholderSettings: Partial<Record<SettingName, string>> = {
  resourceURL: 'http://localhost',
  'idpConfig.issuer': 'http://localhost/idp',
  'idpConfig.audience': 'enterprise-manager',
}
