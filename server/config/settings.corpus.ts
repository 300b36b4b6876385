import type { SettingName } from './settings.ts'

/** For each setting: what it takes and what it refuses, in the file and in the environment. */
export interface SettingCase {
  readonly file: unknown
  /** What the program gets of it. */
  readonly value: unknown
  /** The same in the environment, where the setting has a variable. */
  readonly text?: string
  /** Another good value as text, with what the program gets of it. */
  readonly other?: readonly [text: string, value: unknown]
  readonly refusedInFile: readonly unknown[]
  readonly refusedAsText: readonly string[]
}

const notText = [1, true, ['a'], { a: 1 }] as const
const notUrls = [
  '',
  'config.example.com',
  'https:config.example.com',
  'https:/config.example.com',
  'https:\\\\config.example.com',
  'https://config.example.com\n',
  ' https://config.example.com',
  'ftp://config.example.com',
  'http://config.example.com',
  'http://localhost.example.com',
  'https://user@config.example.com',
  'https://config.example.com?',
  'https://config.example.com?a=1',
  'https://config.example.com#a',
] as const
const notDurations = ['', '5', '5 m', '1d', '-5m', '1.5s', '10m0.5s', 'five minutes'] as const
const notAddresses = ['', '8080', ':8080', '127.0.0.1', '127.0.0.1:', '127.0.0.1:65536', '::1:8080'] as const
const listenAddress = (given: string, host: string, port: number, other: string) => ({
  file: given,
  value: { host, port },
  text: given,
  other: [other, { host: '::1', port: 9000 }] as const,
  refusedInFile: [...notAddresses, 8080, { host: 'a', port: 1 }],
  refusedAsText: notAddresses,
})
const claim = (given: string) => ({
  file: given,
  value: given,
  text: given,
  other: ['memberOf', 'memberOf'] as const,
  refusedInFile: ['', ' groups', ...notText],
  refusedAsText: ['', 'groups '],
})
const path = (given: string) => ({
  file: given,
  value: given,
  text: given,
  other: ['./other', './other'] as const,
  refusedInFile: ['', 'a\u0000b', ...notText],
  refusedAsText: [''],
})

export const settingCases: Readonly<Record<SettingName, SettingCase>> = {
  resourceURL: {
    file: 'https://config.example.com/fleet',
    value: 'https://config.example.com/fleet',
    text: 'https://config.example.com/fleet',
    other: ['http://localhost:8080', 'http://localhost:8080'],
    refusedInFile: [...notUrls, ...notText, 'https://config.example.com/'],
    refusedAsText: [
      'https://config.example.com/',
      'https://CONFIG.example.com',
      'https://config.example.com:443',
      'https://config.example.com/a/../b',
      'https://config.example.com/a b',
      'https://config.example.com/"',
      'https://bücher.example.com',
    ],
  },
  clientID: {
    file: '0oa1b2c3',
    value: '0oa1b2c3',
    text: '0oa1b2c3',
    other: ['other', 'other'],
    refusedInFile: ['', ' a', ...notText],
    refusedAsText: ['', 'a '],
  },
  'idpConfig.issuer': {
    file: 'https://idp.example.com/',
    value: 'https://idp.example.com/',
    text: 'https://idp.example.com/',
    other: ['http://127.0.0.1:9000/idp', 'http://127.0.0.1:9000/idp'],
    refusedInFile: [...notUrls, ...notText, 'https://login.microsoftonline.com/common/v2.0'],
    refusedAsText: [...notUrls],
  },
  'idpConfig.audience': {
    file: ['enterprise-manager', 'api://enterprise-manager'],
    value: ['enterprise-manager', 'api://enterprise-manager'],
    text: 'enterprise-manager, api://enterprise-manager',
    other: ['one', ['one']],
    refusedInFile: ['', ' , ', [], [''], [' a'], [1], 1, { a: 1 }],
    refusedAsText: ['', ' , '],
  },
  'idpConfig.requiredScope': {
    file: 'config.read',
    value: 'config.read',
    text: 'config.read',
    other: ['', ''],
    refusedInFile: [' ', 'a  b', 'a"b', 'a\\b', 'a\nb', 'ä', ...notText],
    refusedAsText: [' a', 'a ', 'a"', 'a\r\nX-Injected: 1'],
  },
  'idpConfig.idpType': {
    file: 'entra',
    value: 'entra',
    text: 'entra',
    other: ['okta', 'okta'],
    refusedInFile: ['', 'Entra', 'keycloak', ...notText],
    refusedAsText: ['', 'Entra', 'toString', '__proto__'],
  },
  'idpConfig.groupsClaim': claim('memberships'),
  'idpConfig.rolesClaim': claim('positions'),
  'signingConfig.keyFile': path('/etc/hivewarden/signing.pem'),
  'signingConfig.existingSecret': {
    file: 'hivewarden-signing',
    value: 'hivewarden-signing',
    refusedInFile: ['', ...notText],
    refusedAsText: [],
  },
  'signingConfig.envelopeTTL': {
    file: '48h',
    value: { seconds: 172_800, canonical: '48h0m0s' },
    text: '48h',
    other: ['1h30m', { seconds: 5400, canonical: '1h30m0s' }],
    refusedInFile: [...notDurations, 24, '9m59s', '720h0m1s'],
    refusedAsText: [...notDurations, '9m59s', '720h0m1s'],
  },
  'signingConfig.refreshInterval': {
    file: '10m',
    value: { seconds: 600, canonical: '10m0s' },
    text: '10m',
    other: ['30s', { seconds: 30, canonical: '30s' }],
    refusedInFile: [...notDurations, 300, '9s', '24h0m1s'],
    refusedAsText: [...notDurations, '9s', '24h0m1s'],
  },
  enterpriseConfig: {
    file: { playground: { value: false, enforcement: 'enforced' } },
    value: { playground: { value: false, enforcement: 'enforced' } },
    refusedInFile: ['{}', 1, true, []],
    refusedAsText: [],
  },
  enterpriseConfigFile: path('/etc/hivewarden/enterprise-config.json'),
  serial: {
    file: 7,
    value: 7,
    text: '7',
    other: ['9007199254740991', 9_007_199_254_740_991],
    refusedInFile: [0, -1, 1.5, '7', 2 ** 53, true, Number.NaN],
    refusedAsText: ['', '0', '-1', '1.5', '07', '1e3', '9007199254740992', ' 7'],
  },
  'server.listen': listenAddress('127.0.0.1:8090', '127.0.0.1', 8090, '[::1]:9000'),
  'server.consoleListen': listenAddress('127.0.0.1:8091', '127.0.0.1', 8091, '[::1]:9000'),
  'server.metricsListen': listenAddress('localhost:9091', 'localhost', 9091, '[::1]:9000'),
  'server.trustedProxies': {
    file: ['10.0.0.0/8', '::1'],
    value: ['10.0.0.0/8', '::1'],
    text: '10.0.0.0/8, ::1',
    other: ['', []],
    refusedInFile: [['10.0.0.0/33'], ['::/129'], ['proxy.example.com'], [10], 'any', 10, { a: 1 }],
    refusedAsText: ['10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', 'fe80::1%eth0', '10.0.0.0/'],
  },
  'database.url': {
    file: 'postgres://hivewarden@db.example.com/hivewarden',
    value: { kind: 'postgres', url: 'postgres://hivewarden@db.example.com/hivewarden' },
    text: 'postgres://hivewarden@db.example.com/hivewarden',
    other: ['sqlite:./data/other.db', { kind: 'sqlite', path: './data/other.db' }],
    refusedInFile: ['', 'sqlite:', 'sqlite::memory:', 'sqlite://host/x', 'mysql://host/x', ...notText],
    refusedAsText: ['', 'None', 'postgres://localhost', 'postgres:///hivewarden', 'postgres://a b/c'],
  },
  'database.masterKeyFile': path('/etc/hivewarden/master.key'),
  dataDir: path('/var/lib/hivewarden'),
  'console.enabled': {
    file: false,
    value: false,
    text: 'false',
    other: ['true', true],
    refusedInFile: ['false', 'no', 0, []],
    refusedAsText: ['', 'no', '0', 'False'],
  },
  'logging.level': {
    file: 'debug',
    value: 'debug',
    text: 'debug',
    other: ['error', 'error'],
    refusedInFile: ['', 'DEBUG', 'trace', ...notText],
    refusedAsText: ['', 'warning'],
  },
}
