CREATE TABLE heads (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  serial INTEGER NOT NULL CHECK (serial >= 0),
  revision_sha256 TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  serial_floor INTEGER NOT NULL CHECK (serial_floor >= 0),
  ring_version INTEGER NOT NULL CHECK (ring_version >= 0),
  audit_sequence INTEGER NOT NULL CHECK (audit_sequence >= 0),
  audit_hash TEXT NOT NULL
) STRICT;

INSERT INTO heads VALUES (1, 0, '', 0, 0, 0, 0, '');

CREATE TABLE revisions (
  serial INTEGER NOT NULL PRIMARY KEY CHECK (serial > 0),
  sha256 TEXT NOT NULL UNIQUE,
  previous_sha256 TEXT NOT NULL UNIQUE,
  published_at INTEGER NOT NULL,
  about TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
  id TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  scheduled_for INTEGER,
  published_serial INTEGER,
  about TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE INDEX changes_by_age ON changes (created_at DESC, id DESC);
CREATE INDEX changes_by_state ON changes (state, created_at DESC, id DESC);
CREATE INDEX changes_by_schedule ON changes (state, scheduled_for, id) WHERE scheduled_for IS NOT NULL;

CREATE TABLE comments (
  id TEXT NOT NULL PRIMARY KEY,
  change_id TEXT NOT NULL REFERENCES changes (id),
  at INTEGER NOT NULL,
  about TEXT NOT NULL
) STRICT;

CREATE INDEX comments_by_change ON comments (change_id, at, id);

CREATE TABLE signing_keys (
  kid TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  signs_from INTEGER NOT NULL,
  signs_until INTEGER,
  published_until INTEGER,
  public_jwk TEXT NOT NULL,
  sealed_private TEXT NOT NULL
) STRICT;

CREATE TABLE audit_events (
  sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  previous_hash TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL
) STRICT;

CREATE INDEX audit_events_by_kind ON audit_events (kind, sequence);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, sequence);
CREATE INDEX audit_events_by_time ON audit_events (at, sequence);
