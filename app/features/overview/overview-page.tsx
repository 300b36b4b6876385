import type { ManagerState } from '../../../domain/manager-state.ts'
import { Moment } from '../../ui/moment.tsx'
import { BootstrapAddress } from './bootstrap-address.tsx'
import { EnvelopeNow } from './envelope-now.tsx'
import { GovernedDirectives } from './governed-directives.tsx'
import { Health } from './health.tsx'
import { PolicyRemarks } from './policy-remarks.tsx'

const Heading = ({ state: { policy, now } }: { state: ManagerState }) => (
  <div>
    <h1 className="text-title font-semibold tracking-tight">
      {policy.serial === undefined ? 'The policy is in force' : `Serial ${policy.serial} is in force`}
    </h1>
    <p className="mt-0.5 max-w-[76ch] text-ink-2 [overflow-wrap:anywhere]">
      Read from {policy.source} <Moment at={policy.loadedAt} now={now} />.
    </p>
  </div>
)

/** What is in force now, what clients get of it, and whether all it rests on is well. */
export const OverviewPage = ({ state }: { state: ManagerState }) => (
  <div className="space-y-4">
    <Heading state={state} />
    <PolicyRemarks policy={state.policy} now={state.now} />
    <BootstrapAddress url={state.bootstrapUrl} />
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <GovernedDirectives directives={state.policy.directives} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <EnvelopeNow envelope={state.envelope} now={state.now} />
        <Health state={state} />
      </div>
    </div>
  </div>
)
