import { limits } from '../../../domain/limits.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import type { PolicyReading } from '../../../domain/policy/read-enterprise-config.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { PolicyInForce, PolicyRefusal, PolicySource } from '../../ports/policy-source.ts'
import { createListeners } from '../system/listeners.ts'
import { type FileContent, watchFile } from '../system/watch-file.ts'

interface PolicyFileDependencies {
  readonly path: string
  readonly serial: number | undefined
  readonly read: (bytes: Uint8Array) => PolicyReading
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly everyMilliseconds?: number
}

/**
 * A policy governed by a file. Each version is taken whole or refused whole; while a refused one lies there, the last
 * good one is served and the refusal shows in the log, the readiness body and a metric.
 */
export async function openPolicyFile(
  dependencies: PolicyFileDependencies,
): Promise<Result<PolicySource, readonly PolicyProblem[]>> {
  const { path, clock, logger } = dependencies
  const { add, tell } = createListeners()
  const states = dependencies.metrics.gauge(
    'hivewarden_policy_refused',
    '1 while the newest policy document is refused and an older one is served.',
  )
  const loads = dependencies.metrics.counter(
    'hivewarden_policy_loads_total',
    'Policy documents that were read, by outcome.',
    ['outcome'],
  )
  let inForce: PolicyInForce | undefined
  let refused: PolicyRefusal | undefined

  const take = (content: FileContent): void => {
    const now = Math.floor(clock.now() / 1000)
    const reading = content.kind === 'read' ? dependencies.read(content.bytes) : unreadable(content.reason)
    if (!reading.ok) {
      refused = { since: now, problems: reading.problems }
      logProblems(logger, path, reading.problems)
      loads.add(['refused'])
      states.set(1)
      return
    }
    refused = undefined
    states.set(0)
    loads.add(['accepted'])
    inForce = {
      document: singleLayer(reading.value),
      ...(dependencies.serial === undefined ? {} : { serial: dependencies.serial }),
      publishedAt: 0,
      loadedAt: now,
      warnings: reading.warnings,
    }
    logger.info('policy_loaded', { path, warnings: reading.warnings.length })
    logProblems(logger, path, reading.warnings)
    tell()
  }

  const watched = watchFile(
    path,
    { everyMilliseconds: dependencies.everyMilliseconds ?? 1000, mostBytes: limits.document.bytes },
    take,
  )
  await watched.look()
  if (inForce === undefined) {
    watched.stop()
    return fail(refused?.problems ?? unreadable('it changed while it was read').problems)
  }
  return ok({
    describes: path,
    current: () => inForce,
    refusal: () => refused,
    onChange: add,
    stop: watched.stop,
  })
}

function unreadable(reason: string): { ok: false; problems: readonly PolicyProblem[] } {
  return {
    ok: false,
    problems: [
      {
        path: '',
        code: 'unreadable',
        message: `The policy file cannot be used: ${reason}.`,
        severity: 'error',
      },
    ],
  }
}

function logProblems(logger: Logger, path: string, problems: readonly PolicyProblem[]): void {
  for (const problem of problems.slice(0, 20)) {
    const fields = { path, place: problem.path, code: problem.code, message: problem.message }
    if (problem.severity === 'error') logger.error('policy_refused', fields)
    else logger.warn('policy_warning', fields)
  }
}
