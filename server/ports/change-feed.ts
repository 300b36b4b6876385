/** Says that something was committed, by whichever replica. It says neither what nor how often: read and compare. */
export interface ChangeFeed {
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void
}
