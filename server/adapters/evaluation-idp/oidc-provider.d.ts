/** The part of the library that is used here; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface Interaction {
    readonly uid: string
    readonly params: Readonly<Record<string, unknown>>
    readonly prompt: { readonly name: string }
  }

  export interface Grant {
    addOIDCScope(scope: string): void
    addResourceScope(resource: string, scope: string): void
    save(): Promise<string>
  }

  /** The request's context of the web framework inside. */
  export interface Context {
    type: string
    body: unknown
    readonly status: number
    readonly path: string
    readonly method: string
    set(headers: Record<string, string>): void
    readonly oidc?: { readonly client?: Client }
  }

  export interface Client {
    readonly clientId: string
  }

  export interface ErrorAnswer {
    readonly error: string
    readonly error_description?: string
  }

  export type InteractionResult =
    | { readonly login: { readonly accountId: string }; readonly consent: { readonly grantId: string } }
    | { readonly error: string; readonly error_description: string }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    /** Takes protocol and host from the forwarded headers. */
    proxy: boolean
    readonly Client: { readonly prototype: { redirectUriAllowed(uri: string): boolean } }
    readonly AccessToken: object
    readonly AuthorizationCode: object
    readonly IdToken: object
    readonly Interaction: object
    readonly RefreshToken: object
    readonly ReplayDetection: object
    readonly Session: object
    readonly Grant: new (properties: {
      readonly accountId: string
      readonly clientId: string
    }) => Grant
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: InteractionResult,
      options: { readonly mergeWithLastSubmission: boolean },
    ): Promise<void>
    on(event: 'server_error', listener: (context: Context, error: Error) => void): this
    on(event: 'error', listener: (error: Error) => void): this
  }

  export namespace errors {
    class SessionNotFound extends Error {}
    class InvalidTarget extends Error {}
  }
}
