import type { GovernedDirective } from '../../../domain/manager-state.ts'
import { Panel } from '../../ui/panel.tsx'
import { Pill } from '../../ui/pill.tsx'

const Standing = ({ directive: { governed, enforcement } }: { directive: GovernedDirective }) => {
  if (governed === false) return <Pill>Not governed</Pill>
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
    <div className="flex items-start justify-between gap-3">
      <h4 className={directive.governed === false ? 'font-medium text-ink-2' : 'font-semibold'}>
        {directive.title}
      </h4>
      <Standing directive={directive} />
    </div>
    <p className="max-w-[76ch] break-words text-ink-2">{directive.sentence}</p>
  </li>
)

const count = (directives: readonly GovernedDirective[]): string => {
  const governed = directives.filter((directive) => directive.governed !== false).length
  return governed === directives.length
    ? `${governed} governed`
    : `${governed} of ${directives.length} governed`
}

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
