import ts from 'typescript'
import type { Finding } from './finding.ts'
import { lineOf, visit } from './syntax.ts'

/** The one file that turns numbers into dates; it too is told the time. */
const INSTANTS = 'domain/instant.ts'

const forbidden: Readonly<Record<string, string>> = {
  'Date.now': 'The domain has no clock: take the time as an argument.',
  'Math.random': 'The domain has no randomness: take it as an argument.',
  'performance.now': 'The domain has no clock: take the time as an argument.',
}

/** The domain has no clock, no randomness, no environment and no network: the same input gives the same answer. */
export function checkDomain(file: string, source: ts.SourceFile): readonly Finding[] {
  const findings: Finding[] = []
  visit(source, (node) => {
    const message = complaint(file, node)
    if (message !== undefined)
      findings.push({ file, line: lineOf(node, source), message, severity: 'refused' })
  })
  return findings
}

function complaint(file: string, node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date')) {
    if ((node.arguments?.length ?? 0) === 0) return forbidden['Date.now']
    return file === INSTANTS ? undefined : `Dates are made in ${INSTANTS} alone.`
  }
  if (ts.isCallExpression(node)) {
    if (isNamed(node.expression, 'Date')) return forbidden['Date.now']
    return isNamed(node.expression, 'fetch') ? 'The domain has no network.' : undefined
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  if (node.expression.text === 'process') return 'The domain has no environment.'
  return forbidden[`${node.expression.text}.${node.name.text}`]
}

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name
