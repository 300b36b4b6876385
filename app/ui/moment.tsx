import { formatInstant } from '../../domain/instant.ts'
import { relativeTime } from './relative-time.ts'

/** A time as people say it, with the exact one on hover and for programs. */
export const Moment = ({ at, now }: { at: number; now: number }) => {
  const exact = formatInstant(at)
  return (
    <time dateTime={exact} title={exact} className="whitespace-nowrap">
      {relativeTime(at, now)}
    </time>
  )
}
