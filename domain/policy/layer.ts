import type { ClientType } from '../client-type.ts'
import type { DirectiveKey, EnterpriseConfig } from './policy-document.ts'

/** Every member that is given must match; within a list, one match is enough. */
export interface Audience {
  readonly groups?: readonly string[]
  /** Subjects or e-mail addresses. */
  readonly people?: readonly string[]
  readonly clientTypes?: readonly ClientType[]
  /** A range of client versions, such as `>=1.4.0 <2.0.0` or `^1.4 || 2.x`. */
  readonly clientVersions?: string
}

export interface Layer {
  readonly id: string
  readonly name: string
  /** Absent: everybody. */
  readonly audience?: Audience
  readonly directives: EnterpriseConfig
  /** Directives that no later layer can change, whether this layer governs them or leaves them as they are. */
  readonly final?: readonly DirectiveKey[]
}

/** The person and the client that ask for their policy. */
export interface Viewer {
  readonly subject: string
  readonly email?: string
  readonly groups: readonly string[]
  readonly clientType: ClientType
  readonly clientVersion: string
}
