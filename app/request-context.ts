import { createContext } from 'react'

export interface RequestFacts {
  readonly nonce: string
  readonly requestId: string
}

/** Known to every page, the one for failures included, where no loader has run. */
export const RequestContext = createContext<RequestFacts>({ nonce: '', requestId: '' })
