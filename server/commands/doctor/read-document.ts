import { isJsonObject } from '../../../domain/json/json-value.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { FetchedDocument } from '../../ports/limited-fetch.ts'
import { describeFetchProblem } from './fetch-problem-words.ts'
import type { Report, StepId } from './report.ts'
import type { DoctorTools } from './tools.ts'

export type Members = Readonly<Record<string, unknown>>

export interface Document {
  readonly members: Members
  readonly answer: FetchedDocument
}

export interface Wanted {
  readonly url: string
  readonly bytes: number
  readonly timeout: number
  /** What to do when the answer has another status than 200. */
  readonly remedy: string
}

/** A public JSON document, or undefined with the reason in the report. */
export const readDocument = async (
  id: StepId,
  wanted: Wanted,
  report: Report,
  tools: DoctorTools,
): Promise<Document | undefined> => {
  const { url, bytes, timeout, remedy } = wanted
  const fetched = await tools.fetch(url, { bytes, timeout })
  if (!fetched.ok) {
    const trouble = describeFetchProblem(fetched.problem, url)
    if (trouble.unreachable) return report.failUnreachable(id, trouble.found, trouble.remedy)
    return report.fail(id, trouble.found, trouble.remedy)
  }
  const { status, body } = fetched.value
  if (status !== 200) {
    return report.fail(id, `${url} answers ${status}${describeError(parse(decode(body)))}.`, remedy)
  }
  const members = parseMembers(decode(body))
  if (members.ok) return { members: members.value, answer: fetched.value }
  return report.fail(
    id,
    `${url} answers no JSON object.`,
    'Check that no proxy or sign-in page answers in its place.',
  )
}

export const parseMembers = (text: string): Result<Members, 'not_an_object'> => {
  const value = parse(text)
  return isJsonObject(value) ? ok(value) : fail('not_an_object')
}

/** The error that an answer states, in brackets, or nothing. */
export const describeError = (value: unknown): string => {
  if (!isJsonObject(value) || typeof value.error !== 'string') return ''
  const description = typeof value.error_description === 'string' ? `: ${value.error_description}` : ''
  return ` (${value.error}${description.replace(/\.$/, '')})`
}

export const textMember = (members: Members, name: string): string | undefined => {
  const value = members[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export const textList = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

const decode = (body: Uint8Array): string => new TextDecoder().decode(body)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
