import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'
import { root } from './pinned-node.mjs'

type TestFailure = Extract<TestEvent, { type: 'test:fail' }>['data']

// A suite fails because a test in it failed: the test says all there is to say.
const onlyWithin = ({ details: { error } }: TestFailure): boolean =>
  'failureType' in error && error.failureType === 'subtestsFailed'

const failure = ({ name, file = '', line, details }: TestFailure): string => {
  const cause: unknown = details.error.cause ?? details.error
  return `\n✗ ${name}\n  ${relative(root, file)}:${line}\n${inspect(cause).replaceAll(/^/gm, '    ')}\n`
}

/** What went wrong, and how many tests ran; nothing about what went well. A skipped test is named, for it proves nothing. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === 'test:fail' && !onlyWithin(data)) yield failure(data)
    if (type === 'test:pass' && (data.skip !== undefined || data.todo !== undefined))
      yield `\n- skipped: ${data.name}\n`
    if (type === 'test:stderr') yield data.message
    if (type === 'test:summary' && data.file === undefined) {
      const { tests, passed, skipped, todo } = data.counts
      yield `${tests} tests, ${tests - passed - skipped - todo} failed, ${skipped + todo} skipped\n`
    }
  }
}
