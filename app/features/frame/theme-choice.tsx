import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'

const icons: Record<string, ReactNode> = {
  system: <path d="M3 5h18v11H3zM9 20h6M12 16v4" />,
  light: (
    <path d="M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5" />
  ),
  dark: <path d="M20 14.5A8 8 0 119.5 4a6.5 6.5 0 0010.5 10.5z" />,
}

const choices = [
  { theme: 'system', label: 'Theme of the system' },
  { theme: 'light', label: 'Light theme' },
  { theme: 'dark', label: 'Dark theme' },
] as const

/** A form, so that the choice needs no script and is kept by the browser for the next page. */
export const ThemeChoice = ({ current }: { current: string }) => (
  <Form
    method="post"
    action="/theme"
    replace
    preventScrollReset
    className="flex overflow-hidden rounded-control border border-line-strong bg-sunken"
  >
    {choices.map(({ theme, label }) => (
      <button
        key={theme}
        type="submit"
        name="theme"
        value={theme}
        aria-label={label}
        aria-pressed={theme === current}
        title={label}
        className="grid h-7 w-8 place-items-center border-l border-line text-ink-3 first:border-l-0 hover:text-ink focus-visible:-outline-offset-2 aria-pressed:bg-surface aria-pressed:text-accent"
      >
        <svg
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          className="size-4"
          aria-hidden="true"
        >
          {icons[theme]}
        </svg>
      </button>
    ))}
  </Form>
)
