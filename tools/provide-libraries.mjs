import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pinnedNode } from './pinned-node.mjs'

/** What the pinned Node says when it is asked for its version and cannot start. */
const complaint = () => {
  const { status, stderr, error } = spawnSync(pinnedNode(), ['--version'], { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

const installFromDebian = () =>
  [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'libatomic1'],
  ].every((args) => spawnSync('apt-get', args, { stdio: 'inherit' }).status === 0)

/**
 * The remedy for a Node that does not start on this system.
 * @param {string} complaint
 */
export const remedy = (complaint) => {
  if (complaint.includes('libatomic')) {
    return 'It needs the library libatomic. Install it (Debian, Ubuntu: apt-get install libatomic1; Fedora: dnf install libatomic) and try again.'
  }
  if (complaint.includes('ENOENT')) {
    return 'This system seems to have no glibc, as Alpine Linux. Use a system with glibc, or the container image.'
  }
  return 'Look for a newer version of this system, or use the container image.'
}

/**
 * Makes sure that the pinned Node starts: some small systems lack a library that it wants.
 * @param {{ mayInstall: boolean }} options whether Debian's packages may be installed, when run as root
 */
export const provideLibraries = ({ mayInstall }) => {
  const found = complaint()
  if (found === undefined) return
  const debian = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall && debian && found.includes('libatomic') && installFromDebian() && complaint() === undefined)
    return
  throw new Error(`The pinned Node does not start here: ${found}\n${remedy(found)}`)
}
