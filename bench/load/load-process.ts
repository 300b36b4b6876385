import type { LoadMessage, LoadReply, Plan } from './plan.ts'
import { runBurst } from './run-burst.ts'
import { runFixedRate } from './run-fixed-rate.ts'

// The process that makes the load. It is told what to do over the channel to the one that started it.

const corpus: Buffer[] = []
const reply = (message: LoadReply): void => void process.send?.(message)

const run = async (plan: Plan): Promise<LoadReply> =>
  plan.kind === 'burst'
    ? { burst: await runBurst(plan, corpus) }
    : { fixedRate: await runFixedRate(plan, corpus) }

process.on('message', (message: LoadMessage) => {
  if ('corpus' in message) {
    for (const request of message.corpus) corpus.push(Buffer.from(request))
    reply({ learned: corpus.length })
    return
  }
  run(message.plan).then(reply, (error: unknown) =>
    reply({ failure: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit())
