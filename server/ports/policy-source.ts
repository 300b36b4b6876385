import type { PolicyDocument } from '../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../domain/policy/problem.ts'

/** A policy that passed every check and is served. */
export interface PolicyInForce {
  readonly document: PolicyDocument
  /** Number of the revision; absent where a file governs the policy and states none. */
  readonly serial?: number
  /** Unix seconds; 0 where a file governs the policy, so that replicas agree without talking. */
  readonly publishedAt: number
  /** Unix seconds at which this process took it up. For people only. */
  readonly loadedAt: number
  readonly warnings: readonly PolicyProblem[]
}

/** A newer policy that was not taken up. What was in force before still is. */
export interface PolicyRefusal {
  readonly since: number
  readonly problems: readonly PolicyProblem[]
}

/** Where the policy comes from. It never hands out one that did not pass. */
export interface PolicySource {
  /** In words for a person: a path, or what holds it. */
  readonly describes: string
  /** The same object until the policy changes: callers may compare by identity. */
  current(): PolicyInForce | undefined
  refusal(): PolicyRefusal | undefined
  /** Calls back after `current()` has changed. Returns how to stop that. */
  onChange(listener: () => void): () => void
  stop(): void
}
