import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders that the .gitignore names, wherever they stand. */
async function ignoredFolders(root: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(root, '.gitignore'), 'utf8').catch(() => '')
  const folders = text.split('\n').filter((line) => line.endsWith('/') && !line.startsWith('#'))
  return new Set(['.git', ...folders.map((line) => line.replaceAll('/', ''))])
}

/** Every file of the repository by its path in it. Asks no git, since a checkout may be an unpacked archive. */
export async function listFiles(root: string): Promise<readonly string[]> {
  const ignored = await ignoredFolders(root)
  const walk = async (folder: string): Promise<string[]> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true })
    const found = await Promise.all(
      entries.map((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) return ignored.has(entry.name) ? [] : walk(path)
        return entry.isFile() ? [path] : []
      }),
    )
    return found.flat()
  }
  return (await walk('')).sort()
}
