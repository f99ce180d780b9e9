-- Witnesses' signatures under checkpoints: verified before they come here, added for ever.
CREATE TABLE cosignature (
  n integer NOT NULL CHECK (n > 0),
  witness text NOT NULL CHECK (length(witness) <= 400),
  line text NOT NULL CHECK (length(line) <= 16384),
  PRIMARY KEY (n, witness)
);
