/**
 * Canonical JSON (RFC 8785): one text for one value, whatever the order in which its members were written. Keys in
 * the order of their UTF-16 code units, numbers as ECMAScript prints them, no space. What JSON cannot hold is a bug
 * of the caller and throws, since a signature over a guess would be worth nothing.
 */
export function canonicalJson(value: unknown): string {
  return write(value, new Set())
}

function write(value: unknown, above: Set<object>): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      return writeNumber(value)
    case 'string':
      return writeString(value)
    case 'object':
      return writeNested(value, above)
    default:
      throw new TypeError(`JSON cannot hold a ${typeof value}`)
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`)
  return JSON.stringify(value)
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('JSON text cannot hold half of a surrogate pair')
  return JSON.stringify(value)
}

function writeNested(value: object, above: Set<object>): string {
  if (above.has(value)) throw new TypeError('JSON cannot hold a value that contains itself')
  above.add(value)
  const text = Array.isArray(value) ? writeArray(value, above) : writeObject(value, above)
  above.delete(value)
  return text
}

function writeArray(value: readonly unknown[], above: Set<object>): string {
  // Array.from visits the holes of a sparse array, which map would skip.
  return `[${Array.from(value, (item) => write(item, above)).join(',')}]`
}

function writeObject(value: object, above: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('JSON cannot hold an instance of a class')
  }
  // sort() without a comparison orders by UTF-16 code units, as RFC 8785 section 3.2.3 asks.
  const members = new Map<string, unknown>(Object.entries(value))
  const written = [...members.keys()]
    .sort()
    .map((key) => `${writeString(key)}:${write(members.get(key), above)}`)
  return `{${written.join(',')}}`
}
