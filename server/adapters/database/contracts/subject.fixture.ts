import type { TestContext } from 'node:test'
import type { Database } from '../../../ports/database.ts'

/** Opens an empty database and closes it after the test. */
export type Subject = (t: TestContext) => Promise<Database>
