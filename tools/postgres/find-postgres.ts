import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian keeps each version in a folder of its own and puts none of them on the path. */
const versioned = '/usr/lib/postgresql'

const folders = (): readonly string[] => {
  const versions = existsSync(versioned) ? readdirSync(versioned) : []
  const newestFirst = versions.toSorted((one, other) => Number(other) - Number(one))
  return [
    ...(process.env.PATH ?? '').split(delimiter),
    ...newestFirst.map((version) => join(versioned, version, 'bin')),
    '/opt/homebrew/opt/postgresql/bin',
    '/usr/local/opt/postgresql/bin',
  ]
}

const find = (): string | undefined =>
  folders().find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))))

const installFromDebian = (): boolean => {
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', [...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql')
}

/** The folder with the programs of PostgreSQL; on Debian, as root, they are installed when there are none. */
export const findPostgres = (): string => {
  const found = find()
  if (found !== undefined) return found
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  const installed = mayInstall && installFromDebian() ? find() : undefined
  if (installed !== undefined) return installed
  throw new Error(
    'The tests need a PostgreSQL server. Install it (Debian: apt-get install postgresql), or put its programs on the PATH.',
  )
}
