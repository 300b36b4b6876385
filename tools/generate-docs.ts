import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { directives } from '../domain/policy/directives/index.ts'
import { directivesPage } from '../domain/policy/directives-page.ts'
import { commandsPage } from './docs/commands-page.ts'
import { settingsPage } from './docs/settings-page.ts'

/** The pages that follow from the code. `--check` writes nothing and fails when one is stale. */
const pages: Readonly<Record<string, () => string>> = {
  'docs/directives.md': () => directivesPage(directives),
  'docs/settings.md': settingsPage,
  'docs/commands.md': commandsPage,
}

const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
for (const [path, page] of Object.entries(pages)) {
  const file = new URL(`../${path}`, import.meta.url)
  const wanted = page()
  if (values.check !== true) {
    await writeFile(file, wanted)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
    console.error(`${path} is stale. Run: node_modules/.bin/node tools/generate-docs.ts`)
    process.exitCode = 1
  }
}
