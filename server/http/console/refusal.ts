import type { DoorRefusal } from './door-check.ts'

export type Refusal =
  | DoorRefusal
  | 'media_type'
  | 'body_too_large'
  | 'body_incomplete'
  | 'not_built'
  | 'failed'

interface RefusalAnswer {
  readonly status: number
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a person reads when a request did not reach a page. */
export const refusalAnswer = (refusal: Refusal): RefusalAnswer => {
  switch (refusal) {
    case 'method':
      return {
        status: 405,
        text: 'The console does not know this method.',
        headers: { allow: 'GET, HEAD, POST' },
      }
    case 'address':
    case 'data_request':
      return { status: 404, text: 'There is no page at this address.' }
    case 'cross_site':
      return {
        status: 403,
        text: 'This request did not come from the console. Open the console under its own address and try again.',
      }
    case 'media_type':
      return { status: 415, text: 'The console reads forms only.' }
    case 'body_too_large':
      return { status: 413, text: 'This form is too large.' }
    case 'body_incomplete':
      return { status: 400, text: 'This form did not arrive whole.' }
    case 'not_built':
      return { status: 503, text: 'The pages of the console are not built. Run "npm run build" and restart.' }
    case 'failed':
      return {
        status: 500,
        text: 'This page could not be made. Clients are not affected. Look for the request below in the log of the manager.',
      }
  }
}
