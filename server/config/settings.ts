import { limits } from '../../domain/limits.ts'
import { databaseLocation } from './database-location.ts'
import type { DefaultedSetting, SettingSpec } from './setting.ts'
import {
  boolean,
  choice,
  cidrList,
  duration,
  embedded,
  type ListenAddress,
  listenAddress,
  path,
  positiveInteger,
  publicUrl,
  resourceUrl,
  type SettingDuration,
  scopeOrNone,
  text,
  textList,
} from './setting-kinds.ts'

/** Names a table of settings while it keeps what is optional and what has a default apart in the types. */
const settingTable = <Table extends Record<string, SettingSpec<unknown>>>(table: Table): Table => table

const seconds = (value: number, canonical: string): SettingDuration => ({ seconds: value, canonical })
const listen: ListenAddress = { host: '127.0.0.1', port: 8080 }

/**
 * Every setting there is. The key is its place in the settings file; types, checks, `hivewarden check` and
 * docs/settings.md come from here and from nowhere else.
 */
export const settings = settingTable({
  resourceURL: {
    kind: resourceUrl,
    env: 'HIVEWARDEN_RESOURCE_URL',
    doc: 'Public URL of this manager, as clients reach it. Required unless the manager listens on loopback only.',
  },
  clientID: {
    kind: text,
    env: 'HIVEWARDEN_CLIENT_ID',
    doc: 'Public PKCE client of the command line and the desktop app.',
  },
  'idpConfig.issuer': {
    kind: publicUrl,
    env: 'HIVEWARDEN_IDP_ISSUER',
    doc: 'Issuer of the access tokens, exactly as its discovery document writes it.',
  },
  'idpConfig.audience': {
    kind: textList,
    env: 'HIVEWARDEN_IDP_AUDIENCE',
    doc: 'Audience that a token must carry: one, or a comma-separated list of which one must match.',
  },
  'idpConfig.requiredScope': {
    kind: scopeOrNone,
    env: 'HIVEWARDEN_IDP_REQUIRED_SCOPE',
    default: 'toolhive:config:read',
    doc: 'Scope that a token must carry. Empty turns the check off.',
  },
  'idpConfig.idpType': {
    kind: choice('generic', 'okta', 'entra'),
    env: 'HIVEWARDEN_IDP_TYPE',
    default: 'generic',
    doc: 'Kind of identity provider; decides which claims carry scopes, groups and the client.',
  },
  'idpConfig.groupsClaim': {
    kind: text,
    env: 'HIVEWARDEN_IDP_GROUPS_CLAIM',
    default: 'groups',
    doc: 'Claim with the groups of a person.',
  },
  'idpConfig.rolesClaim': {
    kind: text,
    env: 'HIVEWARDEN_IDP_ROLES_CLAIM',
    default: 'roles',
    doc: 'Claim with the roles of a person.',
  },
  'signingConfig.keyFile': {
    kind: path,
    env: 'HIVEWARDEN_SIGNING_KEY_FILE',
    doc: 'EC P-256 private key, SEC1 or PKCS#8 PEM, watched. Without it keys are kept sealed in the database.',
  },
  'signingConfig.existingSecret': {
    kind: text,
    doc: 'Read by the Helm chart, which mounts the secret as keyFile; the manager itself ignores it.',
  },
  'signingConfig.envelopeTTL': {
    kind: duration(limits.envelopeTtl.least, limits.envelopeTtl.most),
    env: 'HIVEWARDEN_ENVELOPE_TTL',
    default: seconds(86_400, '24h0m0s'),
    doc: 'How long an envelope is valid.',
  },
  'signingConfig.refreshInterval': {
    kind: duration(limits.refreshInterval.least, limits.refreshInterval.most),
    env: 'HIVEWARDEN_REFRESH_INTERVAL',
    default: seconds(300, '5m0s'),
    doc: 'How often a client asks again; at most a quarter of envelopeTTL.',
  },
  enterpriseConfig: { kind: embedded, doc: 'The policy itself.' },
  enterpriseConfigFile: {
    kind: path,
    env: 'HIVEWARDEN_ENTERPRISE_CONFIG_FILE',
    doc: 'The policy in a file of its own (JSON or YAML), watched: a change is live within 5 seconds.',
  },
  serial: {
    kind: positiveInteger,
    env: 'HIVEWARDEN_SERIAL',
    doc: 'Number of the policy that a file governs. Raise it with every change; it must never go down.',
  },
  'server.listen': {
    kind: listenAddress,
    env: 'HIVEWARDEN_LISTEN',
    default: listen,
    doc: 'Address of the client endpoints and, unless it has a listener of its own, the console.',
  },
  'server.consoleListen': {
    kind: listenAddress,
    env: 'HIVEWARDEN_CONSOLE_LISTEN',
    doc: 'Address of the console alone. With it, server.listen serves clients only.',
  },
  'server.metricsListen': {
    kind: listenAddress,
    env: 'HIVEWARDEN_METRICS_LISTEN',
    doc: 'Address of the Prometheus metrics. Without it there are none.',
  },
  'server.trustedProxies': {
    kind: cidrList,
    env: 'HIVEWARDEN_TRUSTED_PROXIES',
    default: [],
    doc: 'Addresses whose X-Forwarded-For is believed, for the address in the log.',
  },
  'database.url': {
    kind: databaseLocation,
    env: 'HIVEWARDEN_DATABASE_URL',
    default: { kind: 'sqlite', path: './data/hivewarden.db' },
    secret: true,
    doc: 'Where policy, keys and audit are kept: sqlite:PATH, postgres://… or none. Default: hivewarden.db in dataDir; none where a file governs the policy.',
  },
  'database.masterKeyFile': {
    kind: path,
    env: 'HIVEWARDEN_MASTER_KEY_FILE',
    doc: 'Key that seals the signing keys in the database: 32 bytes in base64, mode 0600. Default: master.key in dataDir, made at the first start.',
  },
  dataDir: {
    kind: path,
    env: 'HIVEWARDEN_DATA_DIR',
    default: './data',
    doc: 'Where files are kept that no other setting places: the SQLite database, the master key.',
  },
  'console.enabled': {
    kind: boolean,
    env: 'HIVEWARDEN_CONSOLE_ENABLED',
    default: true,
    doc: 'Whether the console is served: on server.consoleListen, or on server.listen where only this machine reaches it.',
  },
  'logging.level': {
    kind: choice('debug', 'info', 'warn', 'error'),
    env: 'HIVEWARDEN_LOG_LEVEL',
    default: 'info',
    doc: 'Least level that is logged.',
  },
})

type Table = typeof settings
export type SettingName = keyof Table

type ValueOf<Spec> = Spec extends { kind: { fromText(text: string): infer Read } }
  ? Extract<Read, { ok: true }> extends { value: infer Value }
    ? Value
    : never
  : never

/** What the program runs with: every name of the table, with its type. */
export type Settings = {
  readonly [Name in SettingName]: Table[Name] extends DefaultedSetting<unknown>
    ? ValueOf<Table[Name]>
    : ValueOf<Table[Name]> | undefined
}
