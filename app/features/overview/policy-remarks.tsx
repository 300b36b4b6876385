import type { PolicyRemark, PolicyState } from '../../../domain/manager-state.ts'
import { Moment } from '../../ui/moment.tsx'
import { Notice } from '../../ui/notice.tsx'

const Remarks = ({ remarks }: { remarks: readonly PolicyRemark[] }) => (
  <ul className="mt-1 max-h-72 space-y-1 overflow-y-auto" tabIndex={remarks.length > 8 ? 0 : undefined}>
    {remarks.map(({ path, message }) => (
      <li key={`${path} ${message}`} className="[overflow-wrap:anywhere]">
        {path !== '' && <code className="mr-2 font-mono text-small text-ink-2">{path}</code>}
        {message}
      </li>
    ))}
  </ul>
)

/** What the manager has to say about the policy document: a refused newer one first, then the warnings. */
export const PolicyRemarks = ({ policy, now }: { policy: PolicyState; now: number }) => (
  <>
    {policy.problem !== undefined && (
      <Notice tone="bad" title="The newest policy document was refused">
        <p className="text-ink-2">
          Found <Moment at={policy.problem.since} now={now} />. Clients keep the last good policy, shown
          below. Mend {policy.source}, and it is read again by itself.
        </p>
        <Remarks remarks={policy.problem.remarks} />
      </Notice>
    )}
    {policy.warnings.length > 0 && (
      <Notice tone="warn" title="The policy works, but look at this">
        <Remarks remarks={policy.warnings} />
      </Notice>
    )}
  </>
)
