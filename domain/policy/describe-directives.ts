import type { GovernedDirective } from '../manager-state.ts'
import { describeEffect } from './describe-effect.ts'
import { directiveKeys, findDirective } from './find-directive.ts'
import type { EnterpriseConfig } from './policy-document.ts'
import { statedEntry } from './stated-entry.ts'

/** Every directive with what clients do because of it, in the order in which people see them. */
export const describeDirectives = (config: EnterpriseConfig): readonly GovernedDirective[] =>
  directiveKeys.map((key) => {
    const { title, group } = findDirective(key)
    const enforcement = statedEntry(findDirective(key), config[key])?.enforcement
    return {
      key,
      title,
      group,
      governed: config[key] !== undefined,
      ...(enforcement === undefined ? {} : { enforcement }),
      sentence: describeEffect(key, config[key]),
    }
  })
