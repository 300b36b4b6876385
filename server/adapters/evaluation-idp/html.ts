const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup that is safe to stand in a page. Made by `html` alone. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | Html | readonly Html[]

/** Text becomes text, never markup: stops a parameter of the request from writing into the page. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(String.raw({ raw: strings }, ...parts.map(render)))

const render = (part: Part): string => {
  if (typeof part === 'string')
    return part.replace(/[&<>"']/g, (character) => entities[character] ?? character)
  if (part instanceof Html) return part.text
  return part.map((one) => one.text).join('')
}
