import { z } from 'zod'
import { defineDirective } from './directive.ts'

export const helpMenu = defineDirective({
  key: 'help_menu',
  title: 'Help menu',
  group: 'Interface',
  summary: 'Whether the desktop shows its help menu.',
  enforceable: true,
  schema: z.boolean(),
  initial: true,
  example: false,
  fields: [{ kind: 'boolean', path: [], label: 'Help menu', on: 'Shown', off: 'Hidden' }],
  notGoverned: 'The desktop shows its help menu.',
  effect(value, enforcement) {
    if (value) {
      return enforcement === 'enforced'
        ? 'The desktop shows its help menu; people cannot hide it.'
        : 'The desktop shows its help menu; people may hide it.'
    }
    return enforcement === 'enforced'
      ? 'The desktop hides its help menu; people cannot show it.'
      : 'The desktop hides its help menu; where a client lets them, people may show it.'
  },
  risk: () => undefined,
})
