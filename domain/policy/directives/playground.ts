import { z } from 'zod'
import { defineDirective } from './directive.ts'

export const playground = defineDirective({
  key: 'playground',
  title: 'Playground',
  group: 'Interface',
  summary: 'Whether the desktop shows the playground.',
  enforceable: true,
  schema: z.boolean(),
  initial: true,
  example: false,
  fields: [{ kind: 'boolean', path: [], label: 'Playground', on: 'Shown', off: 'Hidden' }],
  notGoverned: 'The desktop shows the playground.',
  effect(value, enforcement) {
    if (value) {
      return enforcement === 'enforced'
        ? 'The desktop shows the playground; people cannot hide it.'
        : 'The desktop shows the playground; people may hide it.'
    }
    return enforcement === 'enforced'
      ? 'The desktop hides the playground; people cannot show it.'
      : 'The desktop hides the playground; where a client lets them, people may show it.'
  },
  risk: () => undefined,
})
