import { install } from './install.mjs'
import { runAsProgram, runPinned } from './pinned-node.mjs'
import { provideLibraries } from './provide-libraries.mjs'

// `npm run build`: installs what is missing, then builds what is stale.
await runAsProgram(async () => {
  await install()
  provideLibraries({ mayInstall: false })
  return runPinned(['tools/build.ts', ...process.argv.slice(2)])
})
