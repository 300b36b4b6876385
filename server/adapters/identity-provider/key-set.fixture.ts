import type { TestContext } from 'node:test'
import type { LimitedFetch } from '../../ports/limited-fetch.ts'
import { limitedFetch } from '../limited-fetch/limited-fetch.ts'
import { createKeySet } from './create-key-set.ts'
import { createFakeProvider, type FakeProviderOptions } from './testing/fake-provider.ts'
import {
  createFakeClock,
  createManualSchedule,
  createRecordingLogger,
  createRecordingMetrics,
} from './testing/observed.ts'

/** A key set before a provider on a real socket, with time and timers in the test's hands. */
export const setUpKeySet = async (t: TestContext, options: FakeProviderOptions = {}) => {
  const clock = createFakeClock()
  const provider = await createFakeProvider({ now: clock.now, ...options })
  const logger = createRecordingLogger()
  const metrics = createRecordingMetrics()
  const schedule = createManualSchedule()
  // The real fetch, only less patient with a provider that is known to hang.
  const fetch: LimitedFetch = (url, limits) => {
    const stalls = provider.behaviour === 'hang' || provider.behaviour === 'drip'
    return limitedFetch(url, stalls ? { ...limits, timeout: 0.2 } : limits)
  }
  const keySet = createKeySet({
    issuer: provider.issuer,
    fetch,
    clock,
    logger,
    metrics,
    schedule,
  })
  t.after(async () => {
    keySet.stop()
    await provider.close()
  })
  const finds = (kid: string | undefined): string => {
    const lookup = keySet.find(kid)
    return lookup.found ? 'found' : lookup.reason
  }
  return { clock, provider, logger, metrics, schedule, keySet, finds }
}
