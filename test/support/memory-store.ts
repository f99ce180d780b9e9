/** The store of the simulated world: complete, in memory, passing the same contract suite as the databases. */
import { growing, type Known, SETTLED } from '../../adapters/store-prisma/grow-known.js';
import { distinctLinks, judgeRow } from '../../adapters/store-prisma/judge-row.js';
import { Failure } from '../../domain/failure.js';
import type { CommitOutcome, CommitRow, OutboxRow, Store, StoredLeaf, StoredStatement } from '../../domain/ports.js';
import type { Digest } from '../../domain/ids.js';
import type { Instant } from '../../domain/time.js';
import { memoryCosignatures } from './memory-cosignatures.js';
import { memoryDesk } from './memory-desk.js';
import { memoryPublication } from './memory-publication.js';
import { memoryRetention } from './memory-retention.js';

type Open = OutboxRow & { readonly leasedUntil: Instant | null; readonly settled: boolean };

const LINK_OR_GUARD_CHARS_MAX = 120;
const OUTBOX_CHARS_MAX = 160;

/** What the databases' columns take (prisma/): here too a row beyond that is written by nobody, nor is any other of its batch. */
const isStorable = ({ links, bumps, outbox }: CommitRow): boolean =>
  [...links.map(({ key }) => key), ...bumps].every(({ length }) => length <= LINK_OR_GUARD_CHARS_MAX) &&
  outbox.every(({ key }) => key.length <= OUTBOX_CHARS_MAX);

export function createMemoryStore(): Store {
  const known: Known = { size: 0, newest: 0, digests: new Map(), ids: new Set(), versions: new Map(), links: new Set(), fences: new Map() };
  const log = growing(known);
  const leaves: StoredLeaf[] = [];
  const statements = new Map<Digest, StoredStatement>();
  const links = new Map<string, StoredStatement[]>();
  const exchanges = new Map<string, NonNullable<CommitRow['exchange']>>();
  const batches = new Map<number, number>();
  const outbox = new Map<string, Open>();
  const publication = memoryPublication();

  const write = (row: CommitRow, batchStart: number): StoredLeaf => {
    const leaf = { ...row.leaf, erased: [], index: log.add(row), batchStart };
    leaves.push(leaf);
    if (row.statement !== null) {
      const statement = { ...row.statement, index: leaf.index };
      statements.set(statement.digest, statement);
      for (const { kind, key } of distinctLinks(row)) links.set(`${kind} ${key}`, [...(links.get(`${kind} ${key}`) ?? []), statement]);
    }
    if (row.exchange !== null) exchanges.set(row.exchange.id, row.exchange);
    for (const added of row.outbox) {
      if (!outbox.has(added.key)) outbox.set(added.key, { ...added, attempts: 0, fence: 0, leasedUntil: null, settled: false });
    }
    const done = row.settles && outbox.get(row.settles.key);
    if (done) outbox.set(done.key, { ...done, settled: true });
    return leaf;
  };

  return {
    ...memoryDesk(),
    ...publication,
    ...memoryRetention(leaves, statements, known.versions),
    ...memoryCosignatures(publication),
    commitBatch(rows, now) {
      if (!rows.every(isStorable)) return Promise.reject(new Failure('INVARIANT_BROKEN', 'commitBatch: a key is longer than its column'));
      const start = leaves.length;
      const verdicts = rows.map((row) => {
        const verdict = judgeRow(row, log, now);
        return verdict.kind === 'fits' ? { kind: 'committed' as const, leaf: write(row, start) } : verdict;
      });
      if (leaves.length > start) batches.set(start, leaves.length - start);
      return Promise.resolve(
        verdicts.map((verdict): CommitOutcome => {
          if (verdict.kind === 'replay' || verdict.kind === 'conflict') return verdict;
          const leaf = verdict.kind === 'committed' ? verdict.leaf : (leaves[verdict.index] as StoredLeaf);
          return { kind: verdict.kind, leaf };
        }),
      );
    },
    statement: (digest) => Promise.resolve(statements.get(digest) ?? null),
    statementById: (author, id) => Promise.resolve([...statements.values()].find((s) => s.author === author && s.id === id) ?? null),
    linked: (kind, key, limit, after = -1) =>
      Promise.resolve((links.get(`${kind} ${key}`) ?? []).filter(({ index }) => index > after).slice(0, limit)),
    titles: (kind, key, limit, after = -1) =>
      Promise.resolve(
        (links.get(`${kind} ${key}`) ?? [])
          .filter(({ index }) => index > after)
          .slice(0, limit)
          .map(({ raw: _raw, ...title }) => title),
      ),
    links(kind, keys, limit) {
      const found = keys.flatMap((key) =>
        (links.get(`${kind} ${key}`) ?? []).map(({ digest, typ, index }) => ({ key, statement: digest, typ, index })),
      );
      const inOrder = found.sort((a, b) => a.index - b.index || (a.key < b.key ? -1 : 1));
      return Promise.resolve(inOrder.slice(0, limit).map(({ key, statement, typ }) => ({ key, statement, typ })));
    },
    exchange: (id) => Promise.resolve(exchanges.get(id) ?? null),
    version: (key) => Promise.resolve(log.version(key)),
    leaf: (index) => Promise.resolve(leaves[index] ?? null),
    leafOf(statement, stage) {
      const accepted = statements.get(statement);
      if (stage === 'accepted') return Promise.resolve(accepted ? (leaves[accepted.index] ?? null) : null);
      return Promise.resolve(leaves.findLast((leaf) => leaf.statement === statement && leaf.stage === stage) ?? null);
    },
    leaves: (from, to) => Promise.resolve(leaves.slice(from, to)),
    leafData: (from, to) => Promise.resolve(leaves.slice(from, to).map(({ data }) => data)),
    leafCount: () => Promise.resolve(leaves.length),
    batch(start) {
      const size = batches.get(start);
      return Promise.resolve(size === undefined ? null : { start, size });
    },
    inbox: (authority, from, limit) =>
      Promise.resolve(
        leaves
          .slice(from)
          .filter(({ mailbox }) => mailbox === authority)
          .slice(0, limit),
      ),
    claim(now, leaseMs, limit) {
      const due = [...outbox.values()].filter(
        (row) => !row.settled && row.due <= now && (row.leasedUntil === null || row.leasedUntil <= now),
      );
      const claimed = due.sort((a, b) => a.due - b.due).slice(0, limit);
      return Promise.resolve(
        claimed.map((row): OutboxRow => {
          const next = { ...row, attempts: row.attempts + 1, fence: row.fence + 1, leasedUntil: (now + leaseMs) as Instant };
          outbox.set(row.key, next);
          known.fences.set(row.key, next.fence);
          const { leasedUntil: _lease, settled: _settled, ...claim } = next;
          return claim;
        }),
      );
    },
    retry(key, fence, due, parked, attempts) {
      const row = outbox.get(key);
      if (!row || row.settled || row.fence !== fence) return Promise.resolve(false);
      outbox.set(key, { ...row, due, leasedUntil: null, settled: parked, attempts: attempts ?? row.attempts });
      if (parked) known.fences.set(key, SETTLED);
      return Promise.resolve(true);
    },
    rest(key, fence, until) {
      const row = outbox.get(key);
      if (!row || row.settled || row.fence !== fence) return Promise.resolve(false);
      outbox.set(key, { ...row, leasedUntil: until });
      return Promise.resolve(true);
    },
    outboxOpen: () => Promise.resolve([...outbox.values()].filter(({ settled, kind }) => !settled && kind === 'deliver').length),
    dropSettled(before, clocksBefore, limit) {
      const old = [...outbox.values()].filter(({ settled, kind, due }) => settled && due < (kind === 'clock' ? clocksBefore : before));
      const dropped = old.sort((a, b) => a.due - b.due).slice(0, limit);
      for (const { key } of dropped) {
        outbox.delete(key);
        known.fences.delete(key);
      }
      return Promise.resolve(dropped.length);
    },
    serverTime: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}
