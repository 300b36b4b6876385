import { NavLink } from '@remix-run/react'
import type { ReactNode } from 'react'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ThemeChoice } from './theme-choice.tsx'

export interface FrameFacts {
  readonly resourceUrl: string
  readonly evaluation: boolean
  readonly fileGoverned: boolean
  readonly version: string
  readonly theme: string
}

const pages = [{ path: '/', title: 'Overview' }] as const

const withoutScheme = (url: string) => url.replace(/^https?:\/\//, '')

const Badges = ({ facts }: { facts: FrameFacts }) => (
  <>
    {facts.evaluation && <Pill tone="warn">Evaluation</Pill>}
    {facts.fileGoverned && <Pill>Governed by a file</Pill>}
  </>
)

const TopBar = ({ facts }: { facts: FrameFacts | undefined }) => (
  <header className="flex flex-wrap items-center gap-x-4 border-b border-line bg-surface px-4 md:sticky md:top-0 md:z-10 md:col-span-2">
    <a href="/" className="flex h-12 items-center gap-2 font-semibold md:w-[184px]">
      <BrandMark />
      Hivewarden
    </a>
    {facts !== undefined && (
      <>
        <div className="order-last flex w-full min-w-0 flex-wrap items-center gap-2 pb-2 sm:order-none sm:w-auto sm:flex-1 sm:pb-0">
          <span className="truncate text-ink-2">{withoutScheme(facts.resourceUrl)}</span>
          <Badges facts={facts} />
        </div>
        <div className="ml-auto">
          <ThemeChoice current={facts.theme} />
        </div>
      </>
    )}
  </header>
)

const Rail = ({ version }: { version: string | undefined }) => (
  <nav
    aria-label="Pages"
    className="flex gap-1 border-b border-line bg-surface px-2 py-1.5 md:sticky md:top-12 md:h-[calc(100dvh-48px)] md:flex-col md:border-r md:border-b-0 md:py-3"
  >
    {pages.map(({ path, title }) => (
      <NavLink
        key={path}
        to={path}
        end
        className="flex h-8 items-center rounded-control px-2.5 text-ink-2 hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
      >
        {title}
      </NavLink>
    ))}
    {version !== undefined && (
      <span className="ml-auto self-center px-2.5 text-micro text-ink-3 md:mt-auto md:ml-0 md:self-start">
        Version {version}
      </span>
    )}
  </nav>
)

/** What stands around every page. Without facts, as when the manager could not tell its state, only the name remains. */
export const Frame = ({ facts, children }: { facts: FrameFacts | undefined; children: ReactNode }) => (
  <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_1fr] md:grid-cols-[216px_minmax(0,1fr)] md:grid-rows-[48px_1fr]">
    <a
      href="#main"
      className="sr-only rounded-control bg-accent px-3 py-1.5 font-medium text-accent-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
    >
      Skip to the content
    </a>
    <TopBar facts={facts} />
    <Rail version={facts?.version} />
    <main
      id="main"
      tabIndex={-1}
      className="w-full max-w-[1180px] 2xl:max-w-[1440px] px-4 pt-6 pb-16 focus:outline-none sm:px-8"
    >
      {children}
    </main>
  </div>
)
