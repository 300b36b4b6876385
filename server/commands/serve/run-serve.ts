import { createJsonLogger } from '../../adapters/system/json-logger.ts'
import { systemClock } from '../../adapters/system/system-clock.ts'
import { composeManager, type Manager } from '../../compose.ts'
import type { LoadedSettings } from '../../config/load-settings.ts'
import type { Logger } from '../../ports/logger.ts'
import { version } from '../../version.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { readSettings, settingProblemLine } from '../read-settings.ts'

export interface ServeArguments {
  readonly config?: string
  readonly listen?: string
  readonly evaluation: boolean
}

/** Serves until it is told to stop. */
export async function runServe(given: ServeArguments, io: CommandIo): Promise<ExitCode> {
  const settings = await readSettings(given)
  if (!settings.ok) return refuse(io, settings.problem.map(settingProblemLine), 78)
  return runManager(settings.value, given.evaluation, io)
}

async function runManager({ values, unknownVariables }: LoadedSettings, evaluation: boolean, io: CommandIo) {
  const write = (line: string): void => void process.stdout.write(line)
  const logger = createJsonLogger(systemClock, values['logging.level'], write)
  if (evaluation) {
    const { prepareEvaluation } = await import('../../evaluation/prepare-evaluation.ts')
    const prepared = prepareEvaluation(values)
    if (!prepared.ok) return refuse(io, [prepared.problem], 78)
  }
  const stopped = stopSignal()
  const manager = await composeManager(values, { evaluation, clock: systemClock, logger })
  if (!manager.ok) return refuse(io, manager.problem.lines, manager.problem.exitCode)

  announce(manager.value, evaluation, logger, io)
  for (const name of unknownVariables) logger.warn('unknown_environment_variable', { name })
  const signal = await stopped
  logger.info('stopping', { signal })
  await manager.value.close()
  logger.info('stopped')
  return 0
}

function announce(manager: Manager, evaluation: boolean, logger: Logger, io: CommandIo): void {
  logger.info('started', {
    version,
    evaluation,
    resource_url: manager.resourceUrl,
    port: manager.port,
    console_port: manager.consolePort,
    metrics_port: manager.metricsPort,
    milliseconds: Math.round(performance.now()),
  })
  if (!evaluation) return
  io.printError(
    [
      '',
      '  Hivewarden, evaluation installation. Anybody on this machine can sign in to it.',
      '',
      `  Console     ${manager.resourceUrl}/`,
      `  Bootstrap   ${manager.bootstrapUrl}`,
      `  As client   hivewarden doctor ${manager.resourceUrl} --login`,
      '',
    ].join('\n'),
  )
}

/** The first signal drains. A second one means it: the handlers are gone then, and the process ends at once. */
const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.removeListener('SIGTERM', stop)
      process.removeListener('SIGINT', stop)
      resolve(signal)
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })

function refuse(io: CommandIo, lines: readonly string[], code: ExitCode): ExitCode {
  io.printError(['Hivewarden does not start:', ...lines.map((line) => `  ${line}`)].join('\n'))
  return code
}
