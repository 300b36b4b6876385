import type { SigningKeys } from '../../ports/signing-keys.ts'
import type { Exchange } from '../exchange.ts'
import { sendTaggedDocument, type TaggedDocument, taggedDocument } from './public-document.ts'

/** The keys that verify envelopes. Made anew only when the list has changed. */
export function createPublicKeys(
  keys: Pick<SigningKeys, 'published'>,
  digest: (text: string) => string,
): (exchange: Exchange) => void {
  let listed = ''
  let document: TaggedDocument | undefined

  return (exchange) => {
    const published = keys.published()
    if (published.length === 0) return exchange.refuse('signing_not_configured')
    const list = published.map(({ kid }) => kid).join()
    if (document === undefined || list !== listed) {
      document = taggedDocument({ keys: published }, digest)
      listed = list
    }
    return sendTaggedDocument(exchange, document)
  }
}
