import { certificates } from './testing/certificates.corpus.ts'
import { environments } from './testing/environments.corpus.ts'
import { others } from './testing/others.corpus.ts'
import { registries } from './testing/registries.corpus.ts'
import { telemetries } from './testing/telemetry.corpus.ts'
import { texts } from './testing/texts.corpus.ts'

export interface CorpusCase {
  readonly title: string
  readonly document: string | Uint8Array
  /** `path code` of each problem, in the order of the document; a warning ends in `(warning)`. */
  readonly problems: readonly string[]
  /** The same without the fault: it is accepted without a word. */
  readonly twin: string | Uint8Array
  /** A JSON Schema can see the fault as well. */
  readonly structural: boolean
}

export const corpus: readonly CorpusCase[] = [
  ...texts,
  ...registries,
  ...telemetries,
  ...environments,
  ...certificates,
  ...others,
].map(([title, document, problems, twin, structural]) => ({
  title,
  document,
  problems: typeof problems === 'string' ? [problems] : problems,
  twin,
  structural: structural !== undefined,
}))
