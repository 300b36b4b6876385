import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleCommand } from './bundle-command.ts'
import { exclusively } from './exclusively.mjs'
import { fingerprint } from './fingerprint.ts'
import { root, runAsProgram } from './pinned-node.mjs'

interface Stage {
  readonly name: string
  readonly fingerprint: string
  readonly run: () => Promise<void>
}

const folder = join(root, 'build')
const stampFile = (stage: Stage) => join(folder, `.${stage.name}.stamp`)

const buildPages = async (): Promise<void> => {
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  const quiet = { root, logLevel: 'warn' } as const
  await build(quiet)
  await build({ ...quiet, build: { ssr: true } })
}

const isFresh = async (stage: Stage): Promise<boolean> => {
  const stamp = await readFile(stampFile(stage), 'utf8').catch(() => undefined)
  return stamp === stage.fingerprint
}

/** The stamp goes first and comes back last, so that a build cut short is never taken for a whole one. */
const runStage = async (stage: Stage): Promise<void> => {
  const began = performance.now()
  await rm(stampFile(stage), { force: true })
  await stage.run()
  await writeFile(stampFile(stage), stage.fingerprint)
  console.log(`Built ${stage.name} in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

const { values: options } = parseArgs({ options: { force: { type: 'boolean' }, quiet: { type: 'boolean' } } })

const tooling = ['package.json', 'package-lock.json', 'tools/build.ts', 'tools/bundle-command.ts']
const pagesPrint = fingerprint(['app', 'domain', 'public', 'vite.config.ts', 'remix.config.js', ...tooling])
const commandPrint = fingerprint(['server', 'domain', ...tooling], pagesPrint)

const stages: readonly Stage[] = [
  { name: 'pages', fingerprint: pagesPrint, run: buildPages },
  { name: 'command', fingerprint: commandPrint, run: () => bundleCommand(folder) },
]

const buildStale = async (): Promise<number> => {
  await mkdir(folder, { recursive: true })
  const stale: Stage[] = []
  for (const stage of stages) {
    if (options.force === true || !(await isFresh(stage))) stale.push(stage)
  }
  for (const stage of stale) await runStage(stage)
  if (stale.length === 0 && options.quiet !== true) console.log('build/ is up to date.')
  return 0
}

await runAsProgram(() => exclusively('build', buildStale))
