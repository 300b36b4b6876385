import { limits } from '../../../domain/limits.ts'
import type { Bootstrap } from './examine-manager.ts'
import { type Members, parseMembers, textList, textMember } from './read-document.ts'
import type { Provider } from './read-provider.ts'
import type { Report } from './report.ts'
import { signIn } from './sign-in.ts'
import type { DoctorTools } from './tools.ts'

export interface TokenSource {
  readonly tokenFile?: string
  /** Where to leave the token of a sign-in. */
  readonly saveFile?: string
  readonly login: boolean
  readonly callbackPort: number
  present(url: string): void
}

export const obtainToken = async (
  source: TokenSource,
  bootstrap: Bootstrap,
  provider: Provider | undefined,
  report: Report,
  tools: DoctorTools,
): Promise<string | undefined> => {
  const token = source.login
    ? await tokenBySignIn(source, bootstrap, provider, report, tools)
    : await tokenFromFile(source.tokenFile, report, tools)
  if (token === undefined || !(await isSaved(token, source, report, tools))) return undefined
  report.pass('token', describeToken(token))
  return token
}

/** True also where nobody asked for it. */
const isSaved = async (
  token: string,
  { saveFile }: TokenSource,
  report: Report,
  tools: DoctorTools,
): Promise<boolean> => {
  if (saveFile === undefined) return true
  try {
    await tools.writeSecret(saveFile, `${token}\n`)
    return true
  } catch {
    report.fail('token', `${saveFile} cannot be written.`, 'Name a new file in a folder that you may write.')
    return false
  }
}

const tokenFromFile = async (
  path: string | undefined,
  report: Report,
  tools: DoctorTools,
): Promise<string | undefined> => {
  if (path === undefined) {
    report.skip('token', 'None was given. Use --login or --token-file FILE to go on to the envelope.')
    return undefined
  }
  let text: string
  try {
    text = (await tools.readFile(path)).trim()
  } catch {
    return report.fail('token', `${path} cannot be read.`, 'Name a file that holds the token alone.')
  }
  if (/^[\w.~+/=-]+$/.test(text) && text.length <= limits.token.bytes) return text
  return report.fail(
    'token',
    `${path} holds no token.`,
    'Name a file that holds the token alone, without "Bearer".',
  )
}

const tokenBySignIn = async (
  source: TokenSource,
  bootstrap: Bootstrap,
  provider: Provider | undefined,
  report: Report,
  tools: DoctorTools,
): Promise<string | undefined> => {
  if (provider === undefined) {
    report.skip('token', 'Nobody can sign in until the identity provider is in order.')
    return undefined
  }
  if (bootstrap.clientId === undefined) {
    return report.fail(
      'token',
      'The manager names no client.',
      'Set clientID to the public client of the provider.',
    )
  }
  const { clientId, scopes } = bootstrap
  const signedIn = await signIn({ ...source, provider, clientId, scopes }, tools)
  if (signedIn.ok) return signedIn.value
  return report.fail('token', signedIn.problem.found, signedIn.problem.remedy)
}

/** What a token says of itself, unverified: enough to see that it is another one than meant. Never the token. */
const describeToken = (token: string): string => {
  const payload = parseMembers(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  if (!payload.ok) return 'not a JWT, so nothing can be said about it'
  const claims = payload.value
  const facts = [
    textMember(claims, 'sub'),
    `audience ${[...textList(claims.aud), textMember(claims, 'aud')].filter(Boolean).join(', ') || 'none'}`,
    `scope ${scopesOf(claims) || 'none'}`,
    `groups ${textList(claims.groups).join(', ') || 'none'}`,
  ]
  return facts.filter(Boolean).join(' · ')
}

const scopesOf = (claims: Members): string =>
  textMember(claims, 'scope') ?? textMember(claims, 'scp') ?? textList(claims.scp).join(' ')
