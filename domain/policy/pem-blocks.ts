export interface PemBlock {
  readonly label: string
  /** From its BEGIN line to its END line. */
  readonly text: string
}

const begin = '-----BEGIN '
const dashes = '-----'

/** The PEM blocks of a text, in one pass; `undefined` when one has no end. Text between the blocks is left out. */
export function pemBlocks(text: string): readonly PemBlock[] | undefined {
  const blocks: PemBlock[] = []
  let position = text.indexOf(begin)
  while (position !== -1) {
    const labelEnd = text.indexOf(dashes, position + begin.length)
    if (labelEnd === -1) return undefined
    const label = text.slice(position + begin.length, labelEnd)
    if (!/^[A-Z0-9 ]{1,64}$/.test(label)) return undefined
    const footer = `-----END ${label}-----`
    const bodyEnd = text.indexOf(dashes, labelEnd + dashes.length)
    if (bodyEnd === -1 || !text.startsWith(footer, bodyEnd)) return undefined
    const end = bodyEnd + footer.length
    blocks.push({ label, text: text.slice(position, end) })
    position = text.indexOf(begin, end)
  }
  return blocks
}
