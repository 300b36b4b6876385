/** Where reading stopped and what would have been right there. */
export interface ScanStop {
  readonly position: number
  readonly expected: string
}

const whitespace = /[ \t\n\r]*/y
const numberLiteral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

const FIRST_PRINTABLE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Reads the tokens of RFC 8259, each once and from left to right. */
export class JsonScanner {
  readonly text: string
  position = 0
  /** The first thing that is not JSON; reading does not go on after it. */
  stop: ScanStop | undefined

  constructor(text: string) {
    this.text = text
  }

  /** The next character that is not white space; empty at the end. */
  peek(): string {
    this.#match(whitespace)
    return this.text[this.position] ?? ''
  }

  /** Steps over a punctuation character when it is next. */
  take(character: string): boolean {
    if (this.peek() !== character) return false
    this.position += 1
    return true
  }

  takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.position)) return false
    this.position += word.length
    return true
  }

  numberLiteral(): string | undefined {
    const literal = this.#match(numberLiteral)
    if (literal === '') return this.fail('a value')
    // Stops 01, 1.x and +1 from being read as two things.
    return /[\w.+-]/.test(this.text[this.position] ?? '') ? this.fail('a number as JSON writes it') : literal
  }

  /** The text of a string whose opening quote is next. */
  string(): string | undefined {
    const start = this.position
    this.position += 1
    let escaped = false
    for (;;) {
      this.#skipPlainCharacters()
      const next = this.text[this.position]
      if (next === '"') break
      if (next === undefined) return this.fail('" at the end of the text')
      if (next !== '\\') return this.fail('an escape such as \\n in place of a control character')
      if (this.#match(escapeSequence) === '') return this.fail('an escape that JSON knows')
      escaped = true
    }
    this.position += 1
    if (!escaped) return this.text.slice(start + 1, this.position - 1)
    return String(JSON.parse(this.text.slice(start, this.position)))
  }

  fail(expected: string): undefined {
    this.stop ??= { position: this.position, expected }
    return undefined
  }

  #skipPlainCharacters(): void {
    let code = this.text.charCodeAt(this.position)
    while (code >= FIRST_PRINTABLE && code !== QUOTE && code !== BACKSLASH) {
      this.position += 1
      code = this.text.charCodeAt(this.position)
    }
  }

  /** Steps over what the pattern matches here. A pattern without a match leaves the position as it is. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.position += found.length
    return found
  }
}
