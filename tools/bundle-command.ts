import { copyFile, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import { root } from './pinned-node.mjs'

// Packages in CommonJS form ask for Node's own modules through `require`, which an ES module does not have.
const requireForCommonJs = [
  `import { createRequire as createRequireOfBundle } from 'node:module'`,
  'const require = createRequireOfBundle(import.meta.url)',
].join('\n')

/** Bundles the command with all it needs into `folder`: what is seldom used stands in chunks, loaded when asked for. */
export const bundleCommand = async (folder: string, entry = 'server/main.ts'): Promise<void> => {
  await rm(join(folder, 'chunks'), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: { hivewarden: entry },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    external: builtinModules.map((name) => `node:${name}`),
    banner: { js: requireForCommonJs },
    define: {
      'process.env.NODE_ENV': '"production"',
      __HIVEWARDEN_VERSION__: JSON.stringify(manifest.version),
    },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  await copyFile(sqliteOfThisPlatform(), join(folder, 'better-sqlite3.node'))
}

/** SQLite itself is machine code, which no bundle can hold: it stands beside the command. */
const sqliteOfThisPlatform = (): string =>
  join(root, 'node_modules/better-sqlite3/prebuilds', `${process.platform}-${process.arch}.node`)
