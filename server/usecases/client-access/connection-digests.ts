interface Slot {
  token: string
  digest: string
}

/**
 * The digest of a token, kept with the connection that it came over. A client that stays connected, as each one does
 * that waits for news or asks every few seconds, sends the same token again, and to compare it costs a tenth of what
 * digesting it does. Nothing but the digest is taken from here: whether the token is still good is asked each time.
 * The token's text is held no longer than its connection.
 */
export const createConnectionDigests = (
  digest: (token: string) => string,
): ((token: string, connection: object | undefined) => string) => {
  const slots = new WeakMap<object, Slot>()
  return (token, connection) => {
    if (connection === undefined) return digest(token)
    const slot = slots.get(connection)
    if (slot === undefined) {
      const made = { token, digest: digest(token) }
      slots.set(connection, made)
      return made.digest
    }
    if (slot.token !== token) {
      slot.digest = digest(token)
      slot.token = token
    }
    return slot.digest
  }
}
