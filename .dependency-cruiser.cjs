/**
 * Who may import whom: the table in docs/architecture.md, as rules. The inside knows nothing of the outside.
 */
const tests = '\\.(test|contract|corpus|fixture|fuzz\\.test|property\\.test)\\.tsx?$|/testing/'

/** What `from` may import; `node:` and packages are listed by their own rules. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: {
    pathNot: to,
    dependencyTypesNot: ['npm', 'core', 'npm-dev', 'npm-optional', 'npm-peer', 'type-only'],
    path: '^(domain|server|app|tools|e2e|bench|public)/',
  },
})

/** The same, where even a type may not come from elsewhere. */
const onlyEvenTypes = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { pathNot: to, path: '^(domain|server|app|tools|e2e|bench|public)/' },
})

module.exports = {
  forbidden: [
    onlyEvenTypes(
      'domain-stands-alone',
      '^domain/',
      '^domain/',
      'The domain is the inside: it imports nobody.',
    ),
    {
      name: 'domain-imports-only-the-schema-library',
      severity: 'error',
      from: { path: '^domain/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod/' },
    },
    onlyEvenTypes(
      'ports-know-the-domain',
      '^server/ports/',
      '^(domain|server/ports)/',
      'A port is an interface in words of the domain.',
    ),
    onlyEvenTypes(
      'use-cases-know-ports',
      '^server/usecases/',
      '^(domain|server/ports|server/usecases)/',
      'A use case reaches the world through ports.',
    ),
    {
      name: 'use-cases-need-no-platform',
      severity: 'error',
      from: { path: '^server/usecases/', pathNot: tests },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'adapters-know-only-themselves',
      comment: 'An adapter may use the bricks system, limited-fetch and yaml; it knows no other adapter.',
      severity: 'error',
      from: { path: '^server/adapters/([^/]+)/', pathNot: tests },
      to: {
        path: '^(server|app|tools|e2e|bench)/',
        pathNot: '^server/(ports/|adapters/($1|system|limited-fetch|yaml)/)',
      },
    },
    {
      name: 'client-endpoints-know-no-adapter',
      severity: 'error',
      from: { path: '^server/http/', pathNot: tests },
      to: { path: '^server/(adapters|commands|evaluation|compose|main)' },
    },
    {
      name: 'client-endpoints-are-the-hot-path',
      comment: 'No page library, no schema library, no database library between a poll and its answer.',
      severity: 'error',
      from: { path: '^server/http/(manager|problem)/', pathNot: tests },
      to: { path: 'node_modules/|^app/|^server/http/console/' },
    },
    only(
      'pages-know-the-domain',
      '^app/',
      '^(domain|app)/',
      'Use cases reach a page through its load context.',
    ),
    onlyEvenTypes(
      'parts-of-pages-know-no-routes',
      '^app/(features|ui)/',
      '^(domain|app/(features|ui|theme|request-context))',
      '',
    ),
    onlyEvenTypes(
      'parts-of-pages-know-no-features',
      '^app/ui/',
      '^(domain|app/ui)/',
      'Buttons and fields serve every screen.',
    ),
    onlyEvenTypes(
      'end-to-end-tests-stand-outside',
      '^e2e/',
      '^e2e/',
      'They speak HTTP and the command line only.',
    ),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(domain|server|app)/', pathNot: `^app/routes/|\\.d\\.ts$|${tests}` },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^node:|/build/server/index\\.js$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
