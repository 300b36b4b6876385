export type StoredPayload = Record<string, unknown> & {
  grantId?: string
  uid?: string
  consumed?: number
}

interface Entry {
  readonly payload: StoredPayload
  readonly expiresAt: number
}

/** More than one machine's browser and clients will ever hold; an endless stream of sign-ins cannot fill the memory. */
const entriesAtMost = 2000

/** Where the provider keeps sign-ins, codes and refresh tokens. All of it is gone when the process ends. */
export class MemoryStore {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#entries.size
  }

  /** One model's view of the store, in the shape that the provider asks for. */
  adapterFor = (model: string): ModelAdapter => ({
    upsert: async (id, payload, expiresIn) => this.#put(`${model}:${id}`, payload, expiresIn),
    find: async (id) => this.#get(`${model}:${id}`),
    findByUid: async (uid) => this.#values().find((payload) => payload.kind === model && payload.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = this.#get(`${model}:${id}`)
      if (payload !== undefined) payload.consumed = Math.floor(this.#now() / 1000)
    },
    destroy: async (id) => {
      this.#entries.delete(`${model}:${id}`)
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of this.#entries) {
        if (payload.grantId === grantId) this.#entries.delete(key)
      }
    },
  })

  #put(key: string, payload: StoredPayload, expiresIn: number | undefined): void {
    this.#entries.delete(key)
    if (this.#entries.size >= entriesAtMost) this.#makeRoom()
    const expiresAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : this.#now() + expiresIn * 1000
    this.#entries.set(key, { payload, expiresAt })
  }

  #get(key: string): StoredPayload | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.expiresAt > this.#now()) return entry.payload
    this.#entries.delete(key)
    return undefined
  }

  #values(): StoredPayload[] {
    const now = this.#now()
    return [...this.#entries.values()].filter((entry) => entry.expiresAt > now).map((entry) => entry.payload)
  }

  #makeRoom(): void {
    const now = this.#now()
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAt <= now) this.#entries.delete(key)
    }
    for (const key of this.#entries.keys()) {
      if (this.#entries.size < entriesAtMost) return
      this.#entries.delete(key)
    }
  }
}

export interface ModelAdapter {
  upsert(id: string, payload: StoredPayload, expiresIn?: number): Promise<void>
  find(id: string): Promise<StoredPayload | undefined>
  findByUid(uid: string): Promise<StoredPayload | undefined>
  findByUserCode(userCode: string): Promise<undefined>
  consume(id: string): Promise<void>
  destroy(id: string): Promise<void>
  revokeByGrantId(grantId: string): Promise<void>
}
