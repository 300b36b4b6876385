import { pgTable as table } from 'drizzle-orm/pg-core'
import { postgresColumns as column } from '../columns.ts'

/** One row: what every deed compares with and moves on. Its lock lets one deed at a time through. */
const heads = table('heads', {
  id: column.integer('id').primaryKey(),
  serial: column.integer('serial').notNull(),
  revisionSha256: column.text('revision_sha256').notNull(),
  publishedAt: column.integer('published_at').notNull(),
  serialFloor: column.integer('serial_floor').notNull(),
  ringVersion: column.integer('ring_version').notNull(),
  auditSequence: column.integer('audit_sequence').notNull(),
  auditHash: column.text('audit_hash').notNull(),
})

const revisions = table('revisions', {
  serial: column.integer('serial').primaryKey(),
  sha256: column.text('sha256').notNull(),
  previousSha256: column.text('previous_sha256').notNull(),
  publishedAt: column.integer('published_at').notNull(),
  about: column.text('about').notNull(),
  document: column.text('document').notNull(),
})

const changes = table('changes', {
  id: column.text('id').primaryKey(),
  state: column.text('state').notNull(),
  version: column.integer('version').notNull(),
  createdAt: column.integer('created_at').notNull(),
  updatedAt: column.integer('updated_at').notNull(),
  scheduledFor: column.integer('scheduled_for'),
  publishedSerial: column.integer('published_serial'),
  about: column.text('about').notNull(),
  document: column.text('document').notNull(),
})

const comments = table('comments', {
  id: column.text('id').primaryKey(),
  changeId: column.text('change_id').notNull(),
  at: column.integer('at').notNull(),
  about: column.text('about').notNull(),
})

const signingKeys = table('signing_keys', {
  kid: column.text('kid').primaryKey(),
  position: column.integer('position').notNull(),
  createdAt: column.integer('created_at').notNull(),
  signsFrom: column.integer('signs_from').notNull(),
  signsUntil: column.integer('signs_until'),
  publishedUntil: column.integer('published_until'),
  publicJwk: column.text('public_jwk').notNull(),
  sealedPrivate: column.text('sealed_private').notNull(),
})

const auditEvents = table('audit_events', {
  sequence: column.integer('sequence').primaryKey(),
  at: column.instant('at').notNull(),
  kind: column.text('kind').notNull(),
  actorId: column.text('actor_id').notNull(),
  previousHash: column.text('previous_hash').notNull(),
  hash: column.text('hash').notNull(),
  event: column.text('event').notNull(),
})

const schemaMigrations = table('hivewarden_migrations', {
  name: column.text('name').primaryKey(),
  sha256: column.text('sha256').notNull(),
  appliedAt: column.instant('applied_at').notNull(),
  writtenBy: column.text('written_by').notNull(),
})

export const postgresTables = {
  heads,
  revisions,
  changes,
  comments,
  signingKeys,
  auditEvents,
  schemaMigrations,
}
