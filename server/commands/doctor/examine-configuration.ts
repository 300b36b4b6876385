import type { EnvelopeRefusal } from '../../../domain/envelope/envelope-refusal.ts'
import type { VerifiedEnvelope } from '../../../domain/envelope/verified-envelope.ts'
import { verifyEnvelope } from '../../../domain/envelope/verify-envelope.ts'
import { formatInstant } from '../../../domain/instant.ts'
import { limits } from '../../../domain/limits.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { Bootstrap } from './examine-manager.ts'
import { describeFetchProblem } from './fetch-problem-words.ts'
import { describeError, parseMembers } from './read-document.ts'
import type { Report, StepId } from './report.ts'
import type { Answer } from './send.ts'
import type { DoctorTools } from './tools.ts'

/** The examination shows what the command-line client is given. */
const client = { 'X-Client-Type': 'toolhive-cli', 'X-Client-Version': '1.0.0' }

const ask = async (
  id: StepId,
  url: string,
  headers: Readonly<Record<string, string>>,
  report: Report,
  tools: DoctorTools,
): Promise<Answer | undefined> => {
  const sent = await tools.send(url, {
    headers: { ...client, ...headers },
    bytes: limits.envelope.bytes,
    timeout: limits.request.timeout,
  })
  if (sent.ok) return sent.value
  const trouble = describeFetchProblem(sent.problem, url)
  if (trouble.unreachable) return report.failUnreachable(id, trouble.found, trouble.remedy)
  return report.fail(id, trouble.found, trouble.remedy)
}

/** Without a token the manager must refuse, and say where to get one. */
export const checkChallenge = async (
  bootstrap: Bootstrap,
  report: Report,
  tools: DoctorTools,
): Promise<void> => {
  const answer = await ask('challenge', bootstrap.configEndpoint, {}, report, tools)
  if (answer === undefined) return
  const challenge = answer.header('www-authenticate') ?? ''
  if (answer.status !== 401) {
    const found = `The configuration answers ${answer.status}${errorOf(answer)}, not 401.`
    report.fail('challenge', found, 'Check that no proxy answers in place of the manager.')
  } else if (!/^bearer\b/i.test(challenge)) {
    report.fail(
      'challenge',
      'The refusal does not ask for a bearer token.',
      'Let the proxy pass WWW-Authenticate on.',
    )
  } else {
    report.pass(
      'challenge',
      `401, ${/resource_metadata=/.test(challenge) ? 'says where to get one' : 'asks for one'}`,
    )
  }
}

export const fetchConfiguration = async (
  bootstrap: Bootstrap,
  token: string,
  report: Report,
  tools: DoctorTools,
): Promise<Answer | undefined> => {
  const answer = await ask('config', bootstrap.configEndpoint, bearer(token), report, tools)
  if (answer === undefined) return undefined
  if (answer.status === 200) {
    report.pass('config', `${answer.text.length} characters`)
    return answer
  }
  return report.fail(
    'config',
    `It answers ${answer.status}${errorOf(answer)}.`,
    configurationRemedy(answer.status),
  )
}

const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` })

const configurationRemedy = (status: number): string => {
  if (status === 401) {
    return 'Compare issuer, audience and scope of the token with idpConfig; the manager’s log has the reason.'
  }
  if (status === 503) return 'Look at /readyz of the manager: it says what is missing.'
  return 'Look for the request in the manager’s log.'
}

export const checkEnvelope = async (
  answer: Answer,
  manager: string,
  keys: readonly PublicSigningJwk[],
  report: Report,
  tools: DoctorTools,
): Promise<VerifiedEnvelope | undefined> => {
  const { now, verifySignature } = tools
  const verified = await verifyEnvelope(answer.text, { keys, manager, now: now(), verifySignature })
  if (!verified.ok) {
    const found = `Refused at ${verified.problem.step}: ${verified.problem.reason}.`
    return report.fail('envelope', found, envelopeRemedy(verified.problem))
  }
  const envelope = verified.value
  if (answer.header('etag') !== `"${envelope.etag}"`) {
    return report.fail(
      'envelope',
      `Its tag is ${envelope.etag}, the ETag header says ${answer.header('etag') ?? 'nothing'}.`,
      'Check that no proxy compresses or rewrites the answer.',
    )
  }
  report.pass('envelope', describeEnvelope(envelope))
  return envelope
}

const describeEnvelope = (envelope: VerifiedEnvelope): string =>
  [
    'verified',
    ...(envelope.serial === undefined ? [] : [`serial ${envelope.serial}`]),
    `${envelope.directives.size} ${envelope.directives.size === 1 ? 'directive' : 'directives'}`,
    `valid until ${formatInstant(envelope.notAfter)}`,
    `key ${envelope.kid}`,
  ].join(' · ')

const envelopeRemedy = (refusal: EnvelopeRefusal): string => {
  switch (refusal.step) {
    case 'size':
      return 'Make the policy smaller.'
    case 'form':
    case 'schema_version':
      return 'Check that no proxy rewrites the answer and that this program is not older than the manager.'
    case 'header':
    case 'signature':
      return 'Do not use this configuration: it is not what the manager signed.'
    case 'key':
      return `The key set does not list ${refusal.kid}. Check that no cache in between serves an old one.`
    case 'manager':
      return `It was issued by ${refusal.found}. Hand out that URL, or set resourceURL.`
    case 'issued_at':
    case 'not_after':
      return 'Compare the clocks of this machine and the manager.'
    case 'order':
      return 'Check that every replica serves the same policy.'
  }
}

/** What a client does from then on: it asks whether anything is new, and must be told that nothing is. */
export const checkRevalidation = async (
  bootstrap: Bootstrap,
  token: string,
  tag: string,
  report: Report,
  tools: DoctorTools,
): Promise<void> => {
  const headers = { ...bearer(token), 'If-None-Match': tag }
  const answer = await ask('revalidation', bootstrap.configEndpoint, headers, report, tools)
  if (answer === undefined) return
  if (answer.status === 304) {
    report.pass('revalidation', '304, nothing new')
  } else if (answer.status === 200) {
    const remedy =
      'Harmless once, when the policy changed just now. Run it again; if it stays, look at the proxy.'
    report.warn('revalidation', 'The whole envelope came again.', remedy)
  } else {
    report.fail(
      'revalidation',
      `It answers ${answer.status}${errorOf(answer)}.`,
      configurationRemedy(answer.status),
    )
  }
}

const errorOf = (answer: Answer): string => {
  const members = parseMembers(answer.text)
  return members.ok ? describeError(members.value) : ''
}
