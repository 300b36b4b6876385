import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Clock } from '../../../ports/clock.ts'
import type { Logger } from '../../../ports/logger.ts'
import type { OpenContext } from '../open-context.ts'

/** A folder that is gone after the test. */
export async function scratch(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hivewarden-database-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const nothing = (): void => undefined
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const clock: Clock = { now: () => Date.parse('2026-03-01T12:00:00Z') }

export const context: OpenContext = { clock, logger: silent, writtenBy: '1.0.0' }
