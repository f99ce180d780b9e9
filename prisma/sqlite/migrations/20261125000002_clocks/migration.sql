-- alarms of clocks among the work, and their notices among the leaves: this database changes a CHECK by copying its table
CREATE TABLE outbox_next (
  key text PRIMARY KEY CHECK (length(key) <= 160),
  kind text NOT NULL CHECK (kind IN ('deliver', 'clock')),
  statement text,
  exchange text,
  addressee text,
  due integer NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  fence integer NOT NULL DEFAULT 0,
  leased_until integer,
  settled text CHECK (settled IN ('DONE', 'PARKED'))
);
INSERT INTO outbox_next SELECT key, kind, statement, exchange, addressee, due, attempts, fence, leased_until, settled FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due) WHERE settled IS NULL;

CREATE TABLE leaf_next (
  idx integer PRIMARY KEY CHECK (idx >= 0),
  data blob NOT NULL,
  statement text,
  stage text NOT NULL CHECK (
    stage IN ('accepted', 'refused', 'relayed', 'delivered', 'accessed', 'undecipherable', 'expired', 'noticed')
  ),
  outcome text NOT NULL CHECK (outcome IN ('ALLOW', 'DENY', 'DONE')),
  at integer NOT NULL,
  version integer NOT NULL CHECK (version >= 0),
  mailbox text,
  batch_start integer NOT NULL,
  views blob NOT NULL
);
INSERT INTO leaf_next SELECT idx, data, statement, stage, outcome, at, version, mailbox, batch_start, views FROM leaf;
DROP TABLE leaf;
ALTER TABLE leaf_next RENAME TO leaf;
CREATE INDEX leaf_mailbox ON leaf (mailbox, idx) WHERE mailbox IS NOT NULL;
CREATE INDEX leaf_statement ON leaf (statement, stage, idx) WHERE statement IS NOT NULL AND stage <> 'accepted';
