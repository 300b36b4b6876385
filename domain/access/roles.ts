export const roles = ['owner', 'editor', 'approver', 'auditor', 'viewer'] as const
export type Role = (typeof roles)[number]

/** Everything that the product can be asked to do, whether by a screen, the API or a command. */
export const operations = [
  'policy.read',
  'policy.plan',
  'policy.apply',
  'change.read',
  'change.propose',
  'change.edit',
  'change.submit',
  'change.comment',
  'change.withdraw',
  'change.approve',
  'change.publish',
  'change.schedule',
  'revision.read',
  'revision.return',
  'key.read',
  'key.rotate',
  'key.retire',
  'key.import',
  'key.replace',
  'audit.read',
  'audit.verify',
  'audit.export',
  'audit.prune',
  'backup.make',
  'backup.restore',
  'access.read',
  'access.manage',
  'token.manage',
] as const
export type Operation = (typeof operations)[number]

const everybody = roles
const writers = ['owner', 'editor'] as const
const deciders = ['owner', 'editor', 'approver'] as const
const auditors = ['owner', 'auditor'] as const
const owners = ['owner'] as const

/** The one place that says who may do what. */
const allowed: Readonly<Record<Operation, readonly Role[]>> = {
  'policy.read': everybody,
  'policy.plan': everybody,
  'policy.apply': writers,
  'change.read': everybody,
  'change.propose': writers,
  'change.edit': writers,
  'change.submit': writers,
  'change.comment': deciders,
  'change.withdraw': writers,
  'change.approve': ['owner', 'approver'],
  'change.publish': deciders,
  'change.schedule': deciders,
  'revision.read': everybody,
  'revision.return': writers,
  'key.read': everybody,
  'key.rotate': owners,
  'key.retire': owners,
  'key.import': owners,
  'key.replace': owners,
  'audit.read': auditors,
  'audit.verify': auditors,
  'audit.export': auditors,
  'audit.prune': owners,
  'backup.make': owners,
  'backup.restore': owners,
  'access.read': auditors,
  'access.manage': owners,
  'token.manage': owners,
}

/** Denies by default: no role, an unknown role and an unknown operation may do nothing. */
export const mayDo = (held: readonly Role[], operation: Operation): boolean =>
  Object.hasOwn(allowed, operation) && allowed[operation].some((role) => held.includes(role))

/** For the page that says what each role may do. */
export const rolesFor = (operation: Operation): readonly Role[] => allowed[operation]
