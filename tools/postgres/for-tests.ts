import { startPostgres, type ThrowAwayPostgres } from './start-postgres.ts'

let server: ThrowAwayPostgres | undefined

/** Starts one server for a whole test run; each test makes a database of its own on it. */
export const globalSetup = async (): Promise<void> => {
  server = await startPostgres()
  process.env.TEST_POSTGRES_URL = server.url
}

export const globalTeardown = async (): Promise<void> => {
  await server?.stop()
}
