import ts from 'typescript'
import type { Finding } from './finding.ts'
import { isTest } from './kind-of-file.ts'
import { lineOf, visit } from './syntax.ts'

const unfinished = /\b(TODO|FIXME|XXX)\b/
const silenced = /@ts-(ignore|expect-error|nocheck)|biome-ignore/
const testFunction = /^(test|it|describe|suite|t|context)$/
const leftOut = /^(skip|only|todo)$/

/** What is put off, silenced or left out: work belongs in an issue, not in a comment that nobody reads. */
export function checkWords(file: string, source: ts.SourceFile): readonly Finding[] {
  const findings: Finding[] = []
  const refuse = (line: number, message: string) =>
    void findings.push({ file, line, message, severity: 'refused' })

  for (const { text, line } of comments(source)) {
    const word = unfinished.exec(text)?.[0]
    if (word !== undefined) refuse(line, `A comment says ${word}. Do it, or open an issue.`)
    const order = silenced.exec(text)?.[0]
    if (order !== undefined) refuse(line, `${order} silences a check. Mend what it complains about.`)
  }
  visit(source, (node) => {
    if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword)
      refuse(lineOf(node, source), '"as any" switches the types off. Say what it is, or parse it.')
    const word = isTest(file) ? wordThatLeavesOut(node) : undefined
    if (word !== undefined)
      refuse(lineOf(node, source), `"${word}" leaves tests out. A test runs, or is deleted.`)
  })
  return findings
}

function comments(source: ts.SourceFile): readonly { text: string; line: number }[] {
  const found = new Map<number, string>()
  const collect = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) found.set(pos, source.text.slice(pos, end))
  }
  const walk = (node: ts.Node): void => {
    collect(ts.getLeadingCommentRanges(source.text, node.pos))
    collect(ts.getTrailingCommentRanges(source.text, node.end))
    for (const child of node.getChildren(source)) if (!ts.isJsxText(child)) walk(child)
  }
  walk(source)
  return [...found].map(([at, text]) => ({
    text,
    line: source.getLineAndCharacterOfPosition(at).line + 1,
  }))
}

/** `test.skip(…)`, `t.todo()`, and `test('…', { skip: true }, …)`. */
function wordThatLeavesOut(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined
  const called = node.expression
  if (ts.isPropertyAccessExpression(called)) {
    const isTestCall = ts.isIdentifier(called.expression) && testFunction.test(called.expression.text)
    return isTestCall && leftOut.test(called.name.text) ? called.name.text : undefined
  }
  if (!ts.isIdentifier(called) || !testFunction.test(called.text)) return undefined
  const options = node.arguments.find(ts.isObjectLiteralExpression)
  return options?.properties
    .map((property) => property.name?.getText())
    .find((name) => leftOut.test(name ?? ''))
}
