import type { GovernedDirective } from '../../../domain/manager-state.ts'
import { Panel } from '../../ui/panel.tsx'
import { Pill } from '../../ui/pill.tsx'

const Enforcement = ({ enforcement }: { enforcement: GovernedDirective['enforcement'] }) => {
  if (enforcement === undefined) return null
  return enforcement === 'enforced' ? <Pill tone="accent">Enforced</Pill> : <Pill tone="blue">Default</Pill>
}

const inGroups = (directives: readonly GovernedDirective[]) => {
  const groups = new Map<string, GovernedDirective[]>()
  for (const directive of directives) {
    const group = groups.get(directive.group)
    if (group === undefined) groups.set(directive.group, [directive])
    else group.push(directive)
  }
  return [...groups]
}

const Directive = ({ directive }: { directive: GovernedDirective }) => (
  <li className="border-t border-line px-4 py-2.5">
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <h4 className="font-semibold">{directive.title}</h4>
      <Enforcement enforcement={directive.enforcement} />
    </div>
    <p className="max-w-[76ch] break-words text-ink-2">{directive.sentence}</p>
  </li>
)

const count = (directives: readonly GovernedDirective[]) =>
  directives.length === 1 ? '1 directive' : `${directives.length} directives`

export const GovernedDirectives = ({ directives }: { directives: readonly GovernedDirective[] }) => (
  <Panel title="Policy in force" aside={directives.length > 0 && count(directives)}>
    {directives.length === 0 && (
      <p className="px-4 py-6 text-ink-2">
        Nothing is governed. Clients keep their own settings until the policy says something.
      </p>
    )}
    {inGroups(directives).map(([group, members]) => (
      <section key={group} aria-label={group} className="border-t border-line first-of-type:border-t-0">
        <h3 className="bg-sunken px-4 py-1.5 text-small text-ink-3">{group}</h3>
        <ul>
          {members.map((directive) => (
            <Directive key={directive.key} directive={directive} />
          ))}
        </ul>
      </section>
    ))}
  </Panel>
)
