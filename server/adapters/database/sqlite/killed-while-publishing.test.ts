import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { hashEvent } from '../../../../domain/audit/chain.ts'
import { bundleCommand } from '../../../../tools/bundle-command.ts'
import type { DurableDatabase } from '../../../ports/database.ts'
import { sha256 } from '../../system/sha256.ts'
import { answered } from '../contracts/samples.fixture.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { runApart } from '../testing/run-apart.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'

const publisher = fileURLToPath(new URL('../testing/publish.fixture.ts', import.meta.url))

/** The full run asks for 1,000. */
const rounds = Number(process.env.FAULT_ROUNDS ?? 100)
const LONGEST_LIFE = 40

/** Every revision intact and linked to the one before it, with its event; nothing more and nothing less. */
async function assertWhole({ revisions, audit }: DurableDatabase): Promise<void> {
  const last = answered(await revisions.head())?.serial ?? 0
  let previousSha256 = '0'.repeat(64)
  let previousHash = '0'.repeat(64)
  for (let serial = 1; serial <= last; serial += 1) {
    const stored = answered(await revisions.get(serial))
    assert.ok(stored?.intact === true)
    assert.equal(stored.revision.previousSha256, previousSha256)
    previousSha256 = stored.revision.sha256
    const [event] = answered(await audit.read({ after: serial - 1, limit: 1 }))
    assert.equal(event?.subject.id, String(serial))
    assert.equal(event.previousHash, previousHash)
    assert.equal(event.hash, hashEvent(event, sha256))
    previousHash = event.hash
  }
  assert.equal(answered(await audit.head())?.sequence, last)
}

describe('a SQLite database whose process is killed while it publishes', () => {
  it(`loses no acknowledged revision and gains no other in ${rounds} kills`, async (t) => {
    const folder = await scratch(t)
    const file = join(folder, 'hivewarden.db')
    // A bundle starts ten times as fast as its sources, which counts here.
    await bundleCommand(folder, publisher)
    let known = 0
    for (let round = 0; round < rounds; round += 1) {
      const apart = runApart(t, join(folder, 'hivewarden.mjs'), [file])
      await apart.said('\n')
      await pause(Math.random() * LONGEST_LIFE)
      apart.process.kill('SIGKILL')
      await apart.ended()
      const acknowledged = Number(apart.output().trimEnd().split('\n').at(-1))
      assert.ok(acknowledged > known, apart.output())
      const database = openedSqlite(file, context)
      const found = answered(await database.revisions.head())?.serial ?? 0
      // What was on its way may have arrived: one revision at most.
      assert.ok(found === acknowledged || found === acknowledged + 1)
      assert.equal(answered(await database.audit.head())?.sequence, found)
      known = found
      await database.close()
    }
    const database = openedSqlite(file, context)
    await assertWhole(database)
    await database.close()
  })
})
