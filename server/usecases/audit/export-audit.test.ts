import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyChain } from '../../../domain/audit/verify-chain.ts'
import {
  available,
  codeOf,
  done,
  hidden,
  openOffice,
  owner,
  propose,
  publish,
  told,
} from '../changes/governance.fixture.ts'
import { proposeChange } from '../changes/propose-change.ts'
import { exportAudit } from './export-audit.ts'

test('the exported lines verify by themselves, up to the head that the export names', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  const pieces: string[] = []
  const exported = done(
    await exportAudit(office, owner, { form: 'jsonl', write: async (piece) => void pieces.push(piece) }),
  )
  const events = pieces
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(events.length, exported.events)
  const report = await verifyChain(events, office.sha256, { heads: [exported.last] })
  assert.deepEqual([report.intact, report.last], [true, exported.last])
})

test('that somebody exported the log is in the log', async () => {
  const office = openOffice()
  await propose(office, owner, { playground: hidden })
  done(await exportAudit(office, owner, { form: 'csv', write: async () => {} }))
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.ok(event?.kind === 'audit.exported')
  assert.deepEqual([event.actor.id, event.data], ['ada', { form: 'csv', last: 1 }])
})

test('a title that a spreadsheet would run is text in the exported cells', async () => {
  const office = openOffice()
  const title = "=cmd|' /C calc'!A0"
  done(
    await proposeChange(
      office,
      { ...owner, name: '@SUM(1)' },
      { title, reason: 'R', baseSerial: 0, document: { layers: [] } },
    ),
  )
  const pieces: string[] = []
  done(await exportAudit(office, owner, { form: 'csv', write: async (piece) => void pieces.push(piece) }))
  const [header, line] = pieces.join('').split('\r\n')
  assert.match(header ?? '', /^"sequence","at","kind"/)
  assert.equal(/(?:^|,)"[=+\-@|]/.test(line ?? ''), false)
  assert.match(line ?? '', /"'@SUM\(1\)"/)
})

test('an empty log exports as a header alone, and as no line', async () => {
  const office = openOffice()
  const pieces: string[] = []
  const write = async (piece: string): Promise<void> => void pieces.push(piece)
  assert.equal(done(await exportAudit(office, owner, { form: 'jsonl', write })).events, 0)
  assert.deepEqual(pieces, [])
})

test('writes the next piece when the one before it is out, each of bounded length', async () => {
  const office = openOffice()
  for (const round of Array.from({ length: 1200 }, (_, index) => index)) {
    await propose(office, owner, round % 2 === 0 ? {} : { playground: hidden })
  }
  const lines: number[] = []
  let underWay = 0
  const exported = done(
    await exportAudit(office, owner, {
      form: 'jsonl',
      async write(piece) {
        underWay += 1
        assert.equal(underWay, 1)
        await Promise.resolve()
        lines.push(piece.trimEnd().split('\n').length)
        underWay -= 1
      },
    }),
  )
  assert.equal(exported.events, 1200)
  assert.deepEqual(lines, [500, 500, 200])
})

test('hands out nothing where that cannot be written into the log', async () => {
  const office = openOffice()
  await propose(office, owner, {})
  const pieces: string[] = []
  const outcome = await exportAudit(
    { ...office, audit: { ...office.audit, append: async () => 'unavailable' } },
    owner,
    { form: 'csv', write: async (piece) => void pieces.push(piece) },
  )
  assert.equal(codeOf(outcome), 'unavailable')
  assert.deepEqual(pieces, [])
  assert.deepEqual(await told(office), ['change.proposed id1'])
})
