import { z } from 'zod'
import { durationInWords, parseGoDuration } from '../../duration.ts'
import { limits } from '../../limits.ts'
import { inspectDuration } from '../inspect-duration.ts'
import { hasUnsafeCharacter } from '../unsafe-characters.ts'
import { defineDirective } from './directive.ts'
import { boundedText } from './structure.ts'

export const degradedMode = defineDirective({
  key: 'degraded_mode',
  title: 'When this manager cannot be reached',
  group: 'Outage',
  summary: 'For how long clients go on as usual when they lose contact, and what happens then.',
  enforceable: false,
  schema: z.strictObject({
    policy: z.enum(['warn', 'block_new']).meta({
      description: 'What clients do after the grace period: only warn, or block new servers.',
    }),
    grace_period: z.string().exactOptional().meta({
      description: 'Go duration, such as 24h or 30m; not negative; at most 8760h.',
    }),
    message: boundedText(limits.message.characters).exactOptional().meta({
      description: 'What people read during an outage.',
    }),
  }),
  initial: { policy: 'warn', grace_period: '24h' },
  example: {
    policy: 'block_new',
    grace_period: '24h',
    message: 'New servers are paused; call the platform team on 4400.',
  },
  fields: [
    {
      kind: 'choice',
      path: ['policy'],
      label: 'After the grace period',
      options: [
        { value: 'warn', label: 'Warn', hint: 'Everything goes on; people see a warning.' },
        {
          value: 'block_new',
          label: 'Block new servers',
          hint: 'Running servers go on; new ones cannot be created.',
        },
      ],
    },
    {
      kind: 'duration',
      path: ['grace_period'],
      label: 'Grace period',
      hint: 'Go duration: 30m, 24h, 1h30m.',
      suggestions: ['1h', '8h', '24h', '72h', '168h'],
      required: false,
    },
    {
      kind: 'text',
      path: ['message'],
      label: 'Message to people',
      hint: 'Say what is wrong and whom to ask.',
      maxCharacters: limits.message.characters,
      multiline: true,
      required: false,
    },
  ],
  notGoverned: 'Clients go on with the last policy that they verified, and nothing is blocked.',
  effect(value) {
    return `${whatHappens(value.policy, graceInWords(value.grace_period))}${messageSentence(value.message)}`
  },
  risk({ before, after }) {
    if (after?.value.policy !== 'block_new') return undefined
    if (before?.value.policy !== 'block_new')
      return 'An outage of this manager stops people from creating servers.'
    return nanoseconds(after.value.grace_period) < nanoseconds(before.value.grace_period)
      ? 'An outage stops people from creating servers sooner than now.'
      : undefined
  },
  examine(value, _context, report) {
    if (value.grace_period !== undefined) {
      const duration = inspectDuration(value.grace_period, limits.gracePeriod.seconds)
      if (!duration.ok) {
        report.error(['grace_period'], duration.problem.code, duration.problem.message, value.grace_period)
      }
    }
    // Stops a message that steers a terminal or reads differently from what it says. A line break is fine.
    if (value.message !== undefined && hasUnsafeCharacter(value.message.replaceAll('\n', ''))) {
      report.error(
        ['message'],
        'control_char',
        'Remove the control or text-direction characters from the message.',
        value.message,
      )
    }
  },
})

function nanoseconds(duration: string | undefined): bigint {
  const parsed = parseGoDuration(duration ?? '0s')
  return parsed.ok ? parsed.value : 0n
}

function whatHappens(policy: 'warn' | 'block_new', grace: string | undefined): string {
  if (policy === 'warn') {
    const how = 'When contact is lost, everything goes on and people see a warning'
    return grace === undefined ? `${how}.` : `${how}, in the ${grace} of grace and after them.`
  }
  return grace === undefined
    ? 'As soon as contact is lost, new servers cannot be created; running ones go on.'
    : `When contact is lost, people see a warning for ${grace}; after that new servers cannot be created, while running ones go on.`
}

function graceInWords(duration: string | undefined): string | undefined {
  const span = nanoseconds(duration)
  return span > 0n ? durationInWords(span) : undefined
}

function messageSentence(message: string | undefined): string {
  const text = message?.trim().replaceAll(/\s+/g, ' ') ?? ''
  return text === '' ? '' : ` People read: “${text}”`
}
