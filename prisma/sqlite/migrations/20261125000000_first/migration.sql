CREATE TABLE statement (
  digest text PRIMARY KEY CHECK (length(digest) = 43),
  typ text NOT NULL CHECK (length(typ) <= 48),
  author text NOT NULL CHECK (length(author) <= 32),
  id text NOT NULL CHECK (length(id) = 36),
  exchange text,
  at integer NOT NULL,
  idx integer NOT NULL,
  raw blob NOT NULL,
  UNIQUE (author, id)
);

-- no foreign keys: the commit writes both ends under one lock
CREATE TABLE leaf (
  idx integer PRIMARY KEY CHECK (idx >= 0),
  data blob NOT NULL,
  statement text,
  stage text NOT NULL CHECK (stage IN ('accepted', 'refused', 'relayed', 'delivered', 'accessed', 'undecipherable', 'expired')),
  outcome text NOT NULL CHECK (outcome IN ('ALLOW', 'DENY', 'DONE')),
  at integer NOT NULL,
  version integer NOT NULL CHECK (version >= 0),
  mailbox text,
  batch_start integer NOT NULL,
  views blob NOT NULL
);
CREATE INDEX leaf_mailbox ON leaf (mailbox, idx) WHERE mailbox IS NOT NULL;
-- the accepted leaf is found through statement.idx, so the way in pays for no second index
CREATE INDEX leaf_statement ON leaf (statement, stage, idx) WHERE statement IS NOT NULL AND stage <> 'accepted';

CREATE TABLE log_head (id integer PRIMARY KEY CHECK (id = 1), size integer NOT NULL, newest integer NOT NULL);
INSERT INTO log_head VALUES (1, 0, 0);

CREATE TABLE batch (start integer PRIMARY KEY, size integer NOT NULL CHECK (size > 0));

CREATE TABLE link (
  kind text NOT NULL CHECK (length(kind) <= 16),
  key text NOT NULL CHECK (length(key) <= 120),
  idx integer NOT NULL,
  statement text NOT NULL,
  PRIMARY KEY (kind, key, idx)
);

CREATE TABLE exchange (id text PRIMARY KEY CHECK (length(id) = 36), version integer NOT NULL CHECK (version > 0), body blob NOT NULL);
CREATE TABLE guard (key text PRIMARY KEY CHECK (length(key) <= 120), version integer NOT NULL CHECK (version > 0));

CREATE TABLE outbox (
  key text PRIMARY KEY CHECK (length(key) <= 160),
  kind text NOT NULL CHECK (kind IN ('deliver')),
  statement text,
  exchange text,
  addressee text,
  due integer NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  fence integer NOT NULL DEFAULT 0,
  leased_until integer,
  settled text CHECK (settled IN ('DONE', 'PARKED'))
);
CREATE INDEX outbox_due ON outbox (due) WHERE settled IS NULL;

CREATE TABLE checkpoint (n integer PRIMARY KEY CHECK (n > 0), size integer NOT NULL, note text NOT NULL, at integer NOT NULL);
CREATE TABLE stream (
  authority text PRIMARY KEY,
  slot integer NOT NULL UNIQUE,
  head blob NOT NULL CHECK (length(head) = 32),
  salt blob NOT NULL CHECK (length(salt) = 32)
);
CREATE TABLE stream_entry (
  authority text NOT NULL,
  idx integer NOT NULL,
  view_hash blob NOT NULL CHECK (length(view_hash) = 32),
  PRIMARY KEY (authority, idx)
);
CREATE TABLE node (level integer NOT NULL, idx integer NOT NULL, hash blob NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, idx));

CREATE TABLE session (id text PRIMARY KEY, authority text NOT NULL, officer text NOT NULL, key blob NOT NULL, until integer NOT NULL);

CREATE TABLE upload (id text PRIMARY KEY, owner text NOT NULL, size_bytes integer NOT NULL CHECK (size_bytes >= 0), created_at integer NOT NULL, claimed_by text);
CREATE INDEX upload_unclaimed ON upload (created_at) WHERE claimed_by IS NULL;
CREATE TABLE part (
  upload text NOT NULL,
  n integer NOT NULL CHECK (n >= 0),
  size_bytes integer NOT NULL CHECK (size_bytes >= 0),
  leaf_hash blob NOT NULL CHECK (length(leaf_hash) = 32),
  PRIMARY KEY (upload, n)
);
CREATE TABLE keyring (authority text NOT NULL, name text NOT NULL, bytes blob NOT NULL CHECK (length(bytes) <= 65536), PRIMARY KEY (authority, name));
