export interface Listeners {
  add(listener: () => void): () => void
  tell(): void
}

/** Those who want to hear of a change. One that unsubscribes while it is told misses nobody else's turn. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell() {
      for (const listener of [...listeners]) listener()
    },
  }
}
