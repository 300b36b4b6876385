import type { MigrationProblem } from './migration.ts'

export type OpenProblemCode =
  | 'address'
  | 'in_use'
  | 'not_found'
  | 'not_writable'
  | 'not_a_database'
  | 'foreign'
  | 'newer'
  | 'altered'
  | 'refused'
  | 'unreachable'

/** Why a database was not opened, in a sentence that says what to do. It never holds a password. */
export interface OpenProblem {
  readonly code: OpenProblemCode
  readonly message: string
}

/** @param place the file, or the server and the name of the database */
export function describeMigrationProblem(
  problem: MigrationProblem,
  place: string,
  program: string,
): OpenProblem {
  switch (problem.code) {
    case 'newer':
      return {
        code: 'newer',
        message: `${place} was written by Hivewarden ${problem.writtenBy}, which is newer than this ${program}. Start that version or a newer one, or restore a backup that was made before.`,
      }
    case 'altered':
      return {
        code: 'altered',
        message: `${place} was made with another form of the schema step ${problem.name} than Hivewarden ${program} has. Start the version that made it, or restore a backup into an empty database.`,
      }
  }
}

export const foreignProblem = (place: string): OpenProblem => ({
  code: 'foreign',
  message: `${place} holds tables of another program. Give Hivewarden a database of its own.`,
})
