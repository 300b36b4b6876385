import type { ManagerState } from '../../../domain/manager-state.ts'

/** What every loader and action of the console receives from the server that carries it. */
export interface ConsoleContext {
  /** One picture per request: every loader of a page sees the same one. */
  readonly managerState: () => Promise<ManagerState>
  /** Quoted on error pages and in the log, so that a person can name the line that belongs to what they saw. */
  readonly requestId: string
  /** The one nonce of this answer's content security policy. */
  readonly nonce: string
  /** The public origin is https, so cookies carry `Secure`. */
  readonly secure: boolean
  /** Writes an unexpected failure of a page to the log, under the request id. */
  readonly report: (failure: unknown) => void
}

declare module '@remix-run/node' {
  interface AppLoadContext extends ConsoleContext {}
}
