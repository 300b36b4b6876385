import { type CommandSpec, jsonOption, textOption } from './command-spec.ts'

export const verify: CommandSpec = {
  words: 'verify',
  summary: 'Check an envelope as a client does, step by step.',
  positionals: [{ name: 'FILE|URL', required: true }],
  options: {
    jwks: { type: 'string', value: 'FILE|URL', doc: 'The key set. Default: that of the manager.' },
    manager: { type: 'string', value: 'URL', doc: 'The manager that the envelope must come from.' },
    'token-file': { type: 'string', value: 'FILE', doc: 'The access token to fetch the envelope with.' },
    json: jsonOption,
  },
  example: 'hivewarden verify https://config.example.com --token-file token.txt',
  run: async (given, io) => {
    const jwks = textOption(given, 'jwks')
    const manager = textOption(given, 'manager')
    const tokenFile = textOption(given, 'token-file')
    const { runVerify, systemVerifyTools } = await import('./verify/run-verify.ts')
    return runVerify(
      {
        target: given.positionals[0] ?? '',
        ...(jwks === undefined ? {} : { jwks }),
        ...(manager === undefined ? {} : { manager }),
        ...(tokenFile === undefined ? {} : { tokenFile }),
        json: given.options.json === true,
      },
      io,
      systemVerifyTools,
    )
  },
}
