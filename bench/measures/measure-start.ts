import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost, type Measure } from '../measure.ts'
import { startManager } from '../servers/start-manager.ts'
import { spreadOf } from '../statistics.ts'
import type { BenchContext } from './bench-context.ts'

const STARTS = 9

/** From the spawning of the process to the first 200 of /readyz; beside it a Node that has nothing to do. */
export async function measureStart({ installation }: BenchContext): Promise<readonly Measure[]> {
  const governed: number[] = []
  const evaluation: number[] = []
  const bare: number[] = []
  for (let start = 0; start < STARTS; start += 1) {
    bare.push(await startBareNode())
    const manager = await startManager(['--config', installation.settingsFile], installation.folder)
    governed.push(manager.readyAfterMilliseconds)
    await manager.stop()
    evaluation.push(await startEvaluation())
  }
  return [
    { name: 'ready with a policy file', unit: 'ms', value: spreadOf(governed), bound: atMost(500) },
    {
      name: 'ready in evaluation, new data folder',
      unit: 'ms',
      value: spreadOf(evaluation),
      bound: atMost(1500),
    },
    { name: 'node -e 0, start to end', unit: 'ms', value: spreadOf(bare) },
    {
      name: 'ready with a policy file, against node -e 0',
      unit: 'times',
      value: spreadOf(governed.map((value, index) => value / (bare[index] ?? value))),
    },
  ]
}

async function startBareNode(): Promise<number> {
  const began = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - began
}

/** In a folder of its own each time, so that keys and files are made as well. */
async function startEvaluation(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hivewarden-bench-'))
  const manager = await startManager(['--evaluation'], folder)
  await manager.stop()
  await rm(folder, { recursive: true, force: true })
  return manager.readyAfterMilliseconds
}
