const most = 400

// Stops a server from moving the cursor, colouring the terminal or turning the direction of the text.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

export const printable = (text: string): string => {
  const clean = text.replace(unprintable, '�')
  return clean.length <= most ? clean : `${clean.slice(0, most)}…`
}
