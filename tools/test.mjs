import { install } from './install.mjs'
import { runAsProgram, runPinned } from './pinned-node.mjs'
import { provideLibraries } from './provide-libraries.mjs'

// `npm test`: every check and test, from a fresh clone on.
await runAsProgram(async () => {
  await install()
  provideLibraries({ mayInstall: true })
  return runPinned(['tools/test.ts', ...process.argv.slice(2)])
})
