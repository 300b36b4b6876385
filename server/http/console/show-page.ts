import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { RequestHandler } from '@remix-run/node'
import type { ManagerState } from '../../../domain/manager-state.ts'
import type { ConsoleContext } from './console-context.ts'
import { fetchRequest } from './fetch-request.ts'
import { readForm } from './read-form.ts'
import type { Refusal } from './refusal.ts'
import { sendPage, type Visit } from './send-answer.ts'

export interface PageSurroundings {
  readonly managerState: () => ManagerState | Promise<ManagerState>
  readonly publicOrigin: string
  readonly report: (failure: unknown) => void
}

const once = <Value>(make: () => Value | Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | undefined
  return () => {
    made ??= (async () => make())()
    return made
  }
}

/**
 * Aborted when the person leaves, and also once the answer is out: the library keeps the data of each page and a timer
 * for five seconds otherwise, which a busy console would pay in memory and a stopping one in patience.
 */
const untilAnswered = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}

/** Lets the pages answer. What comes back is the reason why the request never reached them, if so. */
export const showPage = async (
  visit: Visit,
  handle: RequestHandler,
  { managerState, publicOrigin, report }: PageSurroundings,
): Promise<Refusal | undefined> => {
  const { request, response, requestId } = visit
  const form = request.method === 'POST' ? await readForm(request) : undefined
  if (form?.ok === false) return form.problem
  const nonce = randomBytes(18).toString('base64url')
  const signal = untilAnswered(response)
  const secure = publicOrigin.startsWith('https:')
  const context = {
    managerState: once(managerState),
    requestId,
    nonce,
    secure,
    report,
  } satisfies ConsoleContext
  const page = await handle(fetchRequest({ request, publicOrigin, form: form?.value, signal }), context)
  await sendPage(visit, page, nonce)
  return undefined
}
