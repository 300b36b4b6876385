import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sha256 } from '../system/sha256.ts'
import { planMigrations } from './migration.ts'

const one = { name: '0001-one', sql: 'one' }
const two = { name: '0002-two', sql: 'two' }
const applied = ({ name, sql }: typeof one, writtenBy = '1.0.0') => ({ name, sha256: sha256(sql), writtenBy })

describe('the steps of the schema that are to be applied', () => {
  it('are all of them on an empty database', () => {
    assert.deepEqual(planMigrations([one, two], []), { ok: true, value: [one, two] })
  })
  it('are those after the last one applied', () => {
    assert.deepEqual(planMigrations([one, two], [applied(one)]), { ok: true, value: [two] })
  })
  it('are none on a database that has them', () => {
    assert.deepEqual(planMigrations([one], [applied(one)]), { ok: true, value: [] })
  })
  it('are refused on a newer database, with the version that wrote it last', () => {
    const found = [applied(one), applied(two, '2.0.0'), { ...applied(two, '3.1.0'), name: '0003' }]
    assert.deepEqual(planMigrations([one], found), {
      ok: false,
      problem: { code: 'newer', writtenBy: '3.1.0' },
    })
  })
  it('are refused when one was applied in other words', () => {
    const found = [{ ...applied(one), sha256: sha256('other') }]
    assert.deepEqual(planMigrations([one, two], found), {
      ok: false,
      problem: { code: 'altered', name: '0001-one' },
    })
  })
  it('are refused when one was left out', () => {
    assert.deepEqual(planMigrations([one, two], [applied(two)]), {
      ok: false,
      problem: { code: 'altered', name: '0002-two' },
    })
  })
})
