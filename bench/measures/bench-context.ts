import type { Loader } from '../load/start-loader.ts'
import type { Installation } from '../servers/installation.ts'

/** What every measurement shares. */
export interface BenchContext {
  readonly installation: Installation
  readonly loader: Loader
  /** How many rounds, and how long one is. */
  readonly rounds: number
  readonly roundMilliseconds: number
  /** Access tokens that no manager has seen, each handed out once. */
  newTokens(count: number): Promise<readonly string[]>
}
