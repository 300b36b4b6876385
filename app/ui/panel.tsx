import { type ReactNode, useId } from 'react'

interface PanelProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export const Panel = ({ title, aside, children }: PanelProps) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-panel border border-line bg-surface shadow-panel">
      <header className="flex flex-wrap items-center gap-x-2 border-b border-line px-4 py-3">
        <h2 id={id} className="text-heading font-semibold">
          {title}
        </h2>
        {aside !== undefined && <div className="ml-auto text-ink-2">{aside}</div>}
      </header>
      {children}
    </section>
  )
}
