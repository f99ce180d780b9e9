CREATE TABLE statement (
  digest text COLLATE "C" PRIMARY KEY CHECK (length(digest) = 43),
  typ text COLLATE "C" NOT NULL CHECK (length(typ) <= 48),
  author text COLLATE "C" NOT NULL CHECK (length(author) <= 32),
  id text COLLATE "C" NOT NULL CHECK (length(id) = 36),
  exchange text,
  at bigint NOT NULL,
  idx bigint NOT NULL,
  raw bytea NOT NULL,
  UNIQUE (author, id)
);
-- sealed bytes do not compress: trying costs more than the insert
ALTER TABLE statement ALTER COLUMN raw SET STORAGE EXTERNAL;

-- no foreign keys: the commit writes both ends under one lock
CREATE TABLE leaf (
  idx bigint PRIMARY KEY CHECK (idx >= 0),
  data bytea NOT NULL,
  statement text COLLATE "C",
  stage text COLLATE "C" NOT NULL CHECK (stage IN ('accepted', 'refused', 'relayed', 'delivered', 'accessed', 'undecipherable', 'expired')),
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('ALLOW', 'DENY', 'DONE')),
  at bigint NOT NULL,
  version integer NOT NULL CHECK (version >= 0),
  mailbox text COLLATE "C",
  batch_start bigint NOT NULL,
  views bytea NOT NULL
) WITH (toast_tuple_target = 8160);
ALTER TABLE leaf ALTER COLUMN views SET STORAGE EXTERNAL;
CREATE INDEX leaf_mailbox ON leaf (mailbox, idx) WHERE mailbox IS NOT NULL;
-- the accepted leaf is found through statement.idx, so the way in pays for no second index
CREATE INDEX leaf_statement ON leaf (statement, stage, idx) WHERE statement IS NOT NULL AND stage <> 'accepted';

CREATE TABLE log_head (id integer PRIMARY KEY CHECK (id = 1), size bigint NOT NULL, newest bigint NOT NULL);
INSERT INTO log_head VALUES (1, 0, 0);

CREATE TABLE batch (start bigint PRIMARY KEY, size integer NOT NULL CHECK (size > 0));

CREATE TABLE link (
  kind text COLLATE "C" NOT NULL CHECK (length(kind) <= 16),
  key text COLLATE "C" NOT NULL CHECK (length(key) <= 120),
  idx bigint NOT NULL,
  statement text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, key, idx)
);

CREATE TABLE exchange (id text COLLATE "C" PRIMARY KEY CHECK (length(id) = 36), version integer NOT NULL CHECK (version > 0), body bytea NOT NULL);
CREATE TABLE guard (key text COLLATE "C" PRIMARY KEY CHECK (length(key) <= 120), version integer NOT NULL CHECK (version > 0));

CREATE TABLE outbox (
  key text COLLATE "C" PRIMARY KEY CHECK (length(key) <= 160),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('deliver')),
  statement text COLLATE "C",
  exchange text,
  addressee text,
  due bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  fence integer NOT NULL DEFAULT 0,
  leased_until bigint,
  settled text CHECK (settled IN ('DONE', 'PARKED'))
);
CREATE INDEX outbox_due ON outbox (due) WHERE settled IS NULL;

CREATE TABLE checkpoint (n integer PRIMARY KEY CHECK (n > 0), size bigint NOT NULL, note text COLLATE "C" NOT NULL, at bigint NOT NULL);
CREATE TABLE stream (
  authority text COLLATE "C" PRIMARY KEY,
  slot integer NOT NULL UNIQUE,
  head bytea NOT NULL CHECK (octet_length(head) = 32),
  salt bytea NOT NULL CHECK (octet_length(salt) = 32)
);
CREATE TABLE stream_entry (
  authority text COLLATE "C" NOT NULL,
  idx bigint NOT NULL,
  view_hash bytea NOT NULL CHECK (octet_length(view_hash) = 32),
  PRIMARY KEY (authority, idx)
);
CREATE TABLE node (level integer NOT NULL, idx bigint NOT NULL, hash bytea NOT NULL CHECK (octet_length(hash) = 32), PRIMARY KEY (level, idx));

CREATE TABLE session (id text COLLATE "C" PRIMARY KEY, authority text NOT NULL, officer text NOT NULL, key bytea NOT NULL, until bigint NOT NULL);

CREATE TABLE upload (id text COLLATE "C" PRIMARY KEY, owner text NOT NULL, size_bytes bigint NOT NULL CHECK (size_bytes >= 0), created_at bigint NOT NULL, claimed_by text);
CREATE INDEX upload_unclaimed ON upload (created_at) WHERE claimed_by IS NULL;
CREATE TABLE part (
  upload text COLLATE "C" NOT NULL,
  n integer NOT NULL CHECK (n >= 0),
  size_bytes integer NOT NULL CHECK (size_bytes >= 0),
  leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  PRIMARY KEY (upload, n)
);
CREATE TABLE keyring (authority text COLLATE "C" NOT NULL, name text NOT NULL, bytes bytea NOT NULL CHECK (octet_length(bytes) <= 65536), PRIMARY KEY (authority, name));
