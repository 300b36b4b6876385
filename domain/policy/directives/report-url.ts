import { inspectUrl, type UrlFacts } from '../inspect-url.ts'
import type { Report } from './directive.ts'

/** Reports what is wrong with a URL; its facts when nothing is, or when there is no URL. */
export function reportUrl(
  text: string | undefined,
  path: readonly string[],
  report: Report,
): UrlFacts | undefined {
  if (text === undefined) return undefined
  const inspected = inspectUrl(text)
  if (inspected.ok) return inspected.value
  report.error(path, inspected.problem.code, inspected.problem.message, text)
  return undefined
}
