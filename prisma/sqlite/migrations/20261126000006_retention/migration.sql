-- work that ends in less: what retention brings to a desk, what erases sealed bytes, what prunes old events;
-- this database changes a CHECK by copying its table
CREATE TABLE outbox_next (
  key text PRIMARY KEY CHECK (length(key) <= 160),
  kind text NOT NULL CHECK (kind IN ('deliver', 'clock', 'retention', 'erase', 'prune')),
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
-- what is settled is dropped by its age, and so are sessions that ended
CREATE INDEX outbox_settled ON outbox (due) WHERE settled IS NOT NULL;
CREATE INDEX session_until ON session (until);
