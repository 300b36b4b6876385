import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Burst, BurstResult, FixedRate, FixedRateResult, LoadMessage, LoadReply } from './plan.ts'

/** The load process, seen from the one that measures. It does one thing at a time. */
export interface Loader {
  /** Adds requests to its corpus and gives back their places in it. */
  learn(requests: readonly Buffer[]): Promise<readonly number[]>
  burst(plan: Omit<Burst, 'kind'>): Promise<BurstResult>
  fixedRate(plan: Omit<FixedRate, 'kind'>): Promise<FixedRateResult>
  stop(): void
}

/** Requests per message: a message of many megabytes would hold up both ends. */
const BATCH = 2000

export function startLoader(): Loader {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { serialization: 'advanced' })
  let waiting: PromiseWithResolvers<LoadReply> | undefined
  let known = 0

  child.on('message', (reply: LoadReply) => waiting?.resolve(reply))
  child.on('exit', () => waiting?.reject(new Error('The load process ended.')))

  const ask = async (message: LoadMessage): Promise<LoadReply> => {
    waiting = Promise.withResolvers()
    child.send(message)
    const reply = await waiting.promise
    if ('failure' in reply) throw new Error(reply.failure)
    return reply
  }

  return {
    async learn(requests) {
      const first = known
      for (let at = 0; at < requests.length; at += BATCH)
        await ask({ corpus: requests.slice(at, at + BATCH) })
      known += requests.length
      return requests.map((_request, index) => first + index)
    },
    async burst(plan) {
      const reply = await ask({ plan: { kind: 'burst', ...plan } })
      if ('burst' in reply) return reply.burst
      throw new TypeError('The load process answered something else.')
    },
    async fixedRate(plan) {
      const reply = await ask({ plan: { kind: 'fixed-rate', ...plan } })
      if ('fixedRate' in reply) return reply.fixedRate
      throw new TypeError('The load process answered something else.')
    },
    stop: () => child.disconnect(),
  }
}
