import type { IncomingMessage, ServerResponse } from 'node:http'
import type { errors as Errors, Interaction, Provider } from 'oidc-provider'
import { limits } from '../../../domain/limits.ts'
import type { Page } from './page.ts'
import { isolationHeaders } from './page-headers.ts'
import { renderRefusal } from './refusal-page.ts'
import { findSamplePerson, type SamplePerson } from './sample-people.ts'
import { renderSignIn } from './sign-in-page.ts'

export interface SignInContext {
  readonly provider: Provider
  readonly errors: typeof Errors
  /** Origin of the issuer: where the form comes from. */
  readonly origin: string
  readonly mountPath: string
  readonly resource: string
  readonly scope: string
}

/** The page that asks who signs in, and what follows when a person is picked. */
export const createSignInHandler =
  (context: SignInContext) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isPost = request.method === 'POST'
    if (!isPost && request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, POST')
      return refuse(response, 405, 'invalid_request', 'This page answers GET and POST only.')
    }
    const interaction = await readInteraction(context, request, response)
    if (interaction === undefined) {
      return refuse(
        response,
        400,
        'invalid_request',
        'This sign-in has expired or belongs to another browser.',
      )
    }
    if (!isPost) return sendPage(response, 200, signInPage(context, interaction))
    await finish(context, interaction, request, response)
  }

const readInteraction = async (
  context: SignInContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Interaction | undefined> => {
  try {
    return await context.provider.interactionDetails(request, response)
  } catch (error) {
    if (error instanceof context.errors.SessionNotFound) return undefined
    throw error
  }
}

const finish = async (
  context: SignInContext,
  interaction: Interaction,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (!comesFromOurPage(request, context.origin)) {
    return refuse(response, 403, 'access_denied', 'The form was sent by another site.')
  }
  const form = await readForm(request)
  if (form === undefined) {
    response.setHeader('Connection', 'close')
    return refuse(response, 413, 'invalid_request', 'The form is too large.')
  }
  if (form.has('cancel')) return cancel(context, request, response)
  const person = findSamplePerson(form.get('person') ?? '')
  if (person === undefined) return sendPage(response, 400, signInPage(context, interaction))
  await signInAs(context, interaction, person, request, response)
}

const signInAs = async (
  context: SignInContext,
  interaction: Interaction,
  person: SamplePerson,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const grant = new context.provider.Grant({
    accountId: person.subject,
    clientId: text(interaction.params.client_id),
  })
  const scope = text(interaction.params.scope)
  if (scope !== '') grant.addOIDCScope(scope)
  const resource = text(interaction.params.resource) || context.resource
  if (context.scope !== '') grant.addResourceScope(resource, context.scope)
  await context.provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.subject }, consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: false },
  )
}

const cancel = (context: SignInContext, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  context.provider.interactionFinished(
    request,
    response,
    { error: 'access_denied', error_description: 'The sign-in was cancelled.' },
    { mergeWithLastSubmission: false },
  )

const signInPage = (context: SignInContext, interaction: Interaction): Page =>
  renderSignIn({
    action: `${context.mountPath}/interaction/${interaction.uid}`,
    redirectUri: text(interaction.params.redirect_uri),
  })

/** Stops another site from picking a person in this browser. */
const comesFromOurPage = (request: IncomingMessage, origin: string): boolean => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return request.headers.origin === origin
}

const readForm = async (request: IncomingMessage): Promise<URLSearchParams | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  // Left open on the way out: the refusal still has to reach the browser.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > limits.request.bodyBytes) {
      request.resume()
      return undefined
    }
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

const refuse = (response: ServerResponse, status: number, error: string, description: string): void =>
  sendPage(response, status, renderRefusal({ error, error_description: description }))

const sendPage = (response: ServerResponse, status: number, page: Page): void => {
  const body = Buffer.from(page.html)
  response.writeHead(status, {
    ...isolationHeaders,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Content-Security-Policy': page.contentSecurityPolicy,
  })
  response.end(body)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
