import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayDo, type Operation, operations, type Role, roles, rolesFor } from './roles.ts'

/** What each role may do, written down a second time: a slip of the table shows as a difference. */
const statement: Readonly<Record<Role, readonly Operation[]>> = {
  owner: [...operations],
  editor: [
    'policy.read',
    'policy.plan',
    'policy.apply',
    'change.read',
    'change.propose',
    'change.edit',
    'change.submit',
    'change.comment',
    'change.withdraw',
    'change.publish',
    'change.schedule',
    'revision.read',
    'revision.return',
    'key.read',
  ],
  approver: [
    'policy.read',
    'policy.plan',
    'change.read',
    'change.comment',
    'change.approve',
    'change.publish',
    'change.schedule',
    'revision.read',
    'key.read',
  ],
  auditor: [
    'policy.read',
    'policy.plan',
    'change.read',
    'revision.read',
    'key.read',
    'audit.read',
    'audit.verify',
    'audit.export',
    'access.read',
  ],
  viewer: ['policy.read', 'policy.plan', 'change.read', 'revision.read', 'key.read'],
}

for (const role of roles) {
  test(`lets the role ${role} do what it is for, and nothing else`, () => {
    assert.deepEqual(
      operations.filter((operation) => mayDo([role], operation)),
      operations.filter((operation) => statement[role].includes(operation)),
    )
  })
}

test('lets nobody do anything without a role', () => {
  assert.deepEqual(
    operations.filter((operation) => mayDo([], operation)),
    [],
  )
})

test('adds up what several roles may do', () => {
  assert.equal(mayDo(['viewer', 'approver'], 'change.approve'), true)
  assert.equal(mayDo(['viewer', 'auditor'], 'change.approve'), false)
})

for (const unknown of ['change.destroy', 'constructor', '__proto__', '']) {
  test(`denies an operation that is not in the table: “${unknown}”`, () => {
    assert.equal(mayDo([...roles], unknown as Operation), false)
  })
}

for (const unknown of ['admin', 'Owner', 'constructor', '']) {
  test(`denies everything to a role that does not exist: “${unknown}”`, () => {
    assert.deepEqual(
      operations.filter((operation) => mayDo([unknown as Role], operation)),
      [],
    )
  })
}

test('leaves no operation that an owner cannot do', () => {
  assert.deepEqual(
    operations.filter((operation) => !rolesFor(operation).includes('owner')),
    [],
  )
})
