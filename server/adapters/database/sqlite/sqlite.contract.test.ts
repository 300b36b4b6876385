import { join } from 'node:path'
import { describe } from 'node:test'
import { databaseContract } from '../contracts/database.contract.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'

describe('a SQLite database', () =>
  databaseContract(async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    const database = openedSqlite(file, context)
    t.after(() => database.close())
    return database
  }))
