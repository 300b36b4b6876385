import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import { ada, ben } from '../changes/change.fixture.ts'
import { checkRevision, NO_REVISION, type Revision, type RevisionDraft, sealRevision } from './revision.ts'

const sha256 = (text: string): string => hash('sha256', text, 'hex')

const draft: RevisionDraft = {
  serial: 7,
  text: '{"layers":[]}',
  title: 'A title',
  reason: 'A reason',
  author: ada,
  approvers: [ben],
  changeId: 'c1',
  publishedAt: 1000,
}
const sealed = sealRevision(draft, { serial: 6, sha256: 'a'.repeat(64) }, sha256)

test('links a revision to the one before it', () => {
  assert.equal(sealed.previousSha256, 'a'.repeat(64))
  assert.equal(checkRevision(sealed, sha256), true)
})

test('the first revision names none before it', () => {
  assert.equal(sealRevision(draft, undefined, sha256).previousSha256, NO_REVISION)
})

const alterations: Readonly<Record<string, Partial<Revision>>> = {
  serial: { serial: 8 },
  document: { text: '{"layers":[] }' },
  title: { title: 'Another' },
  reason: { reason: 'Another' },
  author: { author: ben },
  approvers: { approvers: [] },
  change: { changeId: 'c2' },
  time: { publishedAt: 1001 },
  'previous hash': { previousSha256: 'b'.repeat(64) },
  hash: { sha256: 'c'.repeat(64) },
}
for (const [what, alteration] of Object.entries(alterations)) {
  test(`does not believe a revision with another ${what}`, () => {
    assert.equal(checkRevision({ ...sealed, ...alteration }, sha256), false)
  })
}

test('does not believe a revision that has lost its change', () => {
  const { changeId: _, ...rest } = sealed
  assert.equal(checkRevision(rest, sha256), false)
})

test('does not look at what a store adds to its row', () => {
  const row = { ...sealed, rowId: 3, author: { ...sealed.author, address: '192.0.2.1' } }
  assert.equal(checkRevision(row, sha256), true)
})

for (const [title, serial, previous] of [
  ['the same serial', 6, 6],
  ['a lower serial', 5, 6],
  ['serial 0', 0, undefined],
  ['half a serial', 6.5, 6],
  ['no number', Number.NaN, 6],
] as const) {
  test(`refuses to seal ${title}`, () => {
    const link = previous === undefined ? undefined : { serial: previous, sha256: 'a'.repeat(64) }
    assert.throws(() => sealRevision({ ...draft, serial }, link, sha256), TypeError)
  })
}

test('seals a serial far above the last one, as after a restore', () => {
  assert.equal(
    sealRevision({ ...draft, serial: 900 }, { serial: 6, sha256: NO_REVISION }, sha256).serial,
    900,
  )
})
