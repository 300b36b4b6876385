import { parseArgs } from 'node:util'
import { checkRepository } from './budgets/check-repository.ts'
import type { Finding } from './budgets/finding.ts'
import { root, runAsProgram } from './pinned-node.mjs'

const usage = `node tools/check-budgets.ts [--notes]

Checks names, sizes of files and functions, words that have no place in code, the purity of the domain, links between
pages, and that every direct dependency has its line in docs/dependencies.md. --notes also lists what is long and
still allowed.`

const lineFor = ({ file, line, message }: Finding): string =>
  `${file}${line === undefined ? '' : `:${line}`}  ${message}`

await runAsProgram(async () => {
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({ options: { notes: flag, help: flag } })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  const { files, findings } = await checkRepository(root)
  const refused = findings.filter(({ severity }) => severity === 'refused')
  const notes = findings.filter(({ severity }) => severity === 'note')
  for (const note of values.notes === true ? notes : []) console.log(`note: ${lineFor(note)}`)
  for (const finding of refused) console.error(lineFor(finding))
  console.log(`${files} files, ${refused.length} refused, ${notes.length} long but allowed.`)
  return refused.length === 0 ? 0 : 1
})
