import { isRouteErrorResponse } from '@remix-run/react'

interface Words {
  readonly title: string
  readonly text: string
}

const words = (status: number): Words => {
  if (status === 404) {
    return {
      title: 'There is no page at this address',
      text: 'Check the address for a slip, or go back to the overview.',
    }
  }
  if (status < 500) {
    return {
      title: 'The console did not understand this request',
      text: 'Go back to the overview and try again from there. Nothing was changed.',
    }
  }
  return {
    title: 'This page could not be made',
    text: 'Clients are not affected: they are served apart from these pages. Try again; if it stays, look for the request below in the log of the manager.',
  }
}

const statusOf = (failure: unknown): number => (isRouteErrorResponse(failure) ? failure.status : 500)

export const failureTitle = (failure: unknown): string => words(statusOf(failure)).title

export const FailurePage = ({ failure, requestId }: { failure: unknown; requestId: string }) => {
  const status = statusOf(failure)
  const { title, text } = words(status)
  return (
    <>
      <p className="text-small text-ink-3 tabular-nums">{status}</p>
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 max-w-[68ch] text-ink-2">{text}</p>
      <p className="mt-6">
        <a
          href="/"
          className="inline-flex h-8 items-center rounded-control border border-line-strong bg-surface px-3 font-medium shadow-panel hover:bg-sunken"
        >
          Go to the overview
        </a>
      </p>
      <p className="mt-8 text-small text-ink-3">
        Request <code className="font-mono select-all">{requestId}</code>
      </p>
    </>
  )
}
