import type { EnterpriseConfig } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import type { PolicySource } from '../../ports/policy-source.ts'

/** A policy that is part of the settings, and so as fixed as they are. */
export function fixedPolicy(
  config: EnterpriseConfig,
  warnings: readonly PolicyProblem[],
  facts: { readonly serial: number | undefined; readonly loadedAt: number },
): PolicySource {
  const inForce = {
    document: singleLayer(config),
    ...(facts.serial === undefined ? {} : { serial: facts.serial }),
    publishedAt: 0,
    loadedAt: facts.loadedAt,
    warnings,
  }
  return {
    describes: 'the settings',
    current: () => inForce,
    refusal: () => undefined,
    onChange: () => () => undefined,
    stop: () => undefined,
  }
}
