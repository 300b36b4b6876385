import { limits } from '../../../domain/limits.ts'
import { limitedFetch } from '../../adapters/limited-fetch/limited-fetch.ts'
import type { ListenAddress } from '../../config/setting-kinds.ts'
import { managerPaths } from '../../http/manager/manager-addresses.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { readSettings, settingProblemLine } from '../read-settings.ts'

/** Reads the settings that `serve` reads, to learn where it listens. */
export async function runHealthcheck(config: string | undefined, io: CommandIo): Promise<ExitCode> {
  const installed = await readSettings({ config, evaluation: false })
  // Without a policy of its own it can only be the evaluation that runs here.
  const settings = installed.ok ? installed : await readSettings({ config, evaluation: true })
  if (!settings.ok) {
    io.printError(settings.problem.map(settingProblemLine).join('\n'))
    return 78
  }
  const url = `http://${askedHost(settings.value.values['server.listen'])}${managerPaths.healthz}`
  const answer = await limitedFetch(url, { bytes: limits.bootstrap.bytes, timeout: 2 })
  if (answer.ok && answer.value.status === 200) {
    io.print('ok')
    return 0
  }
  io.printError(
    answer.ok
      ? `${url} answered ${answer.value.status}.`
      : `${url} cannot be reached (${answer.problem.detail}).`,
  )
  return answer.ok ? 1 : 69
}

/** Whatever it listens on, it is asked on this machine. */
function askedHost({ host, port }: ListenAddress): string {
  if (host === '0.0.0.0') return `127.0.0.1:${port}`
  if (host === '::') return `[::1]:${port}`
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
