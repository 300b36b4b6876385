import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the build puts SQLite itself: beside the command, or above the chunk that this is bundled into. */
const places = ['./better-sqlite3.node', '../better-sqlite3.node']

/** The file with SQLite in a bundled command; undefined in a checkout, where the package finds its own. */
export const findAddon = (): string | undefined =>
  places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((file) => existsSync(file))
