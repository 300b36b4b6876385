import { randomUUID } from 'node:crypto'
import { readCertificate } from './adapters/certificates/read-certificate.ts'
import { sha256 } from './adapters/system/sha256.ts'
import type { Clock } from './ports/clock.ts'
import type { Database } from './ports/database.ts'
import type { Logger } from './ports/logger.ts'
import type { Governance } from './usecases/changes/governance.ts'
import { publishDueChanges } from './usecases/changes/publish-due-changes.ts'

const EVERY_MILLISECONDS = 2000

export const composeGovernance = (
  { revisions, changes, audit }: Pick<Database, 'revisions' | 'changes' | 'audit'>,
  clock: Clock,
): Governance => ({
  revisions,
  changes,
  audit,
  clock,
  sha256,
  newId: randomUUID,
  readCertificate,
  // Approvals are given by administrators, and this version has none.
  requiredApprovals: () => 0,
})

/** Publishes what was scheduled when its time has come. Returns how to stop that. */
export function publishOnSchedule(governance: Governance, logger: Logger): () => void {
  let underWay = false
  const turn = async (): Promise<void> => {
    if (underWay) return
    underWay = true
    try {
      const { published, failed } = await publishDueChanges(governance)
      for (const serial of published) logger.info('scheduled_change_published', { serial })
      for (const { id, problem } of failed)
        logger.error('scheduled_change_failed', { id, code: problem.code })
    } catch (error) {
      logger.error('schedule_failed', { message: error instanceof Error ? error.message : 'unknown' })
    } finally {
      underWay = false
    }
  }
  const timer = setInterval(() => void turn(), EVERY_MILLISECONDS)
  return () => clearInterval(timer)
}
