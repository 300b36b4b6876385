/** One check of `npm test`. `run` are arguments to the pinned Node. */
export interface TestStep {
  readonly name: string
  readonly title: string
  readonly run: readonly string[]
  readonly needs?: 'browser'
}

const tests = ['--test', '--test-reporter=./tools/brief-reporter.ts', '--test-timeout=300000']

const tool = (path: string, ...args: readonly string[]): readonly string[] => [
  `node_modules/${path}`,
  ...args,
]

/** In the order in which they run: what fails fastest first, what needs a build last. */
export const testSteps: readonly TestStep[] = [
  { name: 'types', title: 'Types', run: tool('typescript/bin/tsc', '-p', 'tsconfig.json') },
  {
    name: 'domain',
    title: 'Types of the domain alone',
    run: tool('typescript/bin/tsc', '-p', 'tsconfig.domain.json'),
  },
  {
    name: 'lint',
    title: 'Format and lint',
    run: tool('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings'),
  },
  {
    name: 'boundaries',
    title: 'Who imports whom',
    run: tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      'domain',
      'server',
      'app',
      'e2e',
      'tools',
      'bench',
    ),
  },
  { name: 'dead-code', title: 'Dead code', run: tool('knip/bin/knip.js') },
  { name: 'budgets', title: 'Sizes of files and functions', run: ['tools/check-budgets.ts'] },
  { name: 'docs', title: 'Generated documents are up to date', run: ['tools/generate-docs.ts', '--check'] },
  {
    name: 'unit',
    title: 'Tests',
    run: [
      ...tests,
      '--test-global-setup=./tools/postgres/for-tests.ts',
      'domain/**/*.test.ts',
      'server/**/*.test.ts',
      'app/**/*.test.ts',
      'tools/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
  },
  { name: 'answers', title: 'Every answer matches the contract', run: ['tools/check-answers.ts'] },
  { name: 'build', title: 'Build', run: ['tools/build.ts'] },
  {
    name: 'e2e',
    title: 'The built product',
    run: [...tests, '--test-concurrency=1', 'e2e/**/*.test.ts', 'e2e/**/*.spec.ts'],
    needs: 'browser',
  },
]
