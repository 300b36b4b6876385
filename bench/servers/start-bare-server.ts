import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { RunningServer } from './running-server.ts'

/** @param bodySize bytes of the body that it answers with; none with a 304 */
export async function startBareServer(status: 200 | 304, bodySize: number): Promise<RunningServer> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), [String(status), String(bodySize)], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [{ port }] = await once(child, 'message')
  return {
    port,
    async cpuSeconds() {
      child.send('cpu')
      const [{ cpu }] = await once(child, 'message')
      return (cpu.user + cpu.system) / 1e6
    },
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}
