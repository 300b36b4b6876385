/** Host and path of a URL, which is what a person recognises it by. */
export const hostOf = (url: string): string => url.replace(/^https?:\/\//i, '').replace(/\/+$/, '')
