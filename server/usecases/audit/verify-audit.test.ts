import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashEvent } from '../../../domain/audit/chain.ts'
import type { AuditEvent } from '../../../domain/audit/event.ts'
import { sealRevision } from '../../../domain/revisions/revision.ts'
import type { StoredRevision } from '../../ports/revision-store.ts'
import {
  available,
  codeOf,
  done,
  hidden,
  type MemoryOffice,
  type Office,
  openOffice,
  owner,
  publish,
  shown,
} from '../changes/governance.fixture.ts'
import { verifyAudit } from './verify-audit.ts'

async function busyOffice(): Promise<MemoryOffice> {
  const office = openOffice(1)
  await publish(office, { playground: hidden })
  await publish(office, { playground: shown }, 1)
  await publish(office, { assistant: hidden, playground: shown }, 2)
  return office
}

/** The office as somebody left it who wrote into its database. */
const withEvents = (
  office: Office,
  alter: (events: readonly AuditEvent[]) => readonly AuditEvent[],
): Office => ({
  ...office,
  audit: {
    ...office.audit,
    async read({ after, limit }) {
      const events = alter(available(await office.audit.read({ after: 0, limit: 10_000 })))
      return events.filter(({ sequence }) => sequence > after).slice(0, limit)
    },
  },
})

const withRevisions = (
  office: Office,
  alter: (revisions: readonly StoredRevision[]) => readonly StoredRevision[],
): Office => ({
  ...office,
  revisions: {
    ...office.revisions,
    async list({ before = Number.POSITIVE_INFINITY, limit }) {
      const all = alter(available(await office.revisions.list({ limit: 10_000 })))
      return all.filter(({ serial }) => serial < before).slice(0, limit)
    },
  },
})

const verified = async (office: Office) => done(await verifyAudit(office, owner))

test('finds nothing wrong where nothing was touched, and says how much there is', async () => {
  const office = await busyOffice()
  const progress: number[] = []
  const report = done(await verifyAudit(office, owner, { onProgress: (events) => progress.push(events) }))
  assert.equal(report.intact, true)
  assert.deepEqual([report.chain.events, report.revisions.checked], [12, 3])
  assert.equal(progress.at(-1), 12)
})

test('finds nothing wrong where nothing was written yet', async () => {
  assert.equal((await verified(openOffice())).intact, true)
})

test('finds a changed event', async () => {
  const office = withEvents(await busyOffice(), (events) =>
    events.map((event) => (event.sequence === 4 ? { ...event, words: 'Nothing.' } : event)),
  )
  const report = await verified(office)
  assert.deepEqual(report.chain.findings, [{ code: 'changed', sequence: 4 }])
  assert.equal(report.intact, false)
})

test('finds newest events that were cut off, by the head and by the revision that they told of', async () => {
  const office = withEvents(await busyOffice(), (events) => events.slice(0, 8))
  const report = await verified(office)
  assert.deepEqual(report.chain.findings, [{ code: 'truncated', last: 8, known: 12 }])
  assert.deepEqual(report.revisions.findings, [{ code: 'without_event', serial: 3 }])
})

test('finds a log that was written anew where an event is known from elsewhere', async () => {
  const office = await busyOffice()
  const report = done(await verifyAudit(office, owner, { knownHead: { sequence: 5, hash: 'f'.repeat(64) } }))
  assert.deepEqual(report.chain.findings, [{ code: 'rewritten', sequence: 5 }])
})

test('finds an event that tells of another revision than the stored one', async () => {
  const office = withEvents(await busyOffice(), (events) => {
    const last = events.at(-1)
    if (last?.kind !== 'revision.published') return events
    const forged = { ...last, data: { ...last.data, sha256: 'e'.repeat(64) } }
    return [...events.slice(0, -1), { ...forged, hash: hashEvent(forged, (text) => text.slice(0, 64)) }]
  })
  assert.deepEqual((await verified(office)).revisions.findings, [{ code: 'without_event', serial: 3 }])
})

test('an event of a publish that was emptied is found and does not end the check', async () => {
  const office = withEvents(await busyOffice(), (events) =>
    events.map((event) =>
      event.kind === 'revision.published' ? ({ ...event, data: null } as unknown as AuditEvent) : event,
    ),
  )
  const report = await verified(office)
  assert.deepEqual(report.chain.findings.at(-1), { code: 'changed', sequence: 12 })
  assert.equal(report.revisions.findings.length, 3)
})

test('finds a damaged revision', async () => {
  const office = await busyOffice()
  office.database.damageRevision(2)
  assert.deepEqual((await verified(office)).revisions.findings, [{ code: 'damaged', serial: 2 }])
})

test('finds a revision that was removed', async () => {
  const office = withRevisions(await busyOffice(), (revisions) =>
    revisions.filter(({ serial }) => serial !== 2),
  )
  assert.deepEqual((await verified(office)).revisions.findings, [
    { code: 'unlinked', serial: 3 },
    { code: 'missing', serial: 2 },
  ])
})

test('finds a revision that was replaced and hashed anew', async () => {
  const office = await busyOffice()
  const forged = withRevisions(office, (revisions) =>
    revisions.map((stored) => {
      if (!stored.intact || stored.serial !== 2) return stored
      const { previousSha256, sha256: _, ...draft } = stored.revision
      const link = { serial: 1, sha256: previousSha256 }
      return { ...stored, revision: sealRevision({ ...draft, title: 'Forged' }, link, office.sha256) }
    }),
  )
  assert.deepEqual((await verified(forged)).revisions.findings, [
    { code: 'unlinked', serial: 3 },
    { code: 'without_event', serial: 2 },
  ])
})

test('revisions that are older than a log that was cut at its start need no event', async () => {
  const office = withEvents(await busyOffice(), (events) => events.slice(4))
  const report = await verified(office)
  assert.deepEqual(report.chain.findings, [{ code: 'missing', from: 1, to: 4 }])
  assert.deepEqual(report.revisions.findings, [])
})

test('what is published during the check is no finding', async () => {
  const office = await busyOffice()
  let published = false
  const working: Office = {
    ...office,
    audit: {
      ...office.audit,
      async read(page) {
        if (!published) {
          published = true
          await publish(office, { playground: hidden }, 3)
        }
        return office.audit.read(page)
      },
    },
  }
  assert.equal((await verified(working)).intact, true)
})

test('a store that hands out the same events again and again does not keep the check from ending', async () => {
  const office = await busyOffice()
  const stuck: Office = {
    ...office,
    audit: { ...office.audit, read: () => office.audit.read({ after: 0, limit: 5 }) },
  }
  const { intact, chain } = await verified(stuck)
  assert.equal(intact, false)
  assert.deepEqual(chain.findings.at(-1), { code: 'truncated', last: 5, known: 12 })
})

test('checks page by page what does not fit into one', async () => {
  const office = openOffice()
  let serial = 0
  for (const round of Array.from({ length: 180 }, (_, index) => index)) {
    serial = (await publish(office, { playground: round % 2 === 0 ? hidden : shown }, serial)).revision.serial
  }
  const report = await verified(office)
  assert.deepEqual([report.intact, report.chain.events, report.revisions.checked], [true, 540, 180])
})

test('says that the database is away', async () => {
  const office = await busyOffice()
  office.database.goAway(0)
  assert.equal(codeOf(await verifyAudit(office, owner)), 'unavailable')
})
