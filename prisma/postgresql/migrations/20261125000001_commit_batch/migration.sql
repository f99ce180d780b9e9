-- Commits one batch: the lock first, then a fresh look at everything that a decision rested on, then one leaf range.
-- VOLATILE at READ COMMITTED: each statement below has its own snapshot, taken after the lock, so it sees what the holder before wrote.
--
-- `bytes` holds every binary field end to end; `meta` holds, per row, the texts and numbers, and for each binary field its place as
-- [offset from 1, length]. `wave` is given by the caller: rows that touch the same key are in different waves, so that a row sees what
-- an earlier row of its batch did; inside a wave all rows are judged and written at once.
--
-- Returns per row: verdict 'committed' (idx = its leaf), 'duplicate' (idx = the accepted leaf), 'replay', or what it conflicts on.
CREATE FUNCTION commit_batch(bytes bytea, meta jsonb, waves integer, decided_by bigint, skew_ms_max integer)
RETURNS TABLE (n integer, verdict text, idx bigint)
LANGUAGE plpgsql VOLATILE
-- the plans are cached while the tables are young; only look-ups by index are ever right here
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  first bigint;
  next bigint;
  newest_at bigint;
  verdicts jsonb;
BEGIN
  SELECT h.size, h.newest INTO first, newest_at FROM log_head h WHERE h.id = 1 FOR UPDATE;
  next := first;
  FOR w IN 1..waves LOOP
    WITH r AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(meta -> (w - 1)) AS x(
        n integer, digest text, typ text, author text, id text, exchange text, at bigint, raw int[],
        data int[], views int[], about text, stage text, outcome text, leaf_at bigint, version integer, mailbox text,
        xid text, xversion integer, xbody int[], skey text, sfence integer, until bigint,
        links jsonb, outbox jsonb, expects jsonb, bumps text[])
    ), judged AS MATERIALIZED (
      SELECT r.*, s.idx AS accepted, CASE
        WHEN s.digest IS NOT NULL THEN 'duplicate'
        WHEN r.author IS NOT NULL AND EXISTS (SELECT 1 FROM statement i WHERE i.author = r.author AND i.id = r.id) THEN 'replay'
        ELSE coalesce(
          CASE WHEN r.leaf_at < newest_at - skew_ms_max OR r.until <= decided_by THEN 'time' END,
          (SELECT e.key FROM jsonb_to_recordset(r.expects) AS e(key text, version integer)
            WHERE e.version <> coalesce(
              CASE WHEN e.key LIKE 'exchange:%' THEN (SELECT x.version FROM exchange x WHERE x.id = substr(e.key, 10))
              ELSE (SELECT g.version FROM guard g WHERE g.key = e.key) END, 0) LIMIT 1),
          CASE WHEN r.xversion <> 1 + coalesce((SELECT x.version FROM exchange x WHERE x.id = r.xid), 0) THEN 'exchange:' || r.xid END,
          (SELECT 'link:' || u.kind || ':' || u.key FROM jsonb_to_recordset(r.links) AS u(kind text, key text, uniq boolean)
            WHERE u.uniq AND EXISTS (SELECT 1 FROM link l WHERE l.kind = u.kind AND l.key = u.key) LIMIT 1),
          CASE WHEN r.skey IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM outbox o WHERE o.key = r.skey AND o.fence = r.sfence AND o.settled IS NULL) THEN 'fence:' || r.skey END,
          'committed') END AS verdict
      FROM r LEFT JOIN statement s ON s.digest = r.digest
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
      INSERT INTO link SELECT l.kind, l.key, p.place, p.digest FROM placed p, jsonb_to_recordset(p.links) AS l(kind text, key text)
    ), exchanges AS (
      INSERT INTO exchange AS x SELECT p.xid, p.xversion, substring(bytes, p.xbody[1], p.xbody[2]) FROM placed p WHERE p.xid IS NOT NULL
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
    ), bumped AS (
      INSERT INTO guard AS g SELECT b.key, 1 FROM placed p, unnest(p.bumps) AS b(key)
      ON CONFLICT (key) DO UPDATE SET version = g.version + 1
    ), settled AS (
      UPDATE outbox o SET settled = 'DONE' FROM placed p WHERE p.skey IS NOT NULL AND o.key = p.skey
    ), queued AS (
      INSERT INTO outbox SELECT q.key, q.kind, q.statement, q.exchange, q.addressee, q.due
      FROM placed p, jsonb_to_recordset(p.outbox) AS q(key text, kind text, statement text, exchange text, addressee text, due bigint)
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
