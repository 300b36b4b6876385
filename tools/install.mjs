import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exclusively } from './exclusively.mjs'
import { root } from './pinned-node.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
const lockedPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages

/**
 * Whether the packages that npm recorded as installed are those of the lockfile. npm writes its record last, so an
 * installation that was cut short is never taken for a whole one. Optional packages may be absent, and there may be
 * more of them: most are builds for one platform, and a lockfile knows well only those of the platform it was made on.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export const installationMatches = (wanted, installed) => {
  for (const [path, locked] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    if (found === undefined && locked.optional !== true) return false
    if (found !== undefined && (found.version !== locked.version || found.integrity !== locked.integrity))
      return false
  }
  return Object.entries(installed).every(
    ([path, found]) => wanted[path] !== undefined || found.optional === true,
  )
}

const installed = () => {
  try {
    return installationMatches(
      lockedPackages('package-lock.json'),
      lockedPackages('node_modules/.package-lock.json'),
    )
  } catch {
    return false
  }
}

const runNpm = () => {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const script = process.env.npm_execpath
  if (script?.endsWith('.js') || script?.endsWith('.cjs')) {
    return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  }
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
}

/** Installs what the lockfile names, when something of it is missing. */
export const install = () => {
  if (installed()) return Promise.resolve()
  return exclusively('install', () => {
    if (installed()) return
    console.log('Installing what package-lock.json names…')
    const { status, error } = runNpm()
    if (error !== undefined)
      throw new Error(`npm does not start: ${error.message}. Install npm and try again.`)
    if (status !== 0) throw new Error('npm could not install the packages. Its message stands above.')
  })
}
