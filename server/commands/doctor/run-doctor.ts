import type { VerifiedEnvelope } from '../../../domain/envelope/verified-envelope.ts'
import { formatInstant } from '../../../domain/instant.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import {
  checkChallenge,
  checkEnvelope,
  checkRevalidation,
  fetchConfiguration,
} from './examine-configuration.ts'
import {
  checkAddresses,
  checkClock,
  checkResource,
  managerUrl,
  readBootstrap,
  readKeys,
} from './examine-manager.ts'
import { obtainToken, type TokenSource } from './obtain-token.ts'
import { readProvider } from './read-provider.ts'
import { Report, stepTitles } from './report.ts'
import { type DoctorTools, systemTools } from './tools.ts'

export interface DoctorArgs {
  /** The manager's URL; the evaluation installation of this machine when absent. */
  readonly url?: string
  readonly login?: boolean
  /** False prints the sign-in address without opening it. */
  readonly browser?: boolean
  /** Port for the way back from the sign-in, where the provider wants to know it. 0 or absent: any. */
  readonly callbackPort?: number
  readonly tokenFile?: string
  readonly saveFile?: string
  readonly json?: boolean
}

const defaultUrl = 'http://localhost:8080'

/** Acts as a client, step by step, and says of each step what it found and what to do. */
export const runDoctor = async (
  args: DoctorArgs,
  io: CommandIo,
  tools: DoctorTools = systemTools,
): Promise<ExitCode> => {
  const manager = managerUrl(args.url ?? defaultUrl)
  if (args.login === true && args.tokenFile !== undefined) {
    io.printError('Use either --login or --token-file, not both.')
    return 2
  }
  if (args.saveFile !== undefined && args.login !== true) {
    io.printError('--save-token keeps the token of a sign-in: use it with --login.')
    return 2
  }
  if (!/^https?:$/.test(URL.parse(manager)?.protocol ?? '')) {
    io.printError('Give the URL of a manager, such as https://config.example.com.')
    return 2
  }
  const json = args.json === true
  const report = new Report(io, !json)
  if (!json) printAll(io.print, `Looking at ${manager} as a client does.`, '')
  const envelope = await examine(manager, tokenSource(args, io, tools), report, tools)
  if (json) io.print(JSON.stringify(summary(manager, report, envelope), undefined, 2))
  else printAll(io.print, '', verdict(report, envelope))
  if (report.unreachable) return 69
  return report.failed ? 1 : 0
}

const examine = async (
  manager: string,
  source: TokenSource,
  report: Report,
  tools: DoctorTools,
): Promise<VerifiedEnvelope | undefined> => {
  const bootstrap = await readBootstrap(manager, report, tools)
  if (bootstrap === undefined || !checkAddresses(bootstrap, report)) return undefined
  checkClock(bootstrap, report, tools)
  const keys = await readKeys(bootstrap, report, tools)
  const resource = await checkResource(bootstrap, report, tools)
  const provider = await readProvider(bootstrap, report, tools)
  await checkChallenge(bootstrap, report, tools)
  const token = await obtainToken(source, bootstrap, provider, report, tools)
  if (token === undefined) return undefined
  const answer = await fetchConfiguration(bootstrap, token, report, tools)
  if (answer === undefined || keys === undefined) return undefined
  const envelope = await checkEnvelope(answer, resource ?? manager, keys, report, tools)
  if (envelope !== undefined) await checkRevalidation(bootstrap, token, `"${envelope.etag}"`, report, tools)
  return envelope
}

const tokenSource = (args: DoctorArgs, io: CommandIo, tools: DoctorTools): TokenSource => ({
  login: args.login === true,
  callbackPort: args.callbackPort ?? 0,
  ...(args.tokenFile === undefined ? {} : { tokenFile: args.tokenFile }),
  ...(args.saveFile === undefined ? {} : { saveFile: args.saveFile }),
  present: (url) => {
    // Standard output belongs to the result where a program reads it.
    const print = args.json === true ? io.printError : io.print
    printAll(print, 'Sign in here, within 5 minutes:', '', `  ${url}`, '')
    if (args.browser !== false) tools.openBrowser(url)
  },
})

const printAll = (print: CommandIo['print'], ...lines: readonly string[]): void => {
  for (const line of lines) print(line)
}

const verdict = (report: Report, envelope: VerifiedEnvelope | undefined): string => {
  const failures = report.steps.filter((step) => step.outcome === 'failed').map((step) => stepTitles[step.id])
  if (failures.length > 0) return `Not in order: ${failures.join(', ')}.`
  return envelope === undefined
    ? 'In order as far as it can be seen without a token.'
    : 'In order: a client can bootstrap, sign in, fetch its envelope and verify it.'
}

const summary = (manager: string, report: Report, envelope: VerifiedEnvelope | undefined) => ({
  manager,
  ok: !report.failed,
  steps: report.steps,
  ...(envelope === undefined
    ? {}
    : {
        envelope: {
          etag: envelope.etag,
          kid: envelope.kid,
          manager: envelope.manager,
          serial: envelope.serial ?? null,
          issued_at: formatInstant(envelope.issuedAt),
          not_after: formatInstant(envelope.notAfter),
          directives: [...envelope.directives.keys()],
        },
      }),
})
