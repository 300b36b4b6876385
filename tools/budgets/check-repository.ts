import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkDependencies } from './check-dependencies.ts'
import { checkDomain } from './check-domain.ts'
import { anchorsOf, checkLinks } from './check-links.ts'
import { checkName } from './check-name.ts'
import { checkFileSize, checkFunctionSizes } from './check-size.ts'
import { checkWords } from './check-words.ts'
import type { Finding } from './finding.ts'
import { isCode, isDomain, isExempt, isStylesheet } from './kind-of-file.ts'
import { listFiles } from './list-files.ts'
import { parse } from './syntax.ts'

export interface Inspection {
  readonly files: number
  readonly findings: readonly Finding[]
}

type Read = (file: string) => Promise<string>

/** Names, sizes, words, links and the lines about dependencies, for every file that is ours. */
export async function checkRepository(root: string): Promise<Inspection> {
  const everything = await listFiles(root)
  const files = everything.filter((file) => !isExempt(file))
  const read: Read = (file) => readFile(join(root, file), 'utf8')
  const findings = await Promise.all(files.map((file) => checkFile(file, read)))
  const page = await read('docs/dependencies.md').catch(() => '')
  return {
    files: files.length,
    findings: [
      ...findings.flat(),
      ...(await checkPages(everything, read)),
      ...checkDependencies(await read('package.json'), page),
    ],
  }
}

async function checkPages(files: readonly string[], read: Read): Promise<readonly Finding[]> {
  const pages = new Map<string, string>()
  for (const file of files) if (file.endsWith('.md')) pages.set(file, await read(file))
  const places = new Set(files.flatMap((file) => [file, ...foldersOf(file)]))
  const targets = {
    has: (path: string) => places.has(path),
    anchorsOf: (page: string) => anchorsOf(pages.get(page) ?? ''),
  }
  return [...pages].flatMap(([page, text]) => checkLinks(page, text, targets))
}

const foldersOf = (file: string): readonly string[] =>
  file.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))

async function checkFile(file: string, read: Read): Promise<readonly Finding[]> {
  const named = checkName(file)
  if (isStylesheet(file)) return [...named, ...checkFileSize(file, await read(file))]
  if (!isCode(file)) return named
  return [...named, ...checkCode(file, await read(file))]
}

export function checkCode(file: string, text: string): readonly Finding[] {
  const source = parse(file, text)
  return [
    ...checkFileSize(file, text),
    ...checkFunctionSizes(file, source),
    ...checkWords(file, source),
    ...(isDomain(file) ? checkDomain(file, source) : []),
  ]
}
