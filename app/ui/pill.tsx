import type { ReactNode } from 'react'

const tones = {
  plain: 'border-line bg-sunken text-ink-2',
  accent: 'border-accent-line bg-accent-soft text-accent',
  blue: 'border-blue-line bg-blue-soft text-blue',
  good: 'border-transparent bg-good-soft text-good',
  warn: 'border-transparent bg-warn-soft text-warn',
  bad: 'border-bad-line bg-bad-soft text-bad',
} as const

export type Tone = keyof typeof tones

export const Pill = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span
    className={`inline-flex h-5 items-center rounded-full border px-[7px] text-micro font-medium whitespace-nowrap ${tones[tone]}`}
  >
    {children}
  </span>
)
