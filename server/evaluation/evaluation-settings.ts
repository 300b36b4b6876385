import { join } from 'node:path'
import type { SettingName, Settings } from '../config/settings.ts'

/** What the evaluation installation sets where nobody said otherwise. Everything it needs is made by itself. */
export function evaluationSettings(chosen: {
  readonly port: number
  readonly dataDir: string
  readonly resourceUrl: string | undefined
  readonly fileGoverned: boolean
}): Partial<Record<SettingName, string>> {
  const resourceUrl = chosen.resourceUrl ?? `http://localhost:${chosen.port}`
  return {
    resourceURL: resourceUrl,
    clientID: 'toolhive',
    'idpConfig.issuer': `${resourceUrl}/idp`,
    'idpConfig.audience': 'enterprise-manager',
    'signingConfig.keyFile': join(chosen.dataDir, 'evaluation-signing.pem'),
    ...(chosen.fileGoverned ? {} : { enterpriseConfigFile: join(chosen.dataDir, 'evaluation-policy.json') }),
  }
}

/** Values that only let a first look at the settings pass, before the real ones can be made of it. */
export const placeholderSettings: Partial<Record<SettingName, string>> = {
  resourceURL: 'http://localhost',
  'idpConfig.issuer': 'http://localhost/idp',
  'idpConfig.audience': 'enterprise-manager',
}

export const isFileGoverned = (settings: Settings): boolean =>
  settings.enterpriseConfig !== undefined || settings.enterpriseConfigFile !== undefined
