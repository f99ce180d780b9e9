-- What each epoch bound, kept where it changed: an opening of an epoch that is not the newest is made of this.
CREATE TABLE epoch_slot (
  authority text NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  slot integer NOT NULL CHECK (slot >= 0),
  head blob NOT NULL CHECK (length(head) = 32),
  entry blob CHECK (length(entry) = 32),
  PRIMARY KEY (authority, n)
);

-- which epoch bound an entry; of earlier epochs it follows from their leaves, while their slots do not: those are not opened
ALTER TABLE stream_entry ADD COLUMN n integer NOT NULL DEFAULT 0;
CREATE TABLE epoch_end (n integer NOT NULL, up_to integer NOT NULL);
INSERT INTO epoch_end SELECT c.n, json_extract(CAST(l.data AS text), '$.upTo') FROM checkpoint c JOIN leaf l ON l.idx = c.size - 1;
CREATE INDEX epoch_end_up_to ON epoch_end (up_to, n);
UPDATE stream_entry SET n = (SELECT e.n FROM epoch_end e WHERE e.up_to >= stream_entry.idx ORDER BY e.up_to, e.n LIMIT 1);
DROP TABLE epoch_end;
