import { z } from 'zod'
import { defineDirective } from './directive.ts'
import { registry } from './registry.ts'

export const nonRegistryServers = defineDirective({
  key: 'non_registry_servers',
  title: 'Servers outside the registry',
  group: 'Servers',
  summary: 'Whether people may run MCP servers that the registry does not list.',
  enforceable: true,
  schema: z.boolean(),
  initial: true,
  example: false,
  fields: [
    { kind: 'boolean', path: [], label: 'Servers outside the registry', on: 'Allowed', off: 'Blocked' },
  ],
  notGoverned: 'People may run any MCP server, listed in the registry or not.',
  effect(value, enforcement) {
    if (value) {
      return enforcement === 'enforced'
        ? 'People may run MCP servers that the registry does not list, and cannot switch this off.'
        : 'People may run MCP servers that the registry does not list, unless they switch this off.'
    }
    return enforcement === 'enforced'
      ? 'People can run only MCP servers that the registry lists; creating or restarting any other is refused.'
      : 'Clients offer only MCP servers that the registry lists; people may switch the others on.'
  },
  risk({ before, after }) {
    const blocks = after?.value === false && after.enforcement === 'enforced'
    const blocked = before?.value === false && before.enforcement === 'enforced'
    if (blocks && !blocked) return 'People lose every server that the registry does not list.'
    return blocked && !blocks ? 'People can run servers that nobody has reviewed.' : undefined
  },
  crossCheck(entry, lookup, report) {
    if (entry.value || entry.enforcement !== 'enforced') return
    if (lookup(registry)?.enforcement === 'enforced') return
    report.warning(
      [],
      'needs_registry',
      'Enforce the registry as well: as it is, people can choose another registry and run its servers.',
    )
  },
})
