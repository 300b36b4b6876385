/**
 * Keeps a secret in a place that others may read. What it is bound to (the `kid` of a key) is checked when it is
 * opened, so that two sealed texts cannot be exchanged for one another.
 */
export interface Sealing {
  seal(secret: Uint8Array, boundTo: string): string
  /** Undefined when it was sealed under another master key, is bound to something else, or was changed. */
  open(sealed: string, boundTo: string): Uint8Array | undefined
}
