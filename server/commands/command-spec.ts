import type { CommandIo, ExitCode } from './command.ts'

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** Shown in the usage: `--config FILE`. */
  readonly value?: string
  readonly doc: string
}

export interface ParsedArguments {
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/** One command of the program. Its words are those that a person types: `keys generate`. */
export interface CommandSpec {
  readonly words: string
  readonly summary: string
  readonly positionals: readonly { readonly name: string; readonly required: boolean }[]
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly example: string
  run(given: ParsedArguments, io: CommandIo): Promise<ExitCode>
}

export const jsonOption: OptionSpec = { type: 'boolean', doc: 'Print JSON for programs.' }
export const configOption: OptionSpec = {
  type: 'string',
  value: 'FILE',
  doc: 'Settings file, YAML or JSON. Default: HIVEWARDEN_CONFIG.',
}

export const textOption = (given: ParsedArguments, name: string): string | undefined => {
  const value = given.options[name]
  return typeof value === 'string' ? value : undefined
}
