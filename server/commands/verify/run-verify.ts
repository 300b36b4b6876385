import { readFile } from 'node:fs/promises'
import { describeRefusal, stepQuestions } from '../../../domain/envelope/describe-refusal.ts'
import {
  type EnvelopeRefusal,
  type EnvelopeStep,
  envelopeSteps,
} from '../../../domain/envelope/envelope-refusal.ts'
import type { VerifiedEnvelope } from '../../../domain/envelope/verified-envelope.ts'
import { type VerifySignature, verifyEnvelope } from '../../../domain/envelope/verify-envelope.ts'
import { formatInstant } from '../../../domain/instant.ts'
import type { Result } from '../../../domain/result.ts'
import { verifySignature } from '../../adapters/key-material/node-envelope-signer.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printable } from '../doctor/printable.ts'
import { send } from '../doctor/send.ts'
import { type Obtained, obtainEnvelope, type Sources, type VerifyArguments } from './obtain-envelope.ts'

export interface VerifyTools extends Sources {
  /** Unix seconds. */
  now(): number
  readonly verifySignature: VerifySignature
}

export const systemVerifyTools: VerifyTools = {
  send,
  readFile: (path) => readFile(path, 'utf8'),
  now: () => Math.floor(Date.now() / 1000),
  verifySignature,
}

export async function runVerify(
  given: VerifyArguments,
  io: CommandIo,
  tools: VerifyTools,
): Promise<ExitCode> {
  const obtained = await obtainEnvelope(given, tools)
  if (!obtained.ok) {
    const { message, exit } = obtained.problem
    if (given.json) io.print(JSON.stringify({ verified: false, problem: message }, null, 2))
    else io.printError(printable(message))
    return exit
  }
  const { text, keys, manager } = obtained.value
  const { now, verifySignature } = tools
  const result = await verifyEnvelope(text, { keys, manager, now: now(), verifySignature })
  if (given.json) io.print(JSON.stringify(asJson(result, obtained.value), null, 2))
  else printSteps(result, obtained.value, io)
  return result.ok ? 0 : 1
}

type Outcome = 'passed' | 'failed' | 'not_checked'
type Verified = Result<VerifiedEnvelope, EnvelopeRefusal>

function outcomes(result: Verified, obtained: Obtained): readonly { step: EnvelopeStep; outcome: Outcome }[] {
  const failedAt = result.ok ? envelopeSteps.length : envelopeSteps.indexOf(result.problem.step)
  return envelopeSteps.map((step, at) => ({ step, outcome: outcomeOf(step, at - failedAt, obtained) }))
}

function outcomeOf(step: EnvelopeStep, distance: number, { managerGiven }: Obtained): Outcome {
  if (distance === 0) return 'failed'
  if (distance > 0) return 'not_checked'
  // There is nothing that was accepted before, and perhaps nobody said which manager it should be.
  return step === 'order' || (step === 'manager' && !managerGiven) ? 'not_checked' : 'passed'
}

const marks: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', not_checked: '–' }

function printSteps(result: Verified, obtained: Obtained, io: CommandIo): void {
  for (const { step, outcome } of outcomes(result, obtained)) {
    const note = outcome === 'not_checked' ? ' (not checked)' : ''
    io.print(`${marks[outcome]} ${stepQuestions[step]}${note}`)
  }
  io.print('')
  if (!result.ok) {
    io.print(`Refused. ${printable(describeRefusal(result.problem))}`)
    return
  }
  const envelope = result.value
  for (const remark of envelope.remarks) io.print(`Remark: ${printable(JSON.stringify(remark))}`)
  io.print(printable(`Verified: ${summary(envelope)}.`))
  if (!obtained.managerGiven) io.print('Name the manager with --manager to check that it comes from there.')
}

const summary = ({ manager, serial, issuedAt, notAfter, kid }: VerifiedEnvelope): string =>
  [
    `${serial === undefined ? 'no serial' : `serial ${serial}`} of ${manager}`,
    `issued ${formatInstant(issuedAt)}`,
    `good until ${formatInstant(notAfter)}`,
    `signed by ${kid}`,
  ].join(', ')

function asJson(result: Verified, obtained: Obtained): object {
  const steps = outcomes(result, obtained)
  if (!result.ok) {
    return { verified: false, steps, refusal: result.problem, problem: describeRefusal(result.problem) }
  }
  const { members, remarks, kid } = result.value
  return { verified: true, steps, kid, envelope: members, remarks }
}
