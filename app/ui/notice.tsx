import { type ReactNode, useId } from 'react'

const tones = {
  warn: 'border-warn-line bg-warn-soft [&_h2]:text-warn',
  bad: 'border-bad-line bg-bad-soft [&_h2]:text-bad',
} as const

interface NoticeProps {
  readonly tone: keyof typeof tones
  readonly title: string
  readonly children: ReactNode
}

/** Something that wants attention before the rest of the page. */
export const Notice = ({ tone, title, children }: NoticeProps) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`rounded-panel border px-4 py-3 ${tones[tone]}`}>
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {children}
    </section>
  )
}
