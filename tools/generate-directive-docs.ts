import { readFile, writeFile } from 'node:fs/promises'
import { directives } from '../domain/policy/directives/index.ts'
import { directivesPage } from '../domain/policy/directives-page.ts'

const page = new URL('../docs/directives.md', import.meta.url)
const wanted = directivesPage(directives)

if (process.argv.includes('--check')) {
  const present = await readFile(page, 'utf8').catch(() => '')
  if (present !== wanted) {
    console.error('docs/directives.md is stale. Run: node tools/generate-directive-docs.ts')
    process.exitCode = 1
  }
} else {
  await writeFile(page, wanted)
}
