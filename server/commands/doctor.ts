import { type CommandSpec, jsonOption, textOption } from './command-spec.ts'

export const doctor: CommandSpec = {
  words: 'doctor',
  summary: 'Acts as a client, step by step, and says what is in order and what is not.',
  positionals: [{ name: 'URL', required: false }],
  options: {
    login: { type: 'boolean', doc: 'Sign in in the browser, then fetch and verify the envelope.' },
    'no-browser': { type: 'boolean', doc: 'With --login: print the sign-in address, open nothing.' },
    'callback-port': {
      type: 'string',
      value: 'PORT',
      doc: 'With --login: the port to come back to, where the identity provider must know it. Default: any.',
    },
    'save-token': {
      type: 'string',
      value: 'FILE',
      doc: 'With --login: leave the access token in this new file, which only this account can read.',
    },
    'token-file': { type: 'string', value: 'FILE', doc: 'Use the access token in this file.' },
    json: jsonOption,
  },
  example: 'hivewarden doctor https://config.example.com --login',
  run: async (given, io) => {
    const callbackPort = readPort(textOption(given, 'callback-port'))
    if (callbackPort === undefined) {
      io.printError('--callback-port is a number from 1 to 65535.')
      return 2
    }
    const [url] = given.positionals
    const tokenFile = textOption(given, 'token-file')
    const saveFile = textOption(given, 'save-token')
    const { runDoctor } = await import('./doctor/run-doctor.ts')
    return runDoctor(
      {
        ...(url === undefined ? {} : { url }),
        ...(tokenFile === undefined ? {} : { tokenFile }),
        ...(saveFile === undefined ? {} : { saveFile }),
        login: given.options.login === true,
        browser: given.options['no-browser'] !== true,
        json: given.options.json === true,
        callbackPort,
      },
      io,
    )
  },
}

/** 0, for any free port, when none was given. */
const readPort = (text: string | undefined): number | undefined => {
  if (text === undefined) return 0
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}
