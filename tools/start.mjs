import { install } from './install.mjs'
import { runAsProgram, runPinned } from './pinned-node.mjs'
import { provideLibraries } from './provide-libraries.mjs'

// `npm start`: from a fresh clone to a running evaluation installation. Arguments go to `serve`.
await runAsProgram(async () => {
  await install()
  provideLibraries({ mayInstall: false })
  const built = await runPinned(['tools/build.ts', '--quiet'])
  if (built !== 0) return built
  const command = ['build/hivewarden.mjs', 'serve', '--evaluation', ...process.argv.slice(2)]
  return runPinned(command)
})
