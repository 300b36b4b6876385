import ts from 'typescript'
import { budgets } from './budgets.ts'
import type { Finding } from './finding.ts'
import { isCorpus, isTest } from './kind-of-file.ts'
import { type FunctionWithBody, isFunctionWithBody, nameOfFunction, visit } from './syntax.ts'

interface Budget {
  readonly long: number
  readonly most: number
}

const judge = (
  what: string,
  lines: number,
  { long, most }: Budget,
  place: Pick<Finding, 'file' | 'line'>,
) => {
  if (lines <= long) return []
  const finding: Finding =
    lines > most
      ? { ...place, message: `${what} has ${lines} lines; at most ${most} are allowed.`, severity: 'refused' }
      : { ...place, message: `${what} has ${lines} lines; more than ${long} are long.`, severity: 'note' }
  return [finding]
}

export function checkFileSize(file: string, text: string): readonly Finding[] {
  const lines = text.replace(/\n$/, '').split('\n').length
  return judge('The file', lines, isCorpus(file) ? budgets.corpus : budgets.file, { file })
}

/** A test file may hold one long `describe`: there the limit of the file has to do. */
export function checkFunctionSizes(file: string, source: ts.SourceFile): readonly Finding[] {
  if (isTest(file)) return []
  const findings: Finding[] = []
  visit(source, (node) => {
    if (!isFunctionWithBody(node)) return
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
    const last = source.getLineAndCharacterOfPosition(node.end).line
    const name = nameOfFunction(node)
    const what = name === undefined ? 'A function without a name' : name
    const budget = isComponent(file, name, node) ? budgets.component : budgets.function
    findings.push(...judge(what, last - first + 1, budget, { file, line: first + 1 }))
  })
  return findings
}

const isComponent = (file: string, name: string | undefined, node: FunctionWithBody): boolean =>
  file.endsWith('x') && /^[A-Z]/.test(name ?? '') && !ts.isMethodDeclaration(node)
