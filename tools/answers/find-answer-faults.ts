import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { RecordedAnswer } from '../../server/testing/record-answer.ts'
import type { ApiDescription, ResponseDescription } from './api-description.ts'

/** What HTTP itself may answer on any path, and the description need not say. All of them are errors in its form. */
const httpLevel = new Set([400, 404, 405, 408, 413, 414, 417, 421, 431])
/** Headers that stand only where their condition holds. */
const conditional = new Set(['Preference-Applied'])
const DOCUMENT = 'https://hivewarden.invalid/client-api'

export type FindAnswerFaults = (answer: RecordedAnswer) => readonly string[]

/** Everything in which an answer differs from the description. */
export function createFindAnswerFaults({ document, responses }: ApiDescription): FindAnswerFaults {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, DOCUMENT)
  const check = (schema: object, value: unknown): readonly string[] =>
    ajv.validate(absolute(schema), value) ? [] : (ajv.errors ?? []).map(inWords)
  const checkError = (body: string): readonly string[] =>
    check({ $ref: '#/components/schemas/Error' }, json(body))

  const checkBody = (
    { body, headers }: RecordedAnswer,
    described: ResponseDescription,
  ): readonly string[] => {
    if (Object.keys(described.content).length === 0) return body === '' ? [] : checkError(body)
    const type = headers['content-type']?.split(';', 1)[0]?.trim() ?? 'none'
    const content = described.content[type]
    if (content === undefined) return [`the content type ${type} is not described`]
    return type === 'application/jose' ? checkJose(body, check) : check(content.schema, json(body))
  }

  const checkGet = (answer: RecordedAnswer): readonly string[] => {
    const described = responses.get(answer.path)?.get(answer.status)
    if (described === undefined) {
      return httpLevel.has(answer.status)
        ? checkError(answer.body)
        : [`the status ${answer.status} is not described`]
    }
    const body = answer.method === 'HEAD' ? [] : checkBody(answer, described)
    return [...checkHeaders(answer, described), ...body]
  }

  return (answer) => {
    const empty = answer.method === 'HEAD' || answer.status === 304 || answer.status === 204
    const faults = empty && answer.body !== '' ? ['there is a body where none may be'] : []
    if (answer.method === 'GET' || answer.method === 'HEAD') return [...faults, ...checkGet(answer)]
    if (answer.method === 'OPTIONS' && answer.status === 204) return [...faults, ...checkAllow(answer)]
    if (!httpLevel.has(answer.status))
      return [...faults, `${answer.method} was answered with ${answer.status}`]
    return [...faults, ...checkError(answer.body), ...(answer.status === 405 ? checkAllow(answer) : [])]
  }
}

const checkAllow = ({ headers }: RecordedAnswer): readonly string[] =>
  headers.allow === 'GET, HEAD, OPTIONS' ? [] : ['Allow does not say what is allowed']

function checkHeaders(
  { headers, status }: RecordedAnswer,
  described: ResponseDescription,
): readonly string[] {
  const faults: string[] = []
  for (const [name, { schema }] of Object.entries(described.headers)) {
    const value = headers[name.toLowerCase()]
    if (value === undefined) {
      if (!conditional.has(name)) faults.push(`the header ${name} is missing`)
    } else if (schema?.const !== undefined && schema.const !== value) {
      faults.push(`the header ${name} is ${JSON.stringify(value)}, not ${JSON.stringify(schema.const)}`)
    }
  }
  if (status === 304 && headers.etag === undefined) faults.push('a 304 without ETag')
  return faults
}

/** Any library may read it, so its payload is the envelope without the detached signature. */
function checkJose(
  body: string,
  check: (schema: object, value: unknown) => readonly string[],
): readonly string[] {
  const segments = body.split('.')
  if (segments.length !== 3 || segments.some((segment) => !/^[\w-]+$/.test(segment)))
    return ['no compact JWS']
  const payload = json(Buffer.from(segments[1] ?? '', 'base64url').toString())
  if (typeof payload !== 'object' || payload === null) return ['the payload is no object']
  if ('signature' in payload) return ['the payload holds a signature']
  return check({ $ref: '#/components/schemas/Envelope' }, { ...payload, signature: 'detached' })
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** References of the description, seen from outside it. */
function absolute(schema: object): object {
  return '$ref' in schema && typeof schema.$ref === 'string' ? { $ref: `${DOCUMENT}${schema.$ref}` } : schema
}

const inWords = ({ instancePath, message = 'is wrong', params }: ErrorObject): string =>
  `${instancePath === '' ? 'the body' : instancePath} ${message} ${JSON.stringify(params)}`
