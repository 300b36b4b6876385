import { buildEnv, many, type Row, structure } from './corpus-document.ts'

export const environments: readonly Row[] = [
  [
    '40 a variable that starts with a digit',
    buildEnv({ '1A': 'x' }),
    '/build_env/value/1A env_name',
    buildEnv({ A1: 'x' }),
  ],
  [
    '41 a variable with an equals sign',
    buildEnv({ 'A=B': 'x' }),
    '/build_env/value/A=B env_name',
    buildEnv({ A_B: 'x' }),
  ],
  ['42 a variable without name', buildEnv({ '': 'x' }), '/build_env/value/ env_name', buildEnv({ A: 'x' })],
  [
    '43 LD_PRELOAD and PATH',
    buildEnv({ LD_PRELOAD: 'x', PATH: 'y' }),
    ['/build_env/value/LD_PRELOAD env_reserved', '/build_env/value/PATH env_reserved'],
    buildEnv({ MY_PRELOAD: 'x', MY_PATH: 'y' }),
  ],
  [
    '43 NODE_OPTIONS',
    buildEnv({ NODE_OPTIONS: '--max-old-space-size=512' }),
    '/build_env/value/NODE_OPTIONS env_reserved (warning)',
    buildEnv({ NODE_ENV: 'production' }),
  ],
  [
    '44 a variable that is a number',
    buildEnv({ A: 1 }),
    '/build_env/value/A type_string',
    buildEnv({ A: '1' }),
    structure,
  ],
  [
    '45 a variable with a zero byte',
    buildEnv({ A: 'a\u0000b' }),
    '/build_env/value/A control_char',
    buildEnv({ A: 'a b' }),
  ],
  [
    '46 a variable of 33 KiB',
    buildEnv({ A: 'a'.repeat(33 * 1024) }),
    '/build_env/value/A max_length',
    buildEnv({ A: 'a'.repeat(4096) }),
    structure,
  ],
  ['47 1,001 variables', buildEnv(many(1001)), '/build_env/value max_items', buildEnv(many(1000))],
  [
    '48 an AWS access key',
    buildEnv({ ID: 'AKIAIOSFODNN7EXAMPLE' }),
    '/build_env/value/ID secret_suspected (warning)',
    buildEnv({ ID: 'AKIA' }),
  ],
  [
    '48 a GitHub token',
    buildEnv({ ID: `ghp_${'a1B2'.repeat(9)}` }),
    '/build_env/value/ID secret_suspected (warning)',
    buildEnv({ ID: 'ghp_' }),
  ],
  [
    '48 a private key in a variable',
    buildEnv({ ID: '-----BEGIN PRIVATE KEY-----' }),
    '/build_env/value/ID secret_suspected (warning)',
    buildEnv({ ID: '-----' }),
  ],
  [
    '49 a proxy with a password',
    buildEnv({ HTTP_PROXY: 'http://user:pass@proxy.example.com:3128' }),
    '/build_env/value/HTTP_PROXY secret_suspected (warning)',
    buildEnv({ HTTP_PROXY: 'http://proxy.example.com:3128' }),
  ],
  [
    '49 a variable with shell syntax',
    buildEnv({ A: '$(id)' }),
    '/build_env/value/A env_value',
    buildEnv({ A: '(id)' }),
  ],
]
