-- Which folder of bodies goes with this database, by the name in its file `id`: one row, written once.
CREATE TABLE body_folder (
  one integer NOT NULL PRIMARY KEY CHECK (one = 1),
  name text NOT NULL
);
