import type { ReactNode } from 'react'
import type {
  IdentityProviderState,
  ManagerState,
  PolicyState,
  SigningKeyState,
} from '../../../domain/manager-state.ts'
import { Panel } from '../../ui/panel.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { relativeTime } from '../../ui/relative-time.ts'

interface Finding {
  readonly tone: Tone
  readonly word: string
  readonly remark?: string
}

const policyFinding = ({ problem, warnings }: PolicyState): Finding => {
  if (problem !== undefined) return { tone: 'bad', word: 'newest refused' }
  if (warnings.length === 0) return { tone: 'good', word: 'in force' }
  return { tone: 'warn', word: warnings.length === 1 ? '1 warning' : `${warnings.length} warnings` }
}

const signingKeyFinding = (key: SigningKeyState): Finding => {
  if (key.kind === 'missing') return { tone: 'bad', word: 'missing', remark: key.problem }
  return { tone: key.state === 'active' ? 'good' : 'warn', word: key.state }
}

const providerFinding = (provider: IdentityProviderState | undefined, now: number): Finding => {
  if (provider === undefined) return { tone: 'warn', word: 'not set' }
  const { reachable, fetchedAt, issuer: remark } = provider
  if (!reachable) return { tone: 'bad', word: 'unreachable', remark }
  if (fetchedAt === undefined) return { tone: 'plain', word: 'not asked yet', remark }
  return { tone: 'good', word: `keys read ${relativeTime(fetchedAt, now)}`, remark }
}

const Line = ({ name, finding }: { name: ReactNode; finding: Finding }) => (
  <li className="border-t border-line px-4 py-2 first:border-t-0">
    <div className="flex flex-wrap items-center justify-between gap-x-3">
      <span>{name}</span>
      <Pill tone={finding.tone}>{finding.word}</Pill>
    </div>
    {finding.remark !== undefined && (
      <p className="text-small break-words text-ink-3 [overflow-wrap:anywhere]">{finding.remark}</p>
    )}
  </li>
)

export const Health = ({ state }: { state: ManagerState }) => (
  <Panel title="Health">
    <ul>
      <Line name="Policy" finding={policyFinding(state.policy)} />
      <Line name="Signing key" finding={signingKeyFinding(state.signingKey)} />
      <Line name="Identity provider" finding={providerFinding(state.identityProvider, state.now)} />
    </ul>
  </Panel>
)
