-- Commits one batch: the lock first, then a fresh look at everything that a decision rested on, then one leaf range.
-- VOLATILE at READ COMMITTED: each statement below has its own snapshot, taken after the lock, so it sees what the holder before wrote.
--
-- `bytes` holds every binary field end to end; `meta` holds the texts and numbers, and for each binary field its place as [offset from 1,
-- length]. It is a list of waves: rows that touch the same key are in different waves, so that a row sees what an earlier row of its batch
-- did; inside a wave all rows are judged and written at once. What a row has several of lies beside the rows and names its row as `n`.
--
-- Tables are looked into by scalar subqueries alone, never by EXISTS or a join: the planner may answer those by reading a whole table while
-- that is young, and the plan is kept while the table grows.
--
-- Returns per row: verdict 'committed' (idx = its leaf), 'duplicate' (idx = the accepted leaf), 'replay', or what it conflicts on.
CREATE FUNCTION commit_batch(bytes bytea, meta jsonb, decided_by bigint, skew_ms_max integer)
RETURNS TABLE (n integer, verdict text, idx bigint)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  wave jsonb;
  first bigint;
  next bigint;
  newest_at bigint;
  verdicts jsonb;
BEGIN
  SELECT h.size, h.newest INTO first, newest_at FROM log_head h WHERE h.id = 1 FOR UPDATE;
  next := first;
  FOR wave IN SELECT * FROM jsonb_array_elements(meta) LOOP
    WITH r AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(wave -> 'rows') AS x(
        n integer, digest text, typ text, author text, id text, exchange text, at bigint, raw int[],
        data int[], views int[], about text, stage text, outcome text, leaf_at bigint, version integer, mailbox text,
        xid text, xversion integer, xbody int[], skey text, sfence integer, until bigint)
    ), moved AS (
      SELECT e.n, min(e.key) AS key FROM jsonb_to_recordset(wave -> 'expects') AS e(n integer, key text, version integer)
      WHERE e.version <> coalesce(
        CASE WHEN e.key LIKE 'exchange:%' THEN (SELECT x.version FROM exchange x WHERE x.id = substr(e.key, 10))
        ELSE (SELECT g.version FROM guard g WHERE g.key = e.key) END, 0)
      GROUP BY e.n
    ), links AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(wave -> 'links') AS l(n integer, kind text, key text, uniq boolean)
    ), taken AS (
      SELECT l.n, min(l.kind || ':' || l.key) AS key FROM links l
      WHERE l.uniq AND (SELECT s.idx FROM link s WHERE s.kind = l.kind AND s.key = l.key LIMIT 1) IS NOT NULL
      GROUP BY l.n
    ), looked AS MATERIALIZED (
      SELECT r.*, moved.key AS moved, taken.key AS taken, (SELECT s.idx FROM statement s WHERE s.digest = r.digest) AS accepted
      FROM r LEFT JOIN moved ON moved.n = r.n LEFT JOIN taken ON taken.n = r.n
    ), judged AS MATERIALIZED (
      SELECT r.*, CASE
        WHEN r.accepted IS NOT NULL THEN 'duplicate'
        WHEN (SELECT s.idx FROM statement s WHERE s.author = r.author AND s.id = r.id) IS NOT NULL THEN 'replay'
        WHEN r.leaf_at < newest_at - skew_ms_max OR r.until <= decided_by THEN 'time'
        WHEN r.moved IS NOT NULL THEN r.moved
        WHEN r.xversion <> 1 + coalesce((SELECT x.version FROM exchange x WHERE x.id = r.xid), 0) THEN 'exchange:' || r.xid
        WHEN r.taken IS NOT NULL THEN 'link:' || r.taken
        WHEN r.skey IS NOT NULL
          AND (SELECT o.fence FROM outbox o WHERE o.key = r.skey AND o.settled IS NULL) IS DISTINCT FROM r.sfence THEN 'fence:' || r.skey
        ELSE 'committed' END AS verdict
      FROM looked r
    ), placed AS MATERIALIZED (
      SELECT j.*, next + row_number() OVER (ORDER BY j.n) - 1 AS place FROM judged j WHERE j.verdict = 'committed'
    ), statements AS (
      INSERT INTO statement SELECT p.digest, p.typ, p.author, p.id, p.exchange, p.at, p.place, substring(bytes, p.raw[1], p.raw[2])
      FROM placed p WHERE p.digest IS NOT NULL
    ), leaves AS (
      INSERT INTO leaf SELECT p.place, substring(bytes, p.data[1], p.data[2]), p.about, p.stage, p.outcome, p.leaf_at, p.version, p.mailbox,
        first, substring(bytes, p.views[1], p.views[2])
      FROM placed p
    ), linked AS (
      INSERT INTO link SELECT l.kind, l.key, p.place, p.digest FROM placed p JOIN links l ON l.n = p.n
    ), exchanges AS (
      INSERT INTO exchange AS x SELECT p.xid, p.xversion, substring(bytes, p.xbody[1], p.xbody[2]) FROM placed p WHERE p.xid IS NOT NULL
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
    ), bumped AS (
      INSERT INTO guard AS g SELECT b.key, 1 FROM placed p JOIN jsonb_to_recordset(wave -> 'bumps') AS b(n integer, key text) ON b.n = p.n
      ON CONFLICT (key) DO UPDATE SET version = g.version + 1
    ), settled AS (
      UPDATE outbox SET settled = 'DONE' WHERE key = ANY (ARRAY(SELECT p.skey FROM placed p WHERE p.skey IS NOT NULL))
    ), queued AS (
      INSERT INTO outbox SELECT q.key, q.kind, q.statement, q.exchange, q.addressee, q.due
      FROM placed p JOIN jsonb_to_recordset(wave -> 'outbox') AS q(
        n integer, key text, kind text, statement text, exchange text, addressee text, due bigint) ON q.n = p.n
      ON CONFLICT (key) DO NOTHING
    )
    SELECT jsonb_agg(jsonb_build_array(j.n, j.verdict, coalesce(p.place, j.accepted))), next + count(p.place), greatest(newest_at, max(p.leaf_at))
      INTO verdicts, next, newest_at
      FROM judged j LEFT JOIN placed p ON p.n = j.n;
    RETURN QUERY SELECT (v ->> 0)::integer, v ->> 1, (v ->> 2)::bigint FROM jsonb_array_elements(verdicts) AS v;
  END LOOP;
  IF next > first THEN
    INSERT INTO batch VALUES (first, (next - first)::integer);
    UPDATE log_head SET size = next, newest = newest_at WHERE id = 1;
  END IF;
END
$$;
