import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { RequestContext } from './request-context.ts'

const facts = {
  nonce: document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '',
  requestId: document.querySelector<HTMLMetaElement>('meta[name="request-id"]')?.content ?? '',
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RequestContext.Provider value={facts}>
        <RemixBrowser />
      </RequestContext.Provider>
    </StrictMode>,
  )
})
