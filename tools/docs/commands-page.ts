import { commands } from '../../server/commands/commands.ts'
import { usageOf } from '../../server/commands/run-command.ts'

/** docs/commands.md, from the commands themselves. */
export const commandsPage = (): string =>
  [
    '# Commands',
    '',
    '<!-- Written by tools/generate-docs.ts from server/commands. Change it there. -->',
    '',
    'From a checkout, `hivewarden` is `node_modules/.bin/node build/hivewarden.mjs` after `npm run build`.',
    '',
    'Every command prints what a person reads, and those with `--json` print JSON for programs. Exit status: 0 done · 1 checked',
    'and found wrong · 2 wrong usage · 69 something needed is unreachable · 78 settings refused.',
    '',
    ...commands.flatMap((command) => [`## ${command.words}`, '', '```text', usageOf(command), '```', '']),
  ].join('\n')
