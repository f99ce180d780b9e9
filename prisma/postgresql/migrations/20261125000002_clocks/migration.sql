-- alarms of clocks among the work, and their notices among the leaves
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check, ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('deliver', 'clock'));
ALTER TABLE leaf
  DROP CONSTRAINT leaf_stage_check,
  ADD CONSTRAINT leaf_stage_check CHECK (
    stage IN ('accepted', 'refused', 'relayed', 'delivered', 'accessed', 'undecipherable', 'expired', 'noticed')
  );
