import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../tools/pinned-node.mjs'
import { freePort } from './free-port.ts'
import type { RunningServer } from './running-server.ts'

export interface RunningManager extends RunningServer {
  /** From the spawning of the process to the first 200 of /readyz. */
  readonly readyAfterMilliseconds: number
  /** One value of the metrics endpoint. */
  metric(name: string): Promise<number>
}

const READY_WITHIN = 20_000
const LOOK_EVERY = 2

/** Runs the built product, as it is delivered, with `args` after `serve`. */
export async function startManager(args: readonly string[], dataDir: string): Promise<RunningManager> {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'build/hivewarden.mjs'), 'serve', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HIVEWARDEN_LISTEN: `127.0.0.1:${port}`,
      HIVEWARDEN_METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
      HIVEWARDEN_DATA_DIR: dataDir,
    },
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  while ((await statusOf(port)) !== 200) {
    if (child.exitCode !== null || performance.now() - began > READY_WITHIN) {
      child.kill('SIGKILL')
      throw new Error(`The manager did not become ready. ${complaints}`)
    }
    await pause(LOOK_EVERY)
  }
  const readyAfterMilliseconds = performance.now() - began

  const metric = async (name: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
    const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `))
    if (line === undefined) throw new Error(`There is no metric ${name}.`)
    return Number(line.slice(name.length + 1))
  }
  return {
    port,
    readyAfterMilliseconds,
    metric,
    cpuSeconds: () => metric('process_cpu_seconds_total'),
    stop: () => stop(child),
  }
}

/** 0 while nobody listens. */
const statusOf = (port: number): Promise<number> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    }).on('error', () => resolve(0))
  })

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
