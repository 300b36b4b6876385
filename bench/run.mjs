import { install } from '../tools/install.mjs'
import { runAsProgram, runPinned } from '../tools/pinned-node.mjs'
import { provideLibraries } from '../tools/provide-libraries.mjs'

// `npm run bench`: builds what is stale and measures what was built. Arguments go to bench/run.ts.
await runAsProgram(async () => {
  await install()
  provideLibraries({ mayInstall: false })
  const built = await runPinned(['tools/build.ts', '--quiet'])
  if (built !== 0) return built
  return runPinned(['bench/run.ts', ...process.argv.slice(2)])
})
