import type { CommandIo } from '../command.ts'
import { printable } from './printable.ts'

/** Everything that is looked at, in order. */
export const stepTitles = {
  bootstrap: 'Bootstrap document',
  addresses: 'Addresses',
  clock: 'Clock',
  keys: 'Signing keys',
  resource: 'Resource metadata',
  discovery: 'Identity provider',
  challenge: 'Without a token',
  token: 'Token',
  config: 'Configuration',
  envelope: 'Envelope',
  revalidation: 'Asked again',
} as const

export type StepId = keyof typeof stepTitles
export type Outcome = 'passed' | 'failed' | 'warning' | 'skipped'

export interface Step {
  readonly id: StepId
  readonly outcome: Outcome
  readonly found: string
  readonly remedy?: string
}

const marks: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', warning: '!', skipped: '–' }
const titleWidth = Math.max(...Object.values(stepTitles).map((title) => title.length)) + 2

/** Notes what each step found, and says so at once where a person reads along. */
export class Report {
  readonly steps: Step[] = []
  readonly #io: CommandIo
  readonly #speaks: boolean
  #unreachable = false

  constructor(io: CommandIo, speaks: boolean) {
    this.#io = io
    this.#speaks = speaks
  }

  /** True when something did not answer at all, so that nothing was found out about it. */
  get unreachable(): boolean {
    return this.#unreachable
  }

  get failed(): boolean {
    return this.steps.some((step) => step.outcome === 'failed')
  }

  pass(id: StepId, found: string): void {
    this.#note({ id, outcome: 'passed', found })
  }

  skip(id: StepId, found: string): void {
    this.#note({ id, outcome: 'skipped', found })
  }

  warn(id: StepId, found: string, remedy: string): void {
    this.#note({ id, outcome: 'warning', found, remedy })
  }

  fail(id: StepId, found: string, remedy: string): undefined {
    this.#note({ id, outcome: 'failed', found, remedy })
  }

  failUnreachable(id: StepId, found: string, remedy: string): undefined {
    this.#unreachable = true
    this.fail(id, found, remedy)
  }

  #note(step: Step): void {
    const clean = {
      ...step,
      found: printable(step.found),
      ...(step.remedy === undefined ? {} : { remedy: printable(step.remedy) }),
    }
    this.steps.push(clean)
    if (!this.#speaks) return
    this.#io.print(`${marks[step.outcome]} ${stepTitles[step.id].padEnd(titleWidth)}${clean.found}`)
    if (clean.remedy !== undefined) this.#io.print(`  ${' '.repeat(titleWidth)}→ ${clean.remedy}`)
  }
}
