import type { Finding } from './finding.ts'

// Words in lower case with hyphens; dots part a name from its kind: `read-json.property.test.ts`.
const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
// Names that their readers expect so: README.md, LICENSE, Dockerfile.
const conventional = /^([A-Z][A-Z_]*(\.md)?|Dockerfile)$/
// A name that says nothing collects what nobody owns.
const sayNothing = /^(utils?|helpers?|common|lib|misc)$/

/** Kebab-case throughout, and no drawer for odds and ends. */
export function checkName(file: string): readonly Finding[] {
  const parts = file.split('/')
  const name = parts.at(-1) ?? ''
  const findings: Finding[] = []
  const refuse = (message: string) => void findings.push({ file, message, severity: 'refused' })

  for (const folder of parts.slice(0, -1)) {
    if (sayNothing.test(folder)) refuse(`A folder "${folder}" says nothing. Name it for what is in it.`)
    else if (!kebabCase.test(folder)) refuse(`The folder "${folder}" is not in kebab-case.`)
  }
  if (sayNothing.test(name.split('.')[0] ?? '')) refuse(`"${name}" says nothing. Name it for what it does.`)
  else if (!kebabCase.test(name) && !conventional.test(name)) refuse(`"${name}" is not in kebab-case.`)
  return findings
}
