/**
 * Keeps this process from sleeping, so that its answers find it awake: to wake a process on another core is charged to
 * whoever sends to it, and would count against the server the more, the slower it is. Clients are on other machines.
 *
 * @returns ends it, and tells in what share of its looks nothing had arrived. Where that is 0, the load process and
 * not the server was the limit.
 */
export function stayAwake(answers: () => number): () => number {
  let awake = true
  let seen = answers()
  let looks = 0
  let inVain = 0
  const look = (): void => {
    if (!awake) return
    const now = answers()
    looks += 1
    if (now === seen) inVain += 1
    seen = now
    setImmediate(look)
  }
  look()
  return () => {
    awake = false
    return inVain / looks
  }
}
