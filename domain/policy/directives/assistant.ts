import { z } from 'zod'
import { defineDirective } from './directive.ts'

export const assistant = defineDirective({
  key: 'assistant',
  title: 'Assistant',
  group: 'Interface',
  summary: 'Whether the Cloud UI shows its assistant.',
  enforceable: true,
  schema: z.boolean(),
  initial: true,
  example: false,
  fields: [{ kind: 'boolean', path: [], label: 'Assistant', on: 'Shown', off: 'Hidden' }],
  notGoverned: 'The Cloud UI shows its assistant.',
  effect(value, enforcement) {
    if (value) {
      return enforcement === 'enforced'
        ? 'The Cloud UI shows its assistant; people cannot hide it.'
        : 'The Cloud UI shows its assistant; people may hide it.'
    }
    return enforcement === 'enforced'
      ? 'The Cloud UI hides its assistant; people cannot show it.'
      : 'The Cloud UI hides its assistant; where a client lets them, people may show it.'
  },
  risk: () => undefined,
})
