import { isMultiTenantIssuer } from '../../domain/identity/is-multi-tenant-issuer.ts'
import { isLoopbackHost } from '../../domain/loopback.ts'
import type { SettingProblem } from './load-settings.ts'
import type { Settings } from './settings.ts'

type Rule = (settings: Settings, evaluation: boolean) => SettingProblem | undefined

/** Values that are good one by one and wrong together. */
export const findContradictions = (settings: Settings, evaluation: boolean): readonly SettingProblem[] =>
  rules.map((rule) => rule(settings, evaluation)).filter((problem) => problem !== undefined)

const rules: readonly Rule[] = [
  (settings) =>
    settings.enterpriseConfig !== undefined && settings.enterpriseConfigFile !== undefined
      ? problem(
          'enterpriseConfigFile',
          'enterpriseConfig and enterpriseConfigFile are both given. Keep one of them.',
        )
      : undefined,

  (settings) =>
    !isFileGoverned(settings) && settings['database.url'].kind === 'none'
      ? problem(
          'enterpriseConfigFile',
          'No policy is given. Set enterpriseConfigFile, write it as enterpriseConfig, or keep it in a database with database.url.',
        )
      : undefined,

  (settings) =>
    settings.serial !== undefined && !isFileGoverned(settings)
      ? problem(
          'serial',
          'serial numbers a policy that a file governs. The database counts its revisions by itself: leave serial out.',
          String(settings.serial),
        )
      : undefined,

  (settings) => {
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

  (settings) => {
    const issuer = settings['idpConfig.issuer']
    return issuer !== undefined && settings['idpConfig.audience'] === undefined
      ? problem(
          'idpConfig.audience',
          'idpConfig.audience is needed with idpConfig.issuer: name the audience of this manager.',
        )
      : undefined
  },

  (settings) =>
    settings['idpConfig.audience'] !== undefined && settings['idpConfig.issuer'] === undefined
      ? problem(
          'idpConfig.issuer',
          'idpConfig.issuer is needed with idpConfig.audience: name who issues the tokens.',
        )
      : undefined,

  (settings) => {
    const issuer = settings['idpConfig.issuer']
    return issuer !== undefined && isMultiTenantIssuer(issuer)
      ? problem(
          'idpConfig.issuer',
          'idpConfig.issuer admits every tenant of the provider. Put your tenant id in place of common, organizations or consumers.',
          issuer,
        )
      : undefined
  },

  (settings) =>
    settings.resourceURL === undefined && !isLoopbackAddress(settings['server.listen'].host)
      ? problem(
          'resourceURL',
          'resourceURL is needed when server.listen is not a loopback address: clients must be told a URL that they can reach.',
        )
      : undefined,

  (settings, evaluation) =>
    evaluation &&
    settings.resourceURL !== undefined &&
    !isLoopbackHost(new URL(settings.resourceURL).hostname)
      ? problem(
          'resourceURL',
          'The evaluation installation signs anybody in and serves loopback addresses only. Leave resourceURL out, or leave --evaluation out.',
          settings.resourceURL,
        )
      : undefined,

  (settings) => {
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
]

const isFileGoverned = ({ enterpriseConfig, enterpriseConfigFile }: Settings): boolean =>
  enterpriseConfig !== undefined || enterpriseConfigFile !== undefined

/** A listener writes the address of IPv6 without the brackets that a URL puts around it. */
const isLoopbackAddress = (host: string): boolean => host === '::1' || isLoopbackHost(host)

const problem = (path: string, message: string, found?: string): SettingProblem =>
  found === undefined ? { path, message } : { path, message, found }
