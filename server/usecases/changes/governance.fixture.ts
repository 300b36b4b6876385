import assert from 'node:assert/strict'
import type { Actor } from '../../../domain/actor.ts'
import { ada, ben, cleo, hidden, shown } from '../../../domain/changes/change.fixture.ts'
import type { Change, RequiredApprovals } from '../../../domain/changes/change.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import type { EnterpriseConfig, PolicyDocument } from '../../../domain/policy/policy-document.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { corpusContext, corpusTime } from '../../../domain/policy/testing/corpus-document.ts'
import type { Result } from '../../../domain/result.ts'
import { createMemoryDatabase, type MemoryDatabase } from '../../adapters/memory/create-memory-database.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import type { Database } from '../../ports/database.ts'
import type { Published } from '../revisions/publish-onto-head.ts'
import { approveChange } from './approve-change.ts'
import type { Governance } from './governance.ts'
import { proposeChange } from './propose-change.ts'
import { publishChange } from './publish-change.ts'
import { submitChange } from './submit-change.ts'
import type { SeenChange } from './take-step.ts'

export { hidden, shown }

export const owner: Actor = { ...ada, roles: ['owner'], address: '192.0.2.1' }
export const editor: Actor = { ...ben, roles: ['editor'] }
export const approver: Actor = { ...cleo, roles: ['approver'] }

/** A manager with a clock and settings that a test turns by hand. */
export interface Office extends Governance {
  /** Unix seconds. */
  now: number
  required: RequiredApprovals
}

export interface MemoryOffice extends Office {
  readonly database: MemoryDatabase
}

export function openOffice(required: RequiredApprovals = 0): MemoryOffice {
  const database = createMemoryDatabase()
  return Object.assign(openOfficeOn(database, required), { database })
}

export function openOfficeOn(database: Database, required: RequiredApprovals): Office {
  let ids = 0
  const office: Office = {
    now: corpusTime,
    required,
    revisions: database.revisions,
    changes: database.changes,
    audit: database.audit,
    clock: { now: () => office.now * 1000 },
    sha256,
    newId: () => {
      ids += 1
      return `id${ids}`
    },
    readCertificate: corpusContext.readCertificate,
    requiredApprovals: () => office.required,
  }
  return office
}

/** The value of an outcome that is expected to be there. */
export function done<Value>(outcome: Result<Value, ChangeProblem>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.problem))
  return outcome.value
}

export const codeOf = (outcome: Result<unknown, ChangeProblem>): ChangeProblem['code'] | 'ok' =>
  outcome.ok ? 'ok' : outcome.problem.code

/** The part of an answer that does not depend on what it is about. */
export const available = <Value>(value: Value): Exclude<Value, 'unavailable'> => {
  assert.notEqual(value, 'unavailable')
  return value as Exclude<Value, 'unavailable'> // Just checked.
}

export async function propose(
  office: Office,
  by: Actor,
  document: EnterpriseConfig | PolicyDocument,
  baseSerial = 0,
): Promise<Change> {
  const proposal = {
    title: 'A title',
    reason: 'A reason',
    baseSerial,
    document: 'layers' in document ? document : singleLayer(document),
  }
  return done(await proposeChange(office, by, proposal)).change
}

/** Proposed by the editor, submitted, and approved by as many as are required. */
export async function readyChange(
  office: Office,
  document: EnterpriseConfig | PolicyDocument,
  baseSerial = 0,
): Promise<Change> {
  let change = done(await submitChange(office, editor, await propose(office, editor, document, baseSerial)))
  for (const by of [approver, owner].slice(0, office.required)) {
    change = done(await approveChange(office, by, change))
  }
  return change
}

export const publish = async (
  office: Office,
  document: EnterpriseConfig | PolicyDocument,
  baseSerial = 0,
): Promise<Published> =>
  done(await publishChange(office, editor, await readyChange(office, document, baseSerial)))

/** The policy in force, as the newest stored revision says it. */
export async function inForce(office: Office): Promise<PolicyDocument> {
  const head = available(await office.revisions.head())
  const stored = available(await office.revisions.get(head?.serial ?? 0))
  assert.ok(stored?.intact)
  return JSON.parse(stored.revision.text)
}

/** Every event so far, as `kind subject`. */
export async function told(office: Office): Promise<readonly string[]> {
  const events = available(await office.audit.read({ after: 0, limit: 10_000 }))
  return events.map(({ kind, subject }) => `${kind} ${subject.id}`)
}

export const seen = ({ id, version }: SeenChange): SeenChange => ({ id, version })
