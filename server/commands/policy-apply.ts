import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'
import { localArguments, serialOption } from './local/local-options.ts'

export const policyApply: CommandSpec = {
  words: 'policy apply',
  summary: 'Publish a policy file. Where the policy says the same already, nothing is written.',
  positionals: [{ name: 'FILE', required: true }],
  options: {
    'allow-delete': { type: 'boolean', doc: 'Remove what is in force and not in the file.' },
    'expect-serial': {
      type: 'string',
      value: 'NUMBER',
      doc: 'Do nothing when another revision is in force: the one that was planned against.',
    },
    'serial-floor': {
      type: 'string',
      value: 'NUMBER',
      doc: 'The highest serial that clients have seen of another manager: the revision stands above it.',
    },
    title: { type: 'string', value: 'TEXT', doc: 'Title of the revision.' },
    reason: { type: 'string', value: 'TEXT', doc: 'Why, for those who read the history.' },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden policy apply enterprise-config.json --reason "Playground closed, SEC-42"',
  async run(given, io) {
    const expectedSerial = serialOption(textOption(given, 'expect-serial'))
    if (expectedSerial === 'invalid') {
      io.printError('--expect-serial is the number of a revision.')
      return 2
    }
    const serialFloor = serialOption(textOption(given, 'serial-floor'))
    if (serialFloor === 'invalid') {
      io.printError('--serial-floor is the number of a revision.')
      return 2
    }
    const title = textOption(given, 'title')
    const reason = textOption(given, 'reason')
    const { runPolicyApply } = await import('./policy/run-policy-apply.ts')
    return runPolicyApply(
      {
        ...localArguments(given),
        file: given.positionals[0] ?? '',
        allowDelete: given.options['allow-delete'] === true,
        ...(expectedSerial === undefined ? {} : { expectedSerial }),
        ...(serialFloor === undefined ? {} : { serialFloor }),
        ...(title === undefined ? {} : { title }),
        ...(reason === undefined ? {} : { reason }),
      },
      io,
    )
  },
}
