import type { Role } from './access/roles.ts'

export const actorKinds = ['administrator', 'api_token', 'local', 'system'] as const
/** `local` is a command on the machine of the database, `system` the manager itself. */
export type ActorKind = (typeof actorKinds)[number]

/** Who did something, as it is kept for ever: no roles, which change. */
export interface ActorName {
  readonly kind: ActorKind
  readonly id: string
  readonly name: string
  /** The id of the administrator who made an API token: nobody is two people by holding one. */
  readonly onBehalfOf?: string
}

export interface Actor extends ActorName {
  readonly roles: readonly Role[]
  /** The network address that the request came from. */
  readonly address?: string
}

/** The part of an actor that is recorded. Names each member, so that no role or session slips into a record. */
export const actorName = ({ kind, id, name, onBehalfOf }: ActorName): ActorName => ({
  kind,
  id,
  name,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
})

/** Whether one person stands behind both, be it through a token. */
export const samePerson = (one: ActorName, other: ActorName): boolean => personOf(one) === personOf(other)

const personOf = ({ kind, id, onBehalfOf }: ActorName): string =>
  kind === 'api_token' && onBehalfOf !== undefined ? `administrator ${onBehalfOf}` : `${kind} ${id}`

/** The manager itself: the first revision, and what was scheduled. Its roles bind only its own code. */
export const systemActor: Actor = { kind: 'system', id: 'manager', name: 'The manager', roles: ['owner'] }

/** Whoever may run commands on the machine of the database can read and write it all anyway. */
export const localActor = (user: string): Actor => ({ kind: 'local', id: user, name: user, roles: ['owner'] })
