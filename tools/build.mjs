import { install } from './install.mjs'
import { runAsProgram, runPinned } from './pinned-node.mjs'

// `npm run build`: installs what is missing, then builds what is stale.
await runAsProgram(async () => {
  await install()
  return runPinned(['tools/build.ts', ...process.argv.slice(2)])
})
