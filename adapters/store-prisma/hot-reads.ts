/**
 * What every submission and every checkpoint reads, past Prisma: there one look-up costs 0.2 to 1.3 ms of processor time, as much as all the rest of a
 * submission. The statements are the same on both databases but for how a list of keys is asked.
 */
import { exchangeOfKey } from '../../domain/guard-keys.js';
import type { Digest } from '../../domain/ids.js';
import type { Stage, Store, StoredLeaf, StoredStatement } from '../../domain/ports.js';
import { gathered } from './gathered.js';
import { LINKED_MAX } from './log-reads.js';
import { bytesOf, leafOfRow, type RawRow, toExchange, toLink, toSession, toStatement, toTitle } from './rows.js';

export type RawValue = string | number | readonly string[];
export interface RawWrite {
  /** of the statement, prepared once a connection */
  readonly name: string;
  readonly sql: string;
  readonly values: readonly (string | Uint8Array)[];
}
export interface RawQueries {
  /** @param name of the statement, prepared once a connection */
  query(name: string, sql: string, values: readonly RawValue[]): Promise<readonly RawRow[]>;
  /** In order, all or none; durable on return. */
  transact(writes: readonly RawWrite[]): Promise<void>;
  /** @param column whose value is in the list that is the first parameter */
  oneOf(column: string): string;
}

type HotReads = Pick<Store, 'statement' | 'statementById' | 'linked' | 'titles' | 'links' | 'exchange' | 'version' | 'session'> & HotLeaves;
type HotLeaves = Pick<Store, 'leaf' | 'leafOf' | 'leaves' | 'leafData' | 'batch'>;

const TITLE = 's.digest, s.typ, s.author, s.id, s.exchange, s.at, s.idx';
const STATEMENT = `${TITLE}, s.raw`;
const LINKED =
  'FROM link l JOIN statement s ON s.digest = l.statement WHERE l.kind = $1 AND l.key = $2 AND l.idx > $3 ORDER BY l.idx LIMIT $4';
const LEAF = 's.idx, s.data, s.statement, s.stage, s.outcome, s.at, s.version, s.mailbox, s.batch_start, s.views';

const lookUpOn =
  (raw: RawQueries) =>
  <V>(table: string, column: string, columns: string, toValue: (row: RawRow) => V) =>
    gathered<V>(async (keys) => {
      const sql = `SELECT ${columns} FROM ${table} s WHERE ${raw.oneOf(`s.${column}`)}`;
      const rows = await raw.query(`${table}-by-${column}`, sql, [keys]);
      return new Map(rows.map((row) => [String(row[column]), toValue(row)]));
    });

export function hotReads(raw: RawQueries): HotReads {
  const lookUp = lookUpOn(raw);
  const exchange = lookUp('exchange', 'id', 's.id, s.version, s.body', toExchange);
  const guard = lookUp('guard', 'key', 's.key, s.version', ({ version }) => Number(version));
  const select = async (name: string, sql: string, values: readonly (string | number)[]): Promise<StoredStatement[]> =>
    (await raw.query(name, sql, values)).map(toStatement);
  return {
    ...hotLeaves(raw),
    statement: lookUp('statement', 'digest', STATEMENT, toStatement),
    exchange,
    session: lookUp('session', 'id', 's.id, s.authority, s.officer, s.key, s.until', toSession),
    async version(key) {
      const id = exchangeOfKey(key);
      return (id === null ? await guard(key) : (await exchange(id))?.version) ?? 0;
    },
    async statementById(author, id) {
      const [found] = await select('by-id', `SELECT ${STATEMENT} FROM statement s WHERE s.author = $1 AND s.id = $2`, [author, id]);
      return found ?? null;
    },
    async links(kind, keys, limit = Number.MAX_SAFE_INTEGER) {
      const from = 'FROM link l JOIN statement s ON s.digest = l.statement';
      const sql = `SELECT l.key, l.statement, s.typ ${from} WHERE ${raw.oneOf('l.key')} AND l.kind = $2 ORDER BY l.idx, l.key LIMIT $3`;
      const rows = await raw.query('links', sql, [keys, kind, limit]);
      return rows.map(toLink);
    },
    linked: (kind, key, limit = LINKED_MAX, after = -1) => select('linked', `SELECT ${STATEMENT} ${LINKED}`, [kind, key, after, limit]),
    async titles(kind, key, limit, after = -1) {
      const rows = await raw.query('titles', `SELECT ${TITLE} ${LINKED}`, [kind, key, after, limit]);
      return rows.map(toTitle);
    },
  };
}

function hotLeaves(raw: RawQueries): HotLeaves {
  const lookUp = lookUpOn(raw);
  const leaf = lookUp('leaf', 'idx', LEAF, leafOfRow);
  const accepted = gathered(async (keys) => {
    const sql = `SELECT a.digest, ${LEAF} FROM statement a JOIN leaf s ON s.idx = a.idx WHERE ${raw.oneOf('a.digest')}`;
    return new Map((await raw.query('accepted', sql, [keys])).map((row) => [String(row['digest']), leafOfRow(row)]));
  });
  const latest = async (stage: Stage, statement: Digest): Promise<StoredLeaf | null> => {
    // said of the stage as the index says it: what is only a value proves nothing to who plans the query
    const sql = `SELECT ${LEAF} FROM leaf s WHERE s.statement = $1 AND s.stage = $2 AND s.stage <> 'accepted' ORDER BY s.idx DESC LIMIT 1`;
    return (await raw.query('leaf-of', sql, [statement, stage])).map(leafOfRow)[0] ?? null;
  };
  const batch = lookUp('batch', 'start', 's.start, s.size', ({ start, size }) => ({ start: Number(start), size: Number(size) }));
  return {
    leaf: (index) => leaf(String(index)),
    leafOf: (statement, stage) => (stage === 'accepted' ? accepted(statement) : latest(stage, statement)),
    batch: (start) => batch(String(start)),
    async leaves(from, to) {
      const sql = `SELECT ${LEAF} FROM leaf s WHERE s.idx >= $1 AND s.idx < $2 ORDER BY s.idx`;
      return (await raw.query('leaves', sql, [from, to])).map(leafOfRow);
    },
    async leafData(from, to) {
      const sql = 'SELECT s.data FROM leaf s WHERE s.idx >= $1 AND s.idx < $2 ORDER BY s.idx';
      return (await raw.query('leaf-data', sql, [from, to])).map((row) => bytesOf(row['data']));
    },
  };
}
