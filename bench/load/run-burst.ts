import type { Answer } from './answer-reader.ts'
import { Connection } from './connection.ts'
import type { Burst, BurstResult } from './plan.ts'
import { stayAwake } from './stay-awake.ts'

/** As fast as the server answers: every connection sends its next request when it has the answer to the one before. */
export async function runBurst(plan: Burst, corpus: readonly Buffer[]): Promise<BurstResult> {
  const { expect, milliseconds = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY } = plan
  const requests = plan.requests.map((index) => corpus[index]).filter((request) => request !== undefined)
  const over = Promise.withResolvers<void>()
  let firstError: string | undefined
  let errors = 0
  let sent = 0
  let answers = 0
  let deadline = Number.POSITIVE_INFINITY
  let idle = 0

  const fail = (error: Error): void => {
    errors += 1
    firstError ??= error.message
    over.resolve()
  }
  const connections = await Promise.all(
    Array.from({ length: plan.connections }, () => Connection.open(plan.port, fail)),
  )

  const next = (connection: Connection, own: number): void => {
    const request = requests[(plan.ownRequests === true ? own : sent) % requests.length]
    if (request === undefined || sent >= count || performance.now() >= deadline) {
      idle += 1
      if (idle === connections.length) over.resolve()
      return
    }
    sent += 1
    connection.send(request, (answer: Answer) => {
      answers += 1
      if (answer.status !== expect) return fail(new Error(`Status ${answer.status} instead of ${expect}.`))
      next(connection, own)
    })
  }

  const began = performance.now()
  deadline = began + milliseconds
  connections.forEach(next)
  const sleep = stayAwake(() => answers)
  await over.promise
  const took = performance.now() - began
  const looksInVain = sleep()
  for (const connection of connections) connection.close()
  return {
    answers,
    errors,
    ...(firstError === undefined ? {} : { firstError }),
    milliseconds: took,
    looksInVain,
  }
}
