import { useEffect, useState } from 'react'

type Outcome = 'idle' | 'copied' | 'refused'

const labels = { idle: 'Copy', copied: 'Copied', refused: 'Select and copy by hand' } as const

/** Copies a text. Appears once the page can act on it: without JavaScript, the text beside it is there to select. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [able, setAble] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>('idle')
  useEffect(() => setAble(true), [])
  useEffect(() => {
    if (outcome === 'idle') return
    const timer = setTimeout(() => setOutcome('idle'), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])
  if (!able) return null
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
  }
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${what}`}
      className="h-8 rounded-control border border-line-strong bg-surface px-3 font-medium whitespace-nowrap shadow-panel hover:bg-sunken"
    >
      <span aria-live="polite">{labels[outcome]}</span>
    </button>
  )
}
