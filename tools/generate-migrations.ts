import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './pinned-node.mjs'

const folder = join(root, 'server/adapters/database')
const dialects = ['sqlite', 'postgres'] as const

/** The module with the text of every migration: neither Node nor a bundle can import a file of SQL as it is. */
export const migrationsModule = async (dialect: (typeof dialects)[number]): Promise<string> => {
  const files = (await readdir(join(folder, dialect, 'migrations'))).filter((name) => name.endsWith('.sql'))
  const entries = await Promise.all(
    files.toSorted().map(async (file) => {
      const sql = await readFile(join(folder, dialect, 'migrations', file), 'utf8')
      const text = sql.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')
      return `  {\n    name: '${file.slice(0, -'.sql'.length)}',\n    sql: \`${text}\`,\n  },\n`
    }),
  )
  return [
    '// Written by tools/generate-migrations.ts from the files in migrations/.',
    `import type { Migration } from '../migration.ts'\n`,
    `export const ${dialect}Migrations: readonly Migration[] = [\n${entries.join('')}]\n`,
  ].join('\n')
}

export const migrationsFile = (dialect: (typeof dialects)[number]): string =>
  join(folder, dialect, `${dialect}-migrations.ts`)

if (import.meta.main) {
  for (const dialect of dialects) await writeFile(migrationsFile(dialect), await migrationsModule(dialect))
}
