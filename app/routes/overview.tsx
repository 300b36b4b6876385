import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OverviewPage } from '../features/overview/overview-page.tsx'
import { useFreshData } from '../ui/use-fresh-data.ts'

export const meta: MetaFunction = () => [{ title: 'Overview – Hivewarden' }]

export const loader = ({ context }: LoaderFunctionArgs) => context.managerState()

const Overview = () => {
  const state = useLoaderData<typeof loader>()
  useFreshData()
  return <OverviewPage state={state} />
}

export default Overview
