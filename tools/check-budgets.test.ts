import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { checkDependencies } from './budgets/check-dependencies.ts'
import { anchorsOf, checkLinks } from './budgets/check-links.ts'
import { checkName } from './budgets/check-name.ts'
import { checkCode, checkRepository } from './budgets/check-repository.ts'
import type { Finding } from './budgets/finding.ts'

const lines = (count: number): string => 'export {}\n'.repeat(count)
const functionOf = (count: number, head = 'export function act() {'): string =>
  `${head}\n${'  act()\n'.repeat(count - 2)}}\n`

const severities = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity }) => severity)
const refusals = (file: string, text: string): readonly string[] =>
  checkCode(file, text).flatMap(({ severity, line, message }) =>
    severity === 'refused' ? [`${line ?? ''} ${message}`] : [],
  )

describe('the size of a file', () => {
  it('passes up to 250 lines without a word', () => {
    assert.deepEqual(checkCode('server/a.ts', lines(250)), [])
  })
  it('is noted from 251 lines on', () => {
    assert.deepEqual(severities(checkCode('server/a.ts', lines(251))), ['note'])
    assert.deepEqual(severities(checkCode('server/a.ts', lines(400))), ['note'])
  })
  it('is refused from 401 lines on, in tests too', () => {
    assert.deepEqual(severities(checkCode('server/a.ts', lines(401))), ['refused'])
    assert.deepEqual(severities(checkCode('server/a.test.ts', lines(401))), ['refused'])
  })
  it('may be 600 lines for a corpus', () => {
    assert.deepEqual(checkCode('server/a.corpus.ts', lines(600)), [])
    assert.deepEqual(severities(checkCode('server/a.corpus.ts', lines(601))), ['refused'])
  })
})

describe('the size of a function', () => {
  it('passes up to 40 lines, is noted up to 80, and refused beyond', () => {
    assert.deepEqual(checkCode('server/a.ts', functionOf(40)), [])
    assert.deepEqual(severities(checkCode('server/a.ts', functionOf(41))), ['note'])
    assert.deepEqual(severities(checkCode('server/a.ts', functionOf(80))), ['note'])
    assert.deepEqual(refusals('server/a.ts', functionOf(81)), ['1 act has 81 lines; at most 80 are allowed.'])
  })
  it('may be 120 lines for a component', () => {
    const head = 'export const Page = () => {'
    assert.deepEqual(refusals('app/page.tsx', functionOf(120, head)), [])
    assert.equal(refusals('app/page.tsx', functionOf(121, head)).length, 1)
  })
  it('may be 120 lines for a component inside a wrapper', () => {
    const wrapped = `${functionOf(120, 'export const Page = memo(() => {').trimEnd()})\n`
    assert.deepEqual(refusals('app/page.tsx', wrapped), [])
  })
  it('is no other in a page for a function that is no component', () => {
    assert.equal(refusals('app/page.tsx', functionOf(81, 'export const load = () => {')).length, 1)
  })
  it('counts the functions inside it and the methods of a class', () => {
    const nested = `const outer = () => {\n${functionOf(79, 'const inner = () => {')}\n}\n`
    assert.equal(refusals('server/a.ts', nested).length, 1)
    assert.equal(refusals('server/a.ts', `class A {\n${functionOf(81, 'act() {')}}\n`).length, 1)
  })
  it('is left to the size of the file in tests', () => {
    assert.deepEqual(checkCode('server/a.test.ts', functionOf(200, 'describe("a", () => {')), [])
  })
})

describe('words that have no place in code', () => {
  const comment = (text: string): string => `// ${text}\nexport {}\n`

  it('include work that is put off', () => {
    assert.match(refusals('server/a.ts', comment(`${'TO'}DO: later`))[0] ?? '', /^1 A comment says/)
    assert.equal(refusals('server/a.ts', `export const a = 1 /* ${'FIX'}ME */\n`).length, 1)
    assert.equal(refusals('app/a.tsx', `const a = <p>{/* ${'TO'}DO */}</p>\n`).length, 1)
  })
  it('include checks that are silenced', () => {
    assert.equal(refusals('server/a.ts', comment(`${'@ts'}-ignore`)).length, 1)
    assert.equal(refusals('server/a.ts', comment(`${'biome'}-ignore lint: no`)).length, 1)
    assert.equal(refusals('server/a.ts', 'const a = b as any\n').length, 1)
  })
  it('do not include the same letters in a text', () => {
    assert.deepEqual(refusals('server/a.ts', `const a = '${'TO'}DO'\n`), [])
  })
  it('include tests that are left out', () => {
    assert.equal(refusals('a.test.ts', "test.skip('a', () => {})\n").length, 1)
    assert.equal(refusals('a.test.ts', "describe.only('a', () => {})\n").length, 1)
    assert.equal(refusals('a.test.ts', "test('a', { todo: true }, () => {})\n").length, 1)
    assert.equal(refusals('a.test.ts', "test('a', (t) => t.skip())\n").length, 1)
  })
  it('do not include a method of that name elsewhere', () => {
    assert.deepEqual(refusals('a.test.ts', "report.skip('token')\n"), [])
    assert.deepEqual(refusals('server/a.ts', "test.skip('a')\n"), [])
  })
})

describe('the domain', () => {
  const impure: readonly (readonly [string, string])[] = [
    ['a clock', 'Date.now()'],
    ['a date of now', 'new Date()'],
    ['a date as text', 'Date()'],
    ['a date made outside its file', 'new Date(0)'],
    ['randomness', 'Math.random()'],
    ['an environment', 'process.env'],
    ['a network', "fetch('/')"],
  ]
  for (const [what, expression] of impure) {
    it(`has no ${what.replace(/^an? /, '')}: ${expression}`, () => {
      assert.equal(refusals('domain/a.ts', `export const a = ${expression}\n`).length, 1)
    })
  }
  it('makes dates in one file, out of a time that it is told', () => {
    assert.deepEqual(refusals('domain/instant.ts', 'export const a = new Date(0)\n'), [])
    assert.equal(refusals('domain/instant.ts', 'export const a = new Date()\n').length, 1)
  })
  it('may be tested with all of that, and the server may use it', () => {
    assert.deepEqual(refusals('domain/a.test.ts', 'Date.now()\n'), [])
    assert.deepEqual(refusals('server/a.ts', 'Date.now()\n'), [])
  })
  it('may have a member of that name', () => {
    assert.deepEqual(refusals('domain/a.ts', 'port.fetch(source.now())\n'), [])
  })
})

describe('a name', () => {
  const good = [
    'server/http/a.ts',
    'domain/json/read-json.property.test.ts',
    'app/entry.client.tsx',
    '.dependency-cruiser.cjs',
    '.ci/run',
    'README.md',
    'docs/decisions/0001-one-process.md',
    'Dockerfile',
    'LICENSE',
  ]
  for (const file of good) {
    it(`passes: ${file}`, () => assert.deepEqual(checkName(file), []))
  }
  const bad = ['server/readJson.ts', 'server/read_json.ts', 'app/Overview.tsx', 'server/Http/a.ts']
  for (const file of bad) {
    it(`is refused where it is not in kebab-case: ${file}`, () => assert.equal(checkName(file).length, 1))
  }
  const empty = ['utils', 'helpers', 'common', 'lib', 'misc']
  for (const word of empty) {
    it(`is refused where it says nothing: ${word}`, () => {
      assert.equal(checkName(`server/${word}/a.ts`).length, 1)
      assert.equal(checkName(`server/${word}.ts`).length, 1)
    })
  }
})

describe('a direct dependency', () => {
  const manifest = JSON.stringify({ dependencies: { a: '1' }, optionalDependencies: { '@s/b': '1' } })
  it('has a line that says why it is there', () => {
    assert.deepEqual(checkDependencies(manifest, '| `a`, `@s/b` | why |\n'), [])
  })
  it('is refused without one', () => {
    assert.match(checkDependencies(manifest, '| `a` | why |\n')[0]?.message ?? '', /^@s\/b has no line/)
  })
  it('is refused when it is gone and its line is not', () => {
    const [finding] = checkDependencies(manifest, '| `a`, `@s/b` | why |\n| `c` | why |\n')
    assert.equal(finding?.line, 2)
    assert.match(finding?.message ?? '', /^c is no direct dependency/)
  })
  it('may be mentioned in prose and in other cells', () => {
    assert.deepEqual(checkDependencies(manifest, '`x`\n| `a`, `@s/b` | not `y` |\n'), [])
  })
})

describe('a link between pages', () => {
  const other = '# The `other` page\n## When a key was stolen\n```\n# no heading\n```\n'
  const targets = {
    has: (path: string) => ['docs', 'docs/other.md', 'docs/page.md', 'LICENSE'].includes(path),
    anchorsOf: () => anchorsOf(other),
  }
  const problems = (text: string): readonly string[] =>
    checkLinks('docs/page.md', text, targets).map(({ line, message }) => `${line} ${message}`)

  it('leads to a file, a folder or a heading', () => {
    assert.deepEqual(problems('[a](other.md) [b](../LICENSE) [c](../docs/)'), [])
    assert.deepEqual(problems('[a](other.md#when-a-key-was-stolen) [b](#the-other-page)'), [])
  })
  it('is refused where it leads nowhere', () => {
    assert.deepEqual(problems('\n![a](images/gone.png)'), ['2 The link to images/gone.png leads nowhere.'])
    assert.deepEqual(problems('[a](other.md#no-heading)'), ['1 docs/other.md has no heading "#no-heading".'])
  })
  it('is not looked for in code, and not followed to other places', () => {
    assert.deepEqual(problems('`[a](gone.md)`\n```\n[a](gone.md)\n```\n[a](https://example.com)'), [])
  })
})

describe('a repository', () => {
  const repository = async (t: TestContext, files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'hivewarden-budgets-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    for (const [file, text] of Object.entries({ 'package.json': '{}', ...files })) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text)
    }
    return folder
  }

  it('is looked at without what git ignores, what others wrote, and vectors', async (t) => {
    const root = await repository(t, {
      '.gitignore': '*.log\nbuild/\nnode_modules/\n',
      'build/Out.js': lines(500),
      'app/node_modules/a/Index.js': lines(500),
      'docs/contract/Client_API.yaml': '',
      'domain/vectors/Some_Case.json': '',
      'server/a.ts': lines(1),
    })
    const { files, findings } = await checkRepository(root)
    assert.equal(files, 3)
    assert.deepEqual(findings, [])
  })
  it('gives each finding its file', async (t) => {
    const root = await repository(t, {
      'server/a.ts': lines(401),
      'app/styles.css': 'a {}\n'.repeat(401),
      'app/misc/b.ts': '',
      'docs/contract/page.md': '[a](gone.md)\n',
      'package.json': '{"dependencies":{"left-pad":"1"}}',
    })
    const { findings } = await checkRepository(root)
    assert.deepEqual(findings.map(({ file }) => file).sort(), [
      'app/misc/b.ts',
      'app/styles.css',
      'docs/contract/page.md',
      'package.json',
      'server/a.ts',
    ])
  })
})
