import { durationInWords, parseGoDuration } from '../../../domain/duration.ts'
import type {
  EnvelopeState,
  GovernedDirective,
  IdentityProviderState,
  ManagerState,
  PolicyState,
  SigningKeyState,
} from '../../../domain/manager-state.ts'
import { describeDirectives } from '../../../domain/policy/describe-directives.ts'
import { resolvePolicy } from '../../../domain/policy/resolve-policy.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KeySetState } from '../../ports/key-set.ts'
import type { PolicySource } from '../../ports/policy-source.ts'
import type { SigningKeys } from '../../ports/signing-keys.ts'
import type { EnvelopePress } from '../envelope/envelope-press.ts'

export interface OverviewDependencies {
  readonly version: string
  readonly manager: string
  readonly bootstrapUrl: string
  readonly evaluation: boolean
  readonly fileGoverned: boolean
  readonly refreshInterval: string
  readonly policy: PolicySource
  readonly keys: SigningKeys
  readonly press: EnvelopePress
  /** Absent where no identity provider is configured. */
  readonly identityProvider?: { readonly issuer: string; state(): KeySetState }
  readonly clock: Clock
}

/** What an administrator sees first: what is in force, what clients get, and whether the parts behind it are well. */
export const createDescribeManager = (dependencies: OverviewDependencies) => (): ManagerState => {
  const now = Math.floor(dependencies.clock.now() / 1000)
  const envelope = describeEnvelope(dependencies, now)
  const identityProvider = describeIdentityProvider(dependencies)
  return {
    version: dependencies.version,
    now,
    resourceUrl: dependencies.manager,
    bootstrapUrl: dependencies.bootstrapUrl,
    evaluation: dependencies.evaluation,
    fileGoverned: dependencies.fileGoverned,
    policy: describePolicy(dependencies.policy, now),
    ...(envelope === undefined ? {} : { envelope }),
    signingKey: describeSigningKey(dependencies.keys),
    ...(identityProvider === undefined ? {} : { identityProvider }),
  }
}

function describePolicy(source: PolicySource, now: number): PolicyState {
  const inForce = source.current()
  const refusal = source.refusal()
  return {
    source: source.describes,
    ...(inForce?.serial === undefined ? {} : { serial: inForce.serial }),
    // A file that governs has no hour of publication.
    ...(inForce === undefined || inForce.publishedAt === 0 ? {} : { publishedAt: inForce.publishedAt }),
    loadedAt: inForce?.loadedAt ?? now,
    directives: describeEverybodysPolicy(source),
    warnings: (inForce?.warnings ?? []).map(({ path, message }) => ({ path, message })),
    ...(refusal === undefined
      ? {}
      : {
          problem: {
            since: refusal.since,
            remarks: refusal.problems.map(({ path, message }) => ({ path, message })),
          },
        }),
  }
}

const describeEverybodysPolicy = (source: PolicySource): readonly GovernedDirective[] =>
  describeDirectives(resolvePolicy(layersForEverybody(source)).config)

const layersForEverybody = (source: PolicySource) =>
  (source.current()?.document.layers ?? []).filter(({ audience }) => audience === undefined)

function describeEnvelope(dependencies: OverviewDependencies, now: number): EnvelopeState | undefined {
  const inForce = dependencies.policy.current()
  const signer = dependencies.keys.signer()
  if (inForce === undefined || signer === undefined) return undefined
  const layers = layersForEverybody(dependencies.policy)
  const printed = dependencies.press.print(inForce, layers, () => resolvePolicy(layers).config, signer, now)
  const interval = parseGoDuration(dependencies.refreshInterval)
  return {
    issuedAt: printed.issuedAt,
    notAfter: printed.notAfter,
    pollEvery: interval.ok ? durationInWords(interval.value) : dependencies.refreshInterval,
    bytes: new TextEncoder().encode(printed.json).byteLength,
    kid: printed.kid,
  }
}

function describeSigningKey(keys: SigningKeys): SigningKeyState {
  const signer = keys.signer()
  const problem = keys.problem()
  if (signer !== undefined) return { kind: 'ready', kid: signer.kid, state: 'active' }
  return { kind: 'missing', problem: problem ?? 'No signing key is configured, so nothing can be signed.' }
}

function describeIdentityProvider({
  identityProvider,
}: OverviewDependencies): IdentityProviderState | undefined {
  if (identityProvider === undefined) return undefined
  const state = identityProvider.state()
  return {
    issuer: identityProvider.issuer,
    reachable: state.lastProblem === undefined && state.loaded,
    keys: state.keys,
    ...(state.fetchedAt === undefined ? {} : { fetchedAt: state.fetchedAt }),
  }
}
