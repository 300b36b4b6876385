/**
 * Reads a JSON number, or `undefined` when the number that canonical JSON would write is not the one that was
 * written: too large, too small, or with more digits than clients keep. Minus zero becomes zero.
 */
export function exactNumber(literal: string): number | undefined {
  const value = Number(literal)
  if (!isExactJsonNumber(value)) return undefined
  const written = decimal(literal)
  const kept = decimal(String(value))
  return written.digits === kept.digits && written.exponent === kept.exponent ? value + 0 : undefined
}

/** Whether every client reads this number as we do: integers beyond 2^53 - 1 are not the same everywhere. */
export const isExactJsonNumber = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))

/** Sign and digits without zeros at either end, and the power of ten that they stand for. */
function decimal(literal: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = literal.toLowerCase().split('e')
  const negative = mantissa.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? mantissa.slice(1) : mantissa).split('.')
  const digits = trimStart(whole + fraction)
  const significant = trimEnd(digits)
  if (significant === '') return { digits: '0', exponent: 0 }
  const exponent = Number(power) - fraction.length + (digits.length - significant.length)
  return { digits: negative ? `-${significant}` : significant, exponent }
}

function trimStart(digits: string): string {
  let start = 0
  while (digits[start] === '0') start += 1
  return digits.slice(start)
}

// A pattern such as /0+$/ would take quadratic time on a long run of zeros before another digit.
function trimEnd(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}
