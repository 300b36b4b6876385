type Step = () => void | Promise<void>

/** What must be ended again. Listeners drain together, since each waits for the clients of its own. */
export class Closing {
  readonly #steps: Step[] = []
  #closed: Promise<void> | undefined

  add(step: Step): void {
    this.#steps.push(step)
  }

  /** For what the others wait on: answering those who were asked to wait. */
  addFirst(step: Step): void {
    this.#steps.unshift(step)
  }

  /** Once, however often it is called. A step that fails keeps no other from being taken. */
  closeAll(): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#steps.map(async (step) => step())).then(() => undefined)
    return this.#closed
  }
}
