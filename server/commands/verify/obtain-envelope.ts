import { readSignedForm } from '../../../domain/envelope/read-signed-form.ts'
import { isJsonObject } from '../../../domain/json/json-value.ts'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import { type JwksProblem, readJwks } from '../../../domain/signing-keys/read-jwks.ts'
import { describeFetchProblem } from '../doctor/fetch-problem-words.ts'
import type { Send } from '../doctor/send.ts'

export interface VerifyArguments {
  /** A file, the URL of an envelope, or that of a manager. */
  readonly target: string
  readonly jwks?: string
  readonly manager?: string
  readonly tokenFile?: string
  readonly json: boolean
}

export interface Sources {
  readonly send: Send
  readFile(path: string): Promise<string>
}

export interface Obtained {
  readonly text: string
  readonly keys: readonly PublicSigningJwk[]
  readonly manager: string
  /** False where the envelope's own word had to do, since nobody said who should have issued it. */
  readonly managerGiven: boolean
}

/** Why there is nothing to verify, and the exit status that says so. */
export interface Obstacle {
  readonly message: string
  readonly exit: 1 | 2 | 69
}

const bootstrapPath = '/.well-known/toolhive-configuration'
const configPath = '/api/v1beta/config'
const jwksPath = '/.well-known/jwks.json'

/** Gets the envelope and the keys, from wherever the arguments say that they are. */
export async function obtainEnvelope(
  given: VerifyArguments,
  sources: Sources,
): Promise<Result<Obtained, Obstacle>> {
  const token = await readToken(given, sources)
  if (!token.ok) return token
  if (isUrl(given.target) && given.jwks === undefined) return fromManager(given, token.value, sources)

  const text = await read(given.target, limits.envelope.bytes, sources, token.value)
  if (!text.ok) return text
  const jwksAt =
    given.jwks ?? (given.manager === undefined ? undefined : `${trimmed(given.manager)}${jwksPath}`)
  if (jwksAt === undefined) {
    return obstacle(
      2,
      'Say where the keys are: --jwks FILE|URL, or --manager URL to take those of a manager.',
    )
  }
  const keys = await readKeys(jwksAt, sources)
  if (!keys.ok) return keys
  const manager = given.manager === undefined ? statedManager(text.value) : trimmed(given.manager)
  return ok({
    text: text.value,
    keys: keys.value,
    manager,
    managerGiven: given.manager !== undefined,
  })
}

/** Goes the way of a client: bootstrap document, keys, envelope. */
async function fromManager(
  given: VerifyArguments,
  token: string | undefined,
  sources: Sources,
): Promise<Result<Obtained, Obstacle>> {
  if (token === undefined) {
    return obstacle(2, 'A manager hands out its envelope for a token: add --token-file FILE.')
  }
  const manager = managerOf(given.target)
  const bootstrap = await read(`${manager}${bootstrapPath}`, limits.bootstrap.bytes, sources)
  if (!bootstrap.ok) return bootstrap
  const members = parseJson(bootstrap.value)
  const { config_endpoint: config, jwks_uri: jwks } = isJsonObject(members) ? members : {}
  if (typeof config !== 'string' || typeof jwks !== 'string') {
    return obstacle(1, `${manager}${bootstrapPath} is not the bootstrap document of a manager.`)
  }
  // Stops a bootstrap document that sends the token, or the search for keys, to somebody else.
  const foreign = [config, jwks].find((url) => URL.parse(url)?.origin !== URL.parse(manager)?.origin)
  if (foreign !== undefined) return obstacle(1, `The bootstrap document leads to another origin: ${foreign}`)
  const keys = await readKeys(jwks, sources)
  if (!keys.ok) return keys
  const text = await read(config, limits.envelope.bytes, sources, token)
  if (!text.ok) return text
  return ok({
    text: text.value,
    keys: keys.value,
    manager: trimmed(given.manager ?? manager),
    managerGiven: true,
  })
}

async function readToken(
  { tokenFile }: VerifyArguments,
  sources: Sources,
): Promise<Result<string | undefined, Obstacle>> {
  if (tokenFile === undefined) return ok(undefined)
  const text = await readLocal(tokenFile, sources)
  if (!text.ok) return text
  const token = text.value.trim()
  // Stops a file of several lines from adding headers to the request.
  return /^[\w.~+/=-]+$/.test(token) ? ok(token) : obstacle(2, `${tokenFile} does not hold one access token.`)
}

async function readKeys(
  place: string,
  sources: Sources,
): Promise<Result<readonly PublicSigningJwk[], Obstacle>> {
  const text = await read(place, limits.jwks.bytes, sources)
  if (!text.ok) return text
  const keys = readJwks(parseJson(text.value))
  return keys.ok ? keys : obstacle(1, `${place} ${jwksSentence(keys.problem)}`)
}

function jwksSentence(problem: JwksProblem): string {
  switch (problem) {
    case 'not_a_jwks':
      return 'is not a key set.'
    case 'private_member':
      return 'publishes a private key. Replace that key at once.'
    case 'duplicate_kid':
      return 'has two keys of one id.'
  }
}

const read = (place: string, bytes: number, sources: Sources, token?: string) =>
  isUrl(place) ? readRemote(place, bytes, sources, token) : readLocal(place, sources)

async function readRemote(
  url: string,
  bytes: number,
  { send }: Sources,
  token: string | undefined,
): Promise<Result<string, Obstacle>> {
  const headers = {
    'X-Client-Type': 'toolhive-cli',
    'X-Client-Version': '1.0.0',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  }
  const answer = await send(url, { headers, bytes, timeout: limits.request.timeout })
  if (!answer.ok) {
    const trouble = describeFetchProblem(answer.problem, url)
    return obstacle(trouble.unreachable ? 69 : 1, `${trouble.found} ${trouble.remedy}`)
  }
  const { status, text } = answer.value
  if (status === 200) return ok(text)
  if (status === 401) return obstacle(1, `${url} refuses the token (401). Get a new one for this manager.`)
  return obstacle(status >= 500 ? 69 : 1, `${url} answers ${status}.`)
}

async function readLocal(file: string, { readFile }: Sources): Promise<Result<string, Obstacle>> {
  try {
    return ok(await readFile(file))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return obstacle(69, `${file} cannot be read (${code}).`)
  }
}

/** What the envelope says of itself, for want of better: only the step that compares it loses its meaning. */
function statedManager(text: string): string {
  const parts = readSignedForm(text)
  const stated = parts.ok ? parts.value.members.manager : undefined
  return typeof stated === 'string' ? stated : ''
}

/** The manager's own URL, whether that, its bootstrap document or its envelope was named. */
function managerOf(url: string): string {
  const path = [bootstrapPath, configPath].find((known) => url.endsWith(known)) ?? ''
  return trimmed(url.slice(0, url.length - path.length))
}

const isUrl = (place: string): boolean => /^https?:\/\//i.test(place)

const trimmed = (url: string): string => url.replace(/\/+$/, '')

const obstacle = (exit: Obstacle['exit'], message: string) => fail<Obstacle>({ exit, message })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
