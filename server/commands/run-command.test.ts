import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { recordIo } from './command-io.fixture.ts'
import type { CommandSpec, ParsedArguments } from './command-spec.ts'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'

async function run(argv: readonly string[], given: readonly CommandSpec[] = commands) {
  const io = recordIo()
  const code = await runCommand(given, argv, io)
  return { code, printed: io.printed.join('\n'), errors: io.errors.join('\n') }
}

describe('the overview', () => {
  for (const argv of [['--help'], ['-h'], ['help']]) {
    test(`${argv[0]} lists every command`, async () => {
      const { code, printed } = await run(argv)
      assert.equal(code, 0)
      for (const { words, summary } of commands) {
        assert.ok(printed.includes(words) && printed.includes(summary), words)
      }
    })
  }

  test('no command at all is wrong usage, and shows it too', async () => {
    const { code, errors } = await run([])
    assert.equal(code, 2)
    assert.ok(errors.startsWith('Hivewarden governs'))
  })
})

for (const command of commands) {
  describe(`hivewarden ${command.words}`, () => {
    for (const flag of ['--help', '-h']) {
      test(`${flag} says what it does, every option, and an example`, async () => {
        const { code, printed } = await run([...command.words.split(' '), flag])
        assert.equal(code, 0)
        assert.ok(printed.startsWith(command.summary))
        for (const [name, { doc }] of Object.entries(command.options)) {
          assert.ok(printed.includes(`--${name}`) && printed.includes(doc), name)
        }
        assert.ok(printed.endsWith(`Example: ${command.example}`))
        assert.ok(command.example.startsWith(`hivewarden ${command.words}`))
      })
    }

    test('an option that is not known is wrong usage, and shows the usage', async () => {
      const { code, errors } = await run([...command.words.split(' '), '--nonsense'])
      assert.equal(code, 2)
      assert.match(errors, /--nonsense/)
      assert.ok(errors.includes(`Example: ${command.example}`))
    })

    test('a word too many is wrong usage', async () => {
      const wanted = command.positionals.map(() => 'word')
      const { code, errors } = await run([...command.words.split(' '), ...wanted, 'surplus'])
      assert.equal(code, 2)
      assert.match(errors, /^surplus is one word too many\./)
    })
  })
}

describe('what is no command', () => {
  for (const [title, argv, advice] of [
    ['a slip of the pen', ['serv'], 'serv is no command. Did you mean serve?'],
    ['a slip in the second word', ['keys', 'lsit'], 'keys lsit is no command. Did you mean keys list?'],
    ['something else', ['frobnicate'], 'frobnicate is no command.\n'],
    ['an option in its place', ['--frobnicate'], '--frobnicate is no command.\n'],
  ] as const) {
    test(`${title} is wrong usage and says what is near`, async () => {
      const { code, errors } = await run(argv)
      assert.equal(code, 2)
      assert.equal(errors.slice(0, advice.length), advice)
    })
  }
})

test('--version and version print the version, --json prints it for programs', async () => {
  const plain = await run(['version'])
  assert.equal((await run(['--version'])).printed, plain.printed)
  const { version, node } = JSON.parse((await run(['version', '--json'])).printed)
  assert.equal(version, plain.printed)
  assert.equal(node, process.version)
})

test('the longest command that fits is the one that is meant', async () => {
  const heard: [string, ParsedArguments][] = []
  const spec = (words: string): CommandSpec => ({
    words,
    summary: words,
    positionals: [{ name: 'FILE', required: false }],
    options: { out: { type: 'string', doc: 'Where.' } },
    example: `hivewarden ${words}`,
    async run(given) {
      heard.push([words, given])
      return 0
    },
  })
  await run(['keys', 'list', 'a.pem', '--out', 'b'], [spec('keys'), spec('keys list')])
  assert.equal(heard[0]?.[0], 'keys list')
  assert.deepEqual({ ...heard[0]?.[1].options }, { out: 'b' })
  assert.deepEqual(heard[0]?.[1].positionals, ['a.pem'])
})

test('a word that is needed and missing is wrong usage and is named', async () => {
  const { code, errors } = await run(['verify'])
  assert.equal(code, 2)
  assert.match(errors, /^FILE\|URL is missing\./)
})

test('an option without its value is wrong usage', async () => {
  const { code, errors } = await run(['check', '--config'])
  assert.equal(code, 2)
  assert.match(errors, /--config/)
})
