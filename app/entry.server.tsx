import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { RequestContext } from './request-context.ts'

/** A page that takes longer hangs on something that will not come. */
export const streamTimeout = 5_000

/** Renders the whole page before the first byte leaves, so that a failure still has a status to say so with. */
const renderDocument = (context: EntryContext, url: string, load: AppLoadContext): Promise<string> =>
  new Promise((resolve, reject) => {
    const { nonce, requestId } = load
    const { pipe, abort } = renderToPipeableStream(
      <RequestContext.Provider value={{ nonce, requestId }}>
        <RemixServer context={context} url={url} nonce={nonce} abortDelay={streamTimeout} />
      </RequestContext.Provider>,
      {
        nonce,
        onAllReady: () => {
          clearTimeout(timer)
          resolve(text(pipe(new PassThrough())))
        },
        onShellError: reject,
        onError: (failure) => {
          // React takes a returned value for its own, and anything thrown here would end the process.
          load.report(failure)
        },
      },
    )
    const timer = setTimeout(() => abort(new Error('The page took too long.')), streamTimeout)
  })

const handleRequest = async (
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  load: AppLoadContext,
): Promise<Response> => {
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(await renderDocument(context, request.url, load), { status, headers })
}

export default handleRequest

/** An unknown address is an answer, not a failure. */
export const handleError: HandleErrorFunction = (failure, { context, request }) => {
  if (!isRouteErrorResponse(failure) && !request.signal.aborted) context.report(failure)
}
