import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const places = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const findChromium = (): string | undefined => {
  const own = process.env.CHROMIUM
  if (own !== undefined && own !== '') return runs(own) ? own : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(runs)
}

const installFromDebian = (): boolean => {
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', [...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
}

/** The browser that the tests drive; on Debian, as root, it is installed when there is none. */
export const chromium = (): string => {
  const found = findChromium()
  if (found !== undefined) return found
  const mayInstall =
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && process.env.CHROMIUM === undefined
  if (mayInstall && installFromDebian()) {
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The tests need Chromium. Install it (Debian: apt-get install chromium), or name its program in CHROMIUM.',
  )
}
