import type { Finding } from './finding.ts'

const MANIFEST = 'package.json'
const PAGE = 'docs/dependencies.md'
const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** Each direct dependency has a line that says why it is there, and no line speaks of one that is gone. */
export function checkDependencies(manifest: string, page: string): readonly Finding[] {
  const wanted = new Set(directDependencies(manifest))
  const lines = describedDependencies(page)
  const described = new Set(lines.map(({ name }) => name))
  const missing = [...wanted]
    .filter((name) => !described.has(name))
    .map((name) => refuse(MANIFEST, `${name} has no line in ${PAGE} that says why it is there.`))
  const stale = lines
    .filter(({ name }) => !wanted.has(name))
    .map(({ name, line }) => refuse(PAGE, `${name} is no direct dependency any more.`, line))
  return [...missing, ...stale]
}

const refuse = (file: string, message: string, line?: number): Finding =>
  line === undefined ? { file, message, severity: 'refused' } : { file, line, message, severity: 'refused' }

function directDependencies(manifest: string): readonly string[] {
  const members: Record<string, Record<string, string>> = JSON.parse(manifest)
  return groups.flatMap((group) => Object.keys(members[group] ?? {}))
}

/** Names in code type in the first cell of a row of a table. */
function describedDependencies(page: string): readonly { name: string; line: number }[] {
  return page.split('\n').flatMap((text, index) => {
    const cell = /^\|([^|]*)\|/.exec(text)?.[1] ?? ''
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, line: index + 1 }))
  })
}
