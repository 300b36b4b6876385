import type { EnvelopeState } from '../../../domain/manager-state.ts'
import { byteSize } from '../../ui/byte-size.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Panel } from '../../ui/panel.tsx'

export const EnvelopeNow = ({ envelope, now }: { envelope: EnvelopeState | undefined; now: number }) => (
  <Panel title="What clients get now">
    {envelope === undefined ? (
      <p className="p-4 text-ink-2">No envelope can be made yet. The health below says what is missing.</p>
    ) : (
      <Facts>
        <Fact name="Issued">
          <Moment at={envelope.issuedAt} now={now} />
        </Fact>
        <Fact name="Valid until">
          <Moment at={envelope.notAfter} now={now} />
        </Fact>
        <Fact name="Poll every">{envelope.pollEvery}</Fact>
        <Fact name="Size">{byteSize(envelope.bytes)}</Fact>
        <Fact name="Key">
          <code className="block truncate font-mono text-small select-all" title={envelope.kid}>
            {envelope.kid}
          </code>
        </Fact>
      </Facts>
    )}
  </Panel>
)
