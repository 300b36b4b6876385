type Step = () => void | Promise<void>

/**
 * What must be ended again, in three turns: whoever was asked to wait is answered, then the listeners drain, and only
 * then ends what their last requests still needed. The steps of a turn are taken together.
 */
export class Closing {
  readonly #turns = { waiters: [] as Step[], listeners: [] as Step[], sources: [] as Step[] }
  #closed: Promise<void> | undefined

  add(turn: 'waiters' | 'listeners' | 'sources', step: Step): void {
    this.#turns[turn].push(step)
  }

  /** Once, however often it is called. A step that fails keeps no other from being taken. */
  closeAll(): Promise<void> {
    this.#closed ??= this.#takeTurns()
    return this.#closed
  }

  async #takeTurns(): Promise<void> {
    for (const steps of [this.#turns.waiters, this.#turns.listeners, this.#turns.sources]) {
      await Promise.allSettled(steps.map(async (step) => step()))
    }
  }
}
