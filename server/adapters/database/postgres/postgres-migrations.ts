// Written by tools/generate-migrations.ts from the files in migrations/.
import type { Migration } from '../migration.ts'

export const postgresMigrations: readonly Migration[] = [
  {
    name: '0001-policy',
    sql: `CREATE TABLE heads (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  serial BIGINT NOT NULL CHECK (serial >= 0),
  revision_sha256 TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  serial_floor BIGINT NOT NULL CHECK (serial_floor >= 0),
  ring_version BIGINT NOT NULL CHECK (ring_version >= 0),
  audit_sequence BIGINT NOT NULL CHECK (audit_sequence >= 0),
  audit_hash TEXT NOT NULL
);

INSERT INTO heads VALUES (1, 0, '', 0, 0, 0, 0, '');

CREATE TABLE revisions (
  serial BIGINT NOT NULL PRIMARY KEY CHECK (serial > 0),
  sha256 TEXT COLLATE "C" NOT NULL UNIQUE,
  previous_sha256 TEXT COLLATE "C" NOT NULL UNIQUE,
  published_at BIGINT NOT NULL,
  about TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE changes (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  state TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  scheduled_for BIGINT,
  published_serial BIGINT,
  about TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE INDEX changes_by_age ON changes (created_at DESC, id DESC);
CREATE INDEX changes_by_state ON changes (state, created_at DESC, id DESC);
CREATE INDEX changes_by_schedule ON changes (state, scheduled_for, id) WHERE scheduled_for IS NOT NULL;

CREATE TABLE comments (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  change_id TEXT COLLATE "C" NOT NULL REFERENCES changes (id),
  at BIGINT NOT NULL,
  about TEXT NOT NULL
);

CREATE INDEX comments_by_change ON comments (change_id, at, id);

CREATE TABLE signing_keys (
  kid TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  signs_from BIGINT NOT NULL,
  signs_until BIGINT,
  published_until BIGINT,
  public_jwk TEXT NOT NULL,
  sealed_private TEXT NOT NULL
);

CREATE TABLE audit_events (
  sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence > 0),
  at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  actor_id TEXT COLLATE "C" NOT NULL,
  previous_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  hash TEXT COLLATE "C" NOT NULL UNIQUE,
  event TEXT NOT NULL
);

CREATE INDEX audit_events_by_kind ON audit_events (kind, sequence);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, sequence);
CREATE INDEX audit_events_by_time ON audit_events (at, sequence);
`,
  },
]
