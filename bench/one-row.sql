-- The reference of `npm run bench -- commit`: one durable row of as many bytes as a submission has, stored as the gateway stores them.
--   pgbench -n -M prepared -c 64 -f bench/one-row.sql
-- The table is made by bench/commit.ts: bench_row (bytes bytea STORAGE EXTERNAL).
INSERT INTO bench_row (bytes) VALUES (decode(repeat('5e', 13650), 'hex'));
