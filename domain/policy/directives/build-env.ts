import { z } from 'zod'
import { limits } from '../../limits.ts'
import { detectSecret } from '../detect-secret.ts'
import { hasUnsafeCharacter } from '../unsafe-characters.ts'
import { defineDirective, type Report } from './directive.ts'
import { boundedText } from './structure.ts'

const variableName = /^[A-Z][A-Z0-9_]*$/
const MOST_NAME_CHARACTERS = 256
/** Clients refuse to set these. */
const reserved: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'USER',
  'SHELL',
  'PWD',
  'HOSTNAME',
  'TERM',
  'LANG',
  'LC_ALL',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
])
/** Clients set these, but they change how the programs of a container run. */
const powerful: ReadonlySet<string> = new Set([
  'NODE_OPTIONS',
  'PYTHONSTARTUP',
  'BASH_ENV',
  'GIT_SSH_COMMAND',
])
const shellSyntax = ['`', '$(', '${', '\\', '"', ';', '&&', '|', '>', '<'] as const
const proxyName = /^(?:HTTP|HTTPS|ALL|FTP|NO)_PROXY$/

export const buildEnv = defineDirective({
  key: 'build_env',
  title: 'Build environment',
  group: 'Containers',
  summary: 'Variables, such as proxies and package mirrors, for the containers that clients build.',
  enforceable: true,
  schema: z
    .record(z.string(), boundedText(limits.envValue.characters))
    .meta({ description: 'Names in upper case, values without shell syntax. Every client can read them.' }),
  initial: {},
  example: { HTTPS_PROXY: 'http://proxy.example.com:3128', NPM_CONFIG_REGISTRY: 'https://npm.example.com/' },
  fields: [
    {
      kind: 'map',
      path: [],
      label: 'Variables',
      hint: 'Every client can read them: never a credential.',
      nameLabel: 'Name',
      valueLabel: 'Value',
      maxItems: limits.document.members,
    },
  ],
  notGoverned: 'Containers are built with the variables that a person sets, and no others.',
  effect(value, enforcement) {
    const names = Object.keys(value)
    if (names.length === 0) {
      return enforcement === 'enforced'
        ? 'Containers are built without extra variables; people cannot add any.'
        : 'Containers are built without extra variables, unless a person adds some.'
    }
    const list =
      names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    return enforcement === 'enforced'
      ? `Containers are built with ${list}; people cannot change this.`
      : `Containers are built with ${list}, unless a person changes it.`
  },
  risk({ before, after }) {
    const was = before?.value ?? {}
    const is = after?.value ?? {}
    const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (name) => proxyName.test(name) && was[name] !== is[name],
    )
    return changed.length === 0
      ? undefined
      : `The traffic of container builds takes another way: ${changed.join(', ')} changes.`
  },
  examine(value, _context, report) {
    for (const [name, text] of Object.entries(value)) {
      examineName(name, report)
      if (text !== undefined) examineValue(name, text, report)
    }
  },
})

function examineName(name: string, report: Report): void {
  if (!variableName.test(name)) {
    report.error(
      [name],
      'env_name',
      'Use a name of upper-case letters, digits and _ that starts with a letter.',
      name,
    )
  } else if (name.length > MOST_NAME_CHARACTERS) {
    report.error(
      [name],
      'max_length',
      `Shorten the name to at most ${MOST_NAME_CHARACTERS} characters.`,
      name,
    )
  } else if (reserved.has(name)) {
    report.error([name], 'env_reserved', `Remove ${name}: clients refuse to set it.`)
  } else if (powerful.has(name)) {
    report.warning([name], 'env_reserved', `Check ${name}: it changes how programs inside the container run.`)
  }
}

function examineValue(name: string, text: string, report: Report): void {
  const syntax = shellSyntax.find((part) => text.includes(part))
  if (hasUnsafeCharacter(text)) {
    report.error([name], 'control_char', 'Remove line breaks and control characters from this value.', text)
  } else if (syntax !== undefined) {
    // Stops a value that a shell would run while the container is built.
    report.error([name], 'env_value', `Remove ${syntax} from this value: clients refuse shell syntax.`, text)
  }
  const secret = detectSecret(text, name)
  if (secret !== undefined) {
    report.warning(
      [name],
      'secret_suspected',
      `Check this value: it looks like ${secret}, and every client can read it.`,
      text,
    )
  }
}
