/** A header as one text. Node joins the repeated ones by itself, all but Set-Cookie, whatever its types say. */
export const headerText = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(', ')
