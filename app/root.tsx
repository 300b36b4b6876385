import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { FailurePage, failureTitle } from './features/failure/failure-page.tsx'
import { Frame } from './features/frame/frame.tsx'
import { RequestContext } from './request-context.ts'
import styles from './styles.css?url'
import { themeOf } from './theme.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: MetaFunction = ({ error }) => [
  { title: error === undefined ? 'Hivewarden' : `${failureTitle(error)} – Hivewarden` },
]

export const loader = async ({ context, request }: LoaderFunctionArgs) => {
  const { resourceUrl, evaluation, fileGoverned, version } = await context.managerState()
  return { resourceUrl, evaluation, fileGoverned, version, theme: themeOf(request.headers.get('cookie')) }
}

export const Layout = ({ children }: { children: ReactNode }) => {
  const { nonce, requestId } = useContext(RequestContext)
  // Nothing is known when the loader failed or did not run.
  const facts = useRouteLoaderData<typeof loader>('root') ?? undefined
  return (
    <html lang="en" data-theme={facts?.theme ?? 'system'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="request-id" content={requestId} />
        <Meta />
        <Links />
      </head>
      <body>
        <Frame facts={facts}>{children}</Frame>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export const ErrorBoundary = () => {
  const { requestId } = useContext(RequestContext)
  return <FailurePage failure={useRouteError()} requestId={requestId} />
}

export default Outlet
