import type { RequestListener } from 'node:http'
import { isLoopbackAddress } from '../domain/loopback.ts'
import { fail, ok, type Result } from '../domain/result.ts'
import { observeProcess } from './adapters/metrics/observe-process.ts'
import { createPrometheusMetrics, type PrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts'
import { sha256 } from './adapters/system/sha256.ts'
import { Closing } from './closing.ts'
import { composeClientAccess } from './compose-client-access.ts'
import { composeDatabase, type OpenedDatabase } from './compose-database.ts'
import { composeDoors } from './compose-doors.ts'
import { composeHttp } from './compose-http.ts'
import { composeKeys, composePolicy } from './compose-sources.ts'
import { isFileGoverned } from './config/is-file-governed.ts'
import type { Settings } from './config/settings.ts'
import { createConsoleDispatch } from './http/console-dispatch.ts'
import { hostRule } from './http/host-rule.ts'
import { type ListenerPatience, openListener } from './http/listener.ts'
import { managerAddresses } from './http/manager/manager-addresses.ts'
import { createWaitingRoom } from './http/manager/waiting-room.ts'
import { createMetricsHandler } from './http/metrics-handler.ts'
import { answerStartingUp } from './http/starting-up.ts'
import type { Clock } from './ports/clock.ts'
import type { Database } from './ports/database.ts'
import type { Logger } from './ports/logger.ts'
import type { PolicySource } from './ports/policy-source.ts'
import type { SigningKeys } from './ports/signing-keys.ts'
import type { StartProblem } from './start-problem.ts'
import { createEnvelopePress } from './usecases/envelope/envelope-press.ts'
import { createServeEnvelope } from './usecases/envelope/serve-envelope.ts'
import { assessReadiness } from './usecases/overview/assess-readiness.ts'
import { createDescribeManager } from './usecases/overview/describe-manager.ts'
import { version } from './version.ts'

export interface ManagerOptions {
  readonly evaluation: boolean
  readonly clock: Clock
  readonly logger: Logger
  /** Stands in for the one that the settings name. */
  readonly database?: Database
  /** Where the manager shall wait otherwise than its limits say. In milliseconds. */
  readonly patience?: Partial<ListenerPatience> & {
    /** How often the files of policy and key are looked at. */
    readonly files?: number
  }
}

/** A manager that serves. */
export interface Manager {
  readonly resourceUrl: string
  readonly bootstrapUrl: string
  readonly port: number
  readonly consolePort?: number
  readonly metricsPort?: number
  /** Lets what is under way finish, then ends everything it began. */
  close(): Promise<void>
}

/** Builds the whole manager and opens its listeners; on a problem, whatever was opened is closed again. */
export async function composeManager(
  settings: Settings,
  options: ManagerOptions,
): Promise<Result<Manager, StartProblem>> {
  const closing = new Closing()
  const manager = await startManager(settings, options, closing)
  if (!manager.ok) await closing.closeAll()
  return manager
}

async function startManager(
  settings: Settings,
  options: ManagerOptions,
  closing: Closing,
): Promise<Result<Manager, StartProblem>> {
  const metrics = createPrometheusMetrics()
  const opened = await composeDatabase(settings, options, metrics)
  if (!opened.ok) return opened
  const stored = opened.value
  if (stored !== undefined) closing.add('sources', stored.close)
  const policy = await composePolicy(settings, options, metrics, stored?.database)
  if (policy.ok) closing.add('sources', policy.value.stop)
  const keys = await composeKeys(settings, options, metrics, stored?.database)
  if (keys.ok) closing.add('sources', keys.value.stop)
  if (!policy.ok || !keys.ok) return refuseSources([policy, keys])
  metrics.observed(
    'hivewarden_serial',
    'Number of the revision that is served; NaN where there is none.',
    () => policy.value.current()?.serial ?? Number.NaN,
  )

  let handle: RequestListener = answerStartingUp
  const listener = await openListener({
    address: settings['server.listen'],
    handle: (request, response) => handle(request, response),
    logger: options.logger,
    patience: options.patience ?? {},
  })
  if (!listener.ok) return cannotListen(listener.problem)
  closing.add('listeners', listener.value.drain)

  const addresses = managerAddresses(settings.resourceURL, `http://localhost:${listener.value.port}`)
  const built = await buildHandlers(settings, options, {
    metrics,
    stored,
    policy: policy.value,
    keys: keys.value,
    addresses,
    closing,
  })
  handle = built.clients

  const others = await openOtherListeners(settings, options, built.console, metrics, closing)
  if (!others.ok) return others
  return ok({
    resourceUrl: addresses.manager,
    bootstrapUrl: addresses.bootstrap,
    port: listener.value.port,
    ...others.value,
    close: () => closing.closeAll(),
  })
}

interface Parts {
  readonly metrics: PrometheusMetrics
  readonly stored: OpenedDatabase | undefined
  readonly policy: PolicySource
  readonly keys: SigningKeys
  readonly addresses: ReturnType<typeof managerAddresses>
  readonly closing: Closing
}

async function buildHandlers(settings: Settings, options: ManagerOptions, parts: Parts) {
  const { metrics, stored, policy, keys, addresses, closing } = parts
  const { clock, logger, evaluation } = options
  const access = composeClientAccess(settings, { clock, logger, metrics })
  closing.add('sources', access.stop)

  const refreshInterval = settings['signingConfig.refreshInterval'].canonical
  const prints = metrics.counter(
    'hivewarden_envelope_cache_total',
    'Envelopes that a caller without one at hand was given: taken from the cache, or signed.',
    ['outcome'],
  )
  const press = createEnvelopePress({
    manager: addresses.manager,
    ttl: settings['signingConfig.envelopeTTL'].seconds,
    refreshInterval,
    sha256,
    prints,
  })
  const waitingRoom = createWaitingRoom()
  metrics.observed(
    'hivewarden_waiting_requests',
    'Requests that wait for their envelope to change.',
    () => waitingRoom.size,
  )
  closing.add('sources', policy.onChange(waitingRoom.news))
  closing.add('sources', keys.onChange(waitingRoom.news))
  closing.add('waiters', waitingRoom.close)
  closing.add('sources', observeProcess(metrics))

  const identityProvider = access.identityProvider
  const describeManager = createDescribeManager({
    version,
    manager: addresses.manager,
    bootstrapUrl: addresses.bootstrap,
    evaluation,
    fileGoverned: isFileGoverned(settings),
    refreshInterval,
    policy,
    keys,
    press,
    ...(identityProvider === undefined ? {} : { identityProvider }),
    clock,
  })
  const doors = await composeDoors(settings, options, { describeManager, resourceUrl: addresses.manager })
  const ownConsole = settings['server.consoleListen'] !== undefined
  const clients = composeHttp({
    settings,
    evaluation,
    addresses,
    authenticate: access.authenticate,
    serveEnvelope: createServeEnvelope({ policy, keys, press, clock }),
    keys,
    readiness: () =>
      assessReadiness({
        policy,
        keys,
        ...(identityProvider === undefined ? {} : { identityProvider: identityProvider.state }),
        ...(stored === undefined ? {} : { database: stored.watch.state }),
      }),
    waitingRoom,
    doors: [doors.identityProvider, ownConsole ? undefined : doors.console].filter(
      (door) => door !== undefined,
    ),
    counts: requestCounts(metrics),
    clock,
    logger,
  })
  access.start()
  return { clients, console: doors.console }
}

const requestCounts = (metrics: PrometheusMetrics) => ({
  requests: metrics.counter('hivewarden_http_requests_total', 'Requests by route and status.', [
    'route',
    'status',
  ]),
  latency: metrics.histogram(
    'hivewarden_http_request_duration_seconds',
    'Time from the request to its answer on the client endpoints.',
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  ),
})

async function openOtherListeners(
  settings: Settings,
  { logger, patience = {} }: ManagerOptions,
  consoleDoor: Awaited<ReturnType<typeof composeDoors>>['console'],
  metrics: PrometheusMetrics,
  closing: Closing,
): Promise<Result<Pick<Manager, 'consolePort' | 'metricsPort'>, StartProblem>> {
  const ports: { consolePort?: number; metricsPort?: number } = {}
  const consoleAddress = settings['server.consoleListen']
  if (consoleAddress !== undefined && consoleDoor !== undefined) {
    const opened = await openListener({
      address: consoleAddress,
      handle: createConsoleDispatch(consoleDoor, hostRule(isLoopbackAddress(consoleAddress.host))),
      logger,
      patience,
    })
    if (!opened.ok) return cannotListen(opened.problem)
    closing.add('listeners', opened.value.drain)
    ports.consolePort = opened.value.port
  }
  const metricsAddress = settings['server.metricsListen']
  if (metricsAddress !== undefined) {
    const opened = await openListener({
      address: metricsAddress,
      handle: createMetricsHandler(metrics),
      logger,
      patience,
    })
    if (!opened.ok) return cannotListen(opened.problem)
    closing.add('listeners', opened.value.drain)
    ports.metricsPort = opened.value.port
  }
  return ok(ports)
}

/** What is wrong with either is told at once, so that nobody mends the one only to hear of the other. */
const refuseSources = (sources: readonly Result<unknown, StartProblem>[]): Result<never, StartProblem> =>
  fail({ exitCode: 78, lines: sources.flatMap((source) => (source.ok ? [] : source.problem.lines)) })

const cannotListen = (line: string): Result<never, StartProblem> => fail({ exitCode: 69, lines: [line] })
