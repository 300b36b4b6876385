import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { migrationsFile, migrationsModule } from './generate-migrations.ts'

describe('the migrations that the program carries', () => {
  it('are the files of SQLite, word for word', async () => {
    assert.equal(await readFile(migrationsFile('sqlite'), 'utf8'), await migrationsModule('sqlite'))
  })
  it('are the files of PostgreSQL, word for word', async () => {
    assert.equal(await readFile(migrationsFile('postgres'), 'utf8'), await migrationsModule('postgres'))
  })
})
