import type { KeyStore } from '../../ports/key-store.ts'
import type { MemoryTransactions } from './memory-state.ts'

export const createMemoryKeys = ({ state, read, write }: MemoryTransactions): KeyStore => ({
  read: () => read(() => state.ring),
  replace: (keys, expectedVersion, event) =>
    write(event, 'saved', () => {
      if (state.ring.version !== expectedVersion) return 'conflict'
      state.ring = { version: expectedVersion + 1, keys: structuredClone(keys) }
      return 'saved'
    }),
})
