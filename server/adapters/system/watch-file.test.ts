import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type FileContent, watchFile } from './watch-file.ts'

const told = (content: FileContent): string =>
  content.kind === 'read' ? Buffer.from(content.bytes).toString() : `unreadable: ${content.reason}`

/** A folder, and a watcher on a file in it that looks when the test says so. */
function setUp(t: TestContext, prepare: (folder: string) => string, mostBytes = 100) {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'))
  const path = prepare(folder)
  const heard: string[] = []
  const watched = watchFile(path, { everyMilliseconds: 3_600_000, mostBytes }, (content) => {
    heard.push(told(content))
  })
  t.after(() => {
    watched.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const lookTwice = async (): Promise<void> => {
    await watched.look()
    await watched.look()
  }
  return { folder, path, heard, watched, lookTwice }
}

const file =
  (content: string) =>
  (folder: string): string => {
    const path = join(folder, 'file')
    writeFileSync(path, content)
    return path
  }

test('tells what is there at the first look, and nothing while it stays', async (t) => {
  const { heard, watched } = setUp(t, file('one'))
  await watched.look()
  await watched.look()
  await watched.look()
  assert.deepEqual(heard, ['one'])
})

test('tells a file that was replaced, although it has the same size and the same name', async (t) => {
  const { path, heard, watched, lookTwice } = setUp(t, file('one'))
  await watched.look()
  writeFileSync(`${path}.new`, 'two')
  renameSync(`${path}.new`, path)
  await lookTwice()
  assert.deepEqual(heard, ['one', 'two'])
})

test('tells nothing of a file that is still being written', async (t) => {
  const { path, heard, watched } = setUp(t, file('one'))
  await watched.look()
  writeFileSync(path, 'playground: {}\n')
  await watched.look()
  writeFileSync(path, 'playground: {}\nassistant: {}\n')
  await watched.look()
  assert.deepEqual(heard, ['one'])
  await watched.look()
  assert.deepEqual(heard, ['one', 'playground: {}\nassistant: {}\n'])
})

test('tells nothing of a file that was truncated for a moment', async (t) => {
  const { path, heard, watched, lookTwice } = setUp(t, file('one'))
  await watched.look()
  truncateSync(path)
  await watched.look()
  writeFileSync(path, 'two')
  await lookTwice()
  assert.deepEqual(heard, ['one', 'two'])
})

/** What Kubernetes does: `file` → `..data/file`, `..data` → a folder with the date in its name, which it replaces. */
function configMap(folder: string): string {
  const version = join(folder, '..2026_01_01')
  mkdirSync(version)
  writeFileSync(join(version, 'file'), 'one')
  symlinkSync('..2026_01_01', join(folder, '..data'))
  symlinkSync('..data/file', join(folder, 'file'))
  return join(folder, 'file')
}

test('follows a ConfigMap, which changes by a symbolic link that moves', async (t) => {
  const { folder, heard, watched, lookTwice } = setUp(t, configMap)
  await watched.look()
  mkdirSync(join(folder, '..2026_01_02'))
  writeFileSync(join(folder, '..2026_01_02', 'file'), 'two')
  symlinkSync('..2026_01_02', join(folder, '..data_tmp'))
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
  rmSync(join(folder, '..2026_01_01'), { recursive: true })
  await lookTwice()
  assert.deepEqual(heard, ['one', 'two'])
})

test('tells once that a file has vanished, and again when it is back', async (t) => {
  const { path, heard, watched, lookTwice } = setUp(t, file('one'))
  await watched.look()
  unlinkSync(path)
  await lookTwice()
  await lookTwice()
  writeFileSync(path, 'one')
  await lookTwice()
  assert.deepEqual(heard, ['one', 'unreadable: it does not exist', 'one'])
})

test('a file that was gone for less than two looks was never gone', async (t) => {
  const { path, heard, watched, lookTwice } = setUp(t, file('one'))
  await watched.look()
  unlinkSync(path)
  await watched.look()
  writeFileSync(path, 'two')
  await lookTwice()
  assert.deepEqual(heard, ['one', 'two'])
})

for (const [title, prepare, reason] of [
  ['a file that is not there', (folder: string) => join(folder, 'file'), 'it does not exist'],
  ['a directory', (folder: string) => folder, 'it is not a file'],
  ['a device without end', () => '/dev/zero', 'it is not a file'],
  ['a larger file', file('x'.repeat(101)), 'it is larger than 100 bytes'],
  [
    'a pipe, for which it does not wait',
    (folder: string) => {
      execFileSync('mkfifo', [join(folder, 'file')])
      return join(folder, 'file')
    },
    'it is not a file',
  ],
  [
    'links that lead in a circle',
    (folder: string) => {
      symlinkSync('file', join(folder, 'file'))
      return join(folder, 'file')
    },
    'its symbolic links form a loop',
  ],
] as const) {
  test(`says why it cannot read ${title}`, async (t) => {
    const { heard, watched } = setUp(t, prepare)
    await watched.look()
    assert.deepEqual(heard, [`unreadable: ${reason}`])
  })
}

test('reads a file of exactly the size that is allowed', async (t) => {
  const { heard, watched } = setUp(t, file('x'.repeat(100)))
  await watched.look()
  assert.deepEqual(heard, ['x'.repeat(100)])
})

test('looks that come at the same time are one', async (t) => {
  const { heard, watched } = setUp(t, file('one'))
  await Promise.all([watched.look(), watched.look(), watched.look()])
  assert.deepEqual(heard, ['one'])
})

test('looks by itself until it is stopped', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const heard = await new Promise<string>((resolve) => {
    const watched = watchFile(file('one')(folder), { everyMilliseconds: 5, mostBytes: 10 }, (content) => {
      watched.stop()
      resolve(told(content))
    })
    // The watcher keeps no process alive; this does, until it has looked.
    const patience = setTimeout(resolve, 10_000, 'never')
    t.after(() => clearTimeout(patience))
  })
  assert.equal(heard, 'one')
})
