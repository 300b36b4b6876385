import { describe } from 'node:test'
import { databaseContract } from '../contracts/database.contract.ts'
import { emptyPostgres, openedPostgres } from '../testing/postgres.fixture.ts'
import { context } from '../testing/scratch.fixture.ts'

describe('a PostgreSQL database', () =>
  databaseContract(async (t) => {
    const url = await emptyPostgres(t)
    const database = await openedPostgres(url, context)
    t.after(() => database.close())
    return database
  }))
