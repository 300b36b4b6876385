import { createHash, randomBytes } from 'node:crypto'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type CallbackListener, listenForCallback } from './callback-listener.ts'
import { describeFetchProblem } from './fetch-problem-words.ts'
import { describeError, type Members, parseMembers, textMember } from './read-document.ts'
import type { Provider } from './read-provider.ts'
import type { DoctorTools } from './tools.ts'

const patience = 5 * 60

export interface SignInRequest {
  readonly provider: Provider
  readonly clientId: string
  readonly scopes: readonly string[]
  /** 0 for any that is free. */
  readonly callbackPort: number
  /** Shows the person where to go. */
  present(url: string): void
}

export interface SignInProblem {
  readonly found: string
  readonly remedy: string
}

/** The authorization code flow of a command-line client: PKCE, a browser, and a listener on this machine. */
export const signIn = async (
  request: SignInRequest,
  tools: DoctorTools,
): Promise<Result<string, SignInProblem>> => {
  const secrets = { state: random(), nonce: random(), verifier: random() }
  const listener = await openListener(secrets.state, request.callbackPort)
  if (listener === undefined) {
    return fail({
      found: `Port ${request.callbackPort} is taken.`,
      remedy: 'Choose another --callback-port.',
    })
  }
  try {
    request.present(authorizationUrl(request, secrets, listener.redirectUri))
    const query = await arrivalWithin(listener)
    if (query === undefined) {
      return fail({
        found: 'Nobody signed in within 5 minutes.',
        remedy: 'Run it again and sign in in the browser.',
      })
    }
    const code = readCode(query, request.provider)
    if (!code.ok) return code
    return await redeem(request, secrets, listener.redirectUri, code.value, tools)
  } finally {
    listener.close()
  }
}

interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

const random = (): string => randomBytes(32).toString('base64url')

const openListener = async (state: string, port: number) => {
  try {
    return await listenForCallback(state, port)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

/** Undefined when nobody came in time. */
const arrivalWithin = (listener: CallbackListener): Promise<URLSearchParams | undefined> =>
  new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), patience * 1000)
    void listener.arrival.then((query) => {
      clearTimeout(late)
      resolve(query)
    })
  })

const authorizationUrl = (request: SignInRequest, secrets: Secrets, redirectUri: string): string => {
  const url = new URL(request.provider.authorizationEndpoint)
  const parameters = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: redirectUri,
    scope: ['openid', ...request.scopes.filter((scope) => scope !== 'openid')].join(' '),
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

const readCode = (query: URLSearchParams, provider: Provider): Result<string, SignInProblem> => {
  const issuer = query.get('iss')
  // Stops mix-up: the code of one provider must not be sent to another (RFC 9207).
  if (issuer === null ? provider.statesIssuer : issuer !== provider.issuer) {
    return fail({
      found: `The answer came from ${issuer ?? 'nobody that says its name'}, not from ${provider.issuer}.`,
      remedy: 'Run it again. If it stays so, ask whoever runs the provider.',
    })
  }
  const error = query.get('error')
  if (error !== null) {
    const reason = describeError({ error, error_description: query.get('error_description') })
    return fail({
      found: `The identity provider refused${reason}.`,
      remedy:
        'Check the client there: its id, that it may ask for the scopes, and that it allows this redirect.',
    })
  }
  const code = query.get('code')
  if (code !== null && code !== '') return ok(code)
  return fail({ found: 'The identity provider sent no code.', remedy: 'Run it again.' })
}

const redeem = async (
  request: SignInRequest,
  secrets: Secrets,
  redirectUri: string,
  code: string,
  tools: DoctorTools,
): Promise<Result<string, SignInProblem>> => {
  const url = request.provider.tokenEndpoint
  const sent = await tools.send(url, {
    method: 'POST',
    headers: { accept: 'application/json' },
    form: {
      grant_type: 'authorization_code',
      client_id: request.clientId,
      code,
      code_verifier: secrets.verifier,
      redirect_uri: redirectUri,
    },
    bytes: limits.discovery.bytes,
    timeout: limits.request.timeout,
  })
  if (!sent.ok) return fail(describeFetchProblem(sent.problem, url))
  const members = parseMembers(sent.value.text)
  if (!members.ok || sent.value.status !== 200) {
    const reason = members.ok ? describeError(members.value) : ''
    return fail({
      found: `${url} answers ${sent.value.status}${reason}.`,
      remedy: 'Check that the client is a public one, with PKCE and without a secret.',
    })
  }
  return readToken(members.value, secrets.nonce)
}

const readToken = (members: Members, nonce: string): Result<string, SignInProblem> => {
  const token = textMember(members, 'access_token')
  if (token === undefined || textMember(members, 'token_type')?.toLowerCase() !== 'bearer') {
    return fail({
      found: 'The identity provider gave no bearer token.',
      remedy: 'Check which kind of token the provider issues to this client.',
    })
  }
  const idToken = textMember(members, 'id_token')
  // Stops the code of another sign-in from being taken for ours.
  if (idToken !== undefined && nonceOf(idToken) !== nonce) {
    return fail({ found: 'The ID token belongs to another sign-in.', remedy: 'Run it again.' })
  }
  return ok(token)
}

const nonceOf = (idToken: string): unknown => {
  const payload = parseMembers(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'))
  return payload.ok ? payload.value.nonce : undefined
}
