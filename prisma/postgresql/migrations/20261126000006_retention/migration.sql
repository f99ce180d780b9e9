-- work that ends in less: what retention brings to a desk, what erases sealed bytes, what prunes old events
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check, ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('deliver', 'clock', 'retention', 'erase', 'prune'));
-- what is settled is dropped by its age, and so are sessions that ended
CREATE INDEX outbox_settled ON outbox (due) WHERE settled IS NOT NULL;
CREATE INDEX session_until ON session (until);
