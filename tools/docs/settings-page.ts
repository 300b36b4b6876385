import type { SettingSpec } from '../../server/config/setting.ts'
import { type SettingName, settings } from '../../server/config/settings.ts'
import { shownValue } from '../../server/config/shown-value.ts'

const table: Readonly<Record<string, SettingSpec<unknown>>> = settings

/** docs/settings.md, from the table of settings. */
export const settingsPage = (): string =>
  [
    '# Settings',
    '',
    '<!-- Written by tools/generate-docs.ts from server/config/settings.ts. Change it there. -->',
    '',
    'Every setting can stand in a settings file (YAML or JSON, given with `--config FILE` or `HIVEWARDEN_CONFIG`) or in the',
    'environment; the environment wins. A dot in a name is a level of the file: `idpConfig.issuer` is `issuer` under',
    '`idpConfig`. What is wrong is refused at start, all of it at once, with exit status 78. `hivewarden check` prints each',
    'value with where it came from.',
    '',
    '| Setting | Environment | Value | Default |',
    '|---|---|---|---|',
    ...(Object.keys(settings) as SettingName[]).map(row),
    '',
    '## What each one does',
    '',
    ...(Object.keys(settings) as SettingName[]).flatMap((name) => [`- \`${name}\`: ${table[name]?.doc}`]),
    '',
    '## A complete file',
    '',
    '```yaml',
    'resourceURL: https://config.example.com',
    'clientID: 0oa1b2c3',
    'idpConfig:',
    '  issuer: https://idp.example.com',
    '  audience: enterprise-manager',
    'signingConfig:',
    '  keyFile: /etc/hivewarden/signing.pem',
    'enterpriseConfigFile: /etc/hivewarden/enterprise-config.json',
    'serial: 1',
    'server:',
    '  listen: 0.0.0.0:8080',
    '  consoleListen: 127.0.0.1:8081',
    '  metricsListen: 127.0.0.1:9090',
    'database:',
    '  url: none',
    '```',
    '',
  ].join('\n')

function row(name: SettingName): string {
  const spec = table[name]
  const env = spec?.env === undefined ? '' : `\`${spec.env}\``
  const value = (spec?.kind.describes ?? '').replaceAll('|', '\\|')
  const fallback = spec?.default === undefined ? '' : `\`${wordOf(shownValue(spec.default))}\``
  return `| \`${name}\` | ${env} | ${value} | ${fallback === '``' ? 'empty' : fallback} |`
}

const wordOf = (value: unknown): string =>
  Array.isArray(value) ? (value.length === 0 ? 'none' : value.join(', ')) : String(value)
