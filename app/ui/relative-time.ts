const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** "3 hours ago", "in 24 hours", "just now": the largest unit that counts at least two, so that 90 minutes are not an hour. */
export const relativeTime = (at: number, now: number): string => {
  const distance = Math.abs(at - now)
  if (distance < 30) return at > now ? 'in a moment' : 'just now'
  const step = steps.find(({ seconds }) => distance >= 2 * seconds) ?? { unit: 'minute', seconds: 60 }
  const count = Math.max(1, Math.round(distance / step.seconds))
  const words = `${count} ${step.unit}${count === 1 ? '' : 's'}`
  return at > now ? `in ${words}` : `${words} ago`
}
