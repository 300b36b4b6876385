import { isMultiTenantIssuer } from '../../domain/identity/is-multi-tenant-issuer.ts'
import { isLoopbackAddress, isLoopbackHost } from '../../domain/loopback.ts'
import { isFileGoverned } from './is-file-governed.ts'
import type { SettingProblem } from './load-settings.ts'
import type { SettingName, Settings } from './settings.ts'

interface Rule {
  /** The settings that it compares. Where one of them could not be read there is nothing to compare. */
  readonly concerns: readonly SettingName[]
  find(settings: Settings, evaluation: boolean): SettingProblem | undefined
}

/** Values that are good one by one and wrong together. `unread` are those that were refused by themselves. */
export const findContradictions = (
  settings: Settings,
  evaluation: boolean,
  unread: ReadonlySet<string> = new Set(),
): readonly SettingProblem[] =>
  rules
    .filter(({ concerns }) => !concerns.some((name) => unread.has(name)))
    .map((rule) => rule.find(settings, evaluation))
    .filter((problem) => problem !== undefined)

const rules: readonly Rule[] = [
  {
    concerns: ['enterpriseConfig', 'enterpriseConfigFile'],
    find: (settings) =>
      settings.enterpriseConfig !== undefined && settings.enterpriseConfigFile !== undefined
        ? problem(
            'enterpriseConfigFile',
            'enterpriseConfig and enterpriseConfigFile are both given. Keep one of them.',
          )
        : undefined,
  },
  {
    concerns: ['enterpriseConfig', 'enterpriseConfigFile', 'database.url'],
    find: (settings) =>
      !isFileGoverned(settings) && settings['database.url'].kind === 'none'
        ? problem(
            'enterpriseConfigFile',
            'No policy is given. Set enterpriseConfigFile, write it as enterpriseConfig, or keep it in a database with database.url.',
          )
        : undefined,
  },
  {
    concerns: ['serial', 'enterpriseConfig', 'enterpriseConfigFile'],
    find: (settings) =>
      settings.serial !== undefined && !isFileGoverned(settings)
        ? problem(
            'serial',
            'serial numbers a policy that a file governs. The database counts its revisions by itself: leave serial out.',
            String(settings.serial),
          )
        : undefined,
  },
  {
    concerns: ['signingConfig.envelopeTTL', 'signingConfig.refreshInterval'],
    find: (settings) => {
      const ttl = settings['signingConfig.envelopeTTL']
      const refresh = settings['signingConfig.refreshInterval']
      return refresh.seconds * 4 > ttl.seconds
        ? problem(
            'signingConfig.refreshInterval',
            `signingConfig.refreshInterval may be at most a quarter of signingConfig.envelopeTTL (${ttl.canonical}).`,
            refresh.canonical,
          )
        : undefined
    },
  },
  {
    concerns: ['idpConfig.issuer', 'idpConfig.audience'],
    find: (settings) => {
      const issuer = settings['idpConfig.issuer']
      return issuer !== undefined && settings['idpConfig.audience'] === undefined
        ? problem(
            'idpConfig.audience',
            'idpConfig.audience is needed with idpConfig.issuer: name the audience of this manager.',
          )
        : undefined
    },
  },
  {
    concerns: ['idpConfig.issuer', 'idpConfig.audience'],
    find: (settings) =>
      settings['idpConfig.audience'] !== undefined && settings['idpConfig.issuer'] === undefined
        ? problem(
            'idpConfig.issuer',
            'idpConfig.issuer is needed with idpConfig.audience: name who issues the tokens.',
          )
        : undefined,
  },
  {
    concerns: ['idpConfig.issuer'],
    find: (settings) => {
      const issuer = settings['idpConfig.issuer']
      return issuer !== undefined && isMultiTenantIssuer(issuer)
        ? problem(
            'idpConfig.issuer',
            'idpConfig.issuer admits every tenant of the provider. Put your tenant id in place of common, organizations or consumers.',
            issuer,
          )
        : undefined
    },
  },
  {
    concerns: ['resourceURL', 'server.listen'],
    find: (settings) =>
      settings.resourceURL === undefined && !isLoopbackAddress(settings['server.listen'].host)
        ? problem(
            'resourceURL',
            'resourceURL is needed when server.listen is not a loopback address: clients must be told a URL that they can reach.',
          )
        : undefined,
  },
  {
    concerns: ['resourceURL'],
    find: (settings, evaluation) =>
      evaluation &&
      settings.resourceURL !== undefined &&
      !isLoopbackHost(new URL(settings.resourceURL).hostname)
        ? problem(
            'resourceURL',
            'The evaluation installation signs anybody in and serves loopback addresses only. Leave resourceURL out, or leave --evaluation out.',
            settings.resourceURL,
          )
        : undefined,
  },
  {
    concerns: ['server.listen'],
    find: (settings, evaluation) =>
      evaluation && settings['server.listen'].port === 0
        ? problem(
            'server.listen',
            'The evaluation installation tells its address before it listens. Choose a port, such as 127.0.0.1:8080.',
          )
        : undefined,
  },
  {
    concerns: ['server.listen', 'server.consoleListen', 'server.metricsListen'],
    find: (settings) => {
      const taken = new Set<string>()
      const names = ['server.listen', 'server.consoleListen', 'server.metricsListen'] as const
      for (const name of names) {
        const address = settings[name]
        if (address === undefined || address.port === 0) continue
        const key = `${address.host}:${address.port}`
        if (taken.has(key))
          return problem(
            name,
            `${name} repeats the address of another listener. Give it a port of its own.`,
            key,
          )
        taken.add(key)
      }
      return undefined
    },
  },
]

const problem = (path: string, message: string, found?: string): SettingProblem =>
  found === undefined ? { path, message } : { path, message, found }
