import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkDependencies } from './check-dependencies.ts'
import { checkDomain } from './check-domain.ts'
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

/** Names, sizes, words and the lines about dependencies, for every file that is ours. */
export async function checkRepository(root: string): Promise<Inspection> {
  const files = (await listFiles(root)).filter((file) => !isExempt(file))
  const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8')
  const findings = await Promise.all(files.map((file) => checkFile(file, read)))
  const page = await read('docs/dependencies.md').catch(() => '')
  return {
    files: files.length,
    findings: [...findings.flat(), ...checkDependencies(await read('package.json'), page)],
  }
}

async function checkFile(file: string, read: (file: string) => Promise<string>): Promise<readonly Finding[]> {
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
