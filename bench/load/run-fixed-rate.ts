import type { Answer } from './answer-reader.ts'
import { Connection } from './connection.ts'
import type { FixedRate, FixedRateResult } from './plan.ts'

/**
 * Sends at the moments that the rate dictates, whether the server keeps up or not. A request that finds no free
 * connection waits in line, and its latency counts from the moment at which it should have been sent: a server that
 * stalls cannot slow down the clock that judges it.
 */
export async function runFixedRate(plan: FixedRate, corpus: readonly Buffer[]): Promise<FixedRateResult> {
  const requests = plan.requests.map((index) => corpus[index]).filter((request) => request !== undefined)
  const total = plan.perSecond * plan.seconds
  const latencies = new Float64Array(total)
  const byStatus: Record<string, number> = {}
  const over = Promise.withResolvers<void>()
  let firstError: string | undefined
  let errors = 0
  let answers = 0
  let due = 0
  let sent = 0

  const fail = (error: Error): void => {
    errors += 1
    firstError ??= error.message
    over.resolve()
  }
  const free = await Promise.all(
    Array.from({ length: plan.connections }, () => Connection.open(plan.port, fail)),
  )
  const all = [...free]
  const began = performance.now() + 10
  const millisecondsEach = 1000 / plan.perSecond

  const take = (index: number, connection: Connection, answer: Answer): void => {
    latencies[index] = performance.now() - (began + index * millisecondsEach)
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1
    answers += 1
    if (!plan.expect.includes(answer.status)) {
      errors += 1
      firstError ??= `Status ${answer.status}.`
    }
    free.push(connection)
    if (answers === total) over.resolve()
    else sendDue()
  }
  const sendDue = (): void => {
    while (sent < due) {
      // The one that was idle longest: all are in use, as those of that many clients are.
      const connection = free.shift()
      const request = requests[sent % requests.length]
      if (connection === undefined || request === undefined) return
      const index = sent
      sent += 1
      connection.send(request, (answer) => take(index, connection, answer))
    }
  }
  const timer = setInterval(() => {
    due = Math.min(total, Math.floor((performance.now() - began) / millisecondsEach) + 1)
    sendDue()
  }, 1)

  await over.promise
  clearInterval(timer)
  for (const connection of all) connection.close()
  return { answers, errors, ...(firstError === undefined ? {} : { firstError }), byStatus, latencies }
}
