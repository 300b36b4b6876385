import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './pinned-node.mjs'

const forTestsOnly = /\.(?:test|contract|corpus|fixture|fuzz)\.(?:[a-z]+\.)?tsx?$/

const filesBelow = (path: string): string[] =>
  statSync(join(root, path)).isFile()
    ? [path]
    : globSync('**/*', { cwd: join(root, path), withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
        .filter((file) => !forTestsOnly.test(file))

/** One digest over the names and contents of files and folders; tests do not count, for no build contains them. */
export const fingerprint = (paths: readonly string[], ...more: readonly string[]): string => {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow).sort()) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  for (const text of more) hash.update(`${text.length}\0${text}`)
  return hash.digest('hex')
}
