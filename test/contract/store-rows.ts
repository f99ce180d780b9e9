/** Rows for the store's contract suite: content with everything, each test changes the one thing that it is about. */
import { createHash } from 'node:crypto';
import type { AuthorityId, Digest, ExchangeId, Uuid } from '../../domain/ids.js';
import type { CommitOutcome, CommitRow, NewStatement, Store, StoredLeaf } from '../../domain/ports.js';
import { type Instant, plusMs } from '../../domain/time.js';
import { WORLD_START } from '../support/world.js';

export const NOW = WORLD_START;
export const at = (ms: number): Instant => plusMs(NOW, ms);

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
export const digestOf = (text: string): Digest => sha256(text).toString('base64url') as Digest;
export const uuidOf = (text: string): Uuid => {
  const hex = sha256(text).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Uuid;
};
export const exchangeOf = (text: string): ExchangeId => uuidOf(text) as ExchangeId;
export const bytesOf = (text: string, length = 32): Uint8Array => new Uint8Array(Buffer.alloc(length, sha256(text)));
export const A = 'VG-FIX' as AuthorityId;
export const B = 'QZ-FIU' as AuthorityId;

export const statementOf = (name: string, over: Partial<NewStatement> = {}): NewStatement => ({
  digest: digestOf(name),
  typ: 'parley-envelope+json',
  author: A,
  id: uuidOf(name),
  exchange: null,
  at: NOW,
  raw: bytesOf(`raw ${name}`, 500),
  ...over,
});

type Changes = Partial<Omit<CommitRow, 'leaf'>> & { readonly leaf?: Partial<CommitRow['leaf']> };

/** An accepted statement of that name with one leaf of two views. */
export function rowOf(name: string, { leaf, ...over }: Changes = {}): CommitRow {
  const statement = over.statement === undefined ? statementOf(name) : over.statement;
  return {
    statement,
    links: [],
    leaf: {
      data: bytesOf(`leaf ${name}`),
      views: [A, B].map((view) => ({
        view,
        salt: bytesOf(`salt ${name} ${view}`),
        event: new TextEncoder().encode(`{"view":"${view}","n":"${name}"}`),
      })),
      statement: statement?.digest ?? null,
      stage: 'accepted',
      outcome: 'ALLOW',
      at: NOW,
      version: 0,
      mailbox: null,
      ...leaf,
    },
    exchange: null,
    outbox: [],
    settles: null,
    expects: [],
    bumps: [],
    validUntil: null,
    ...over,
  };
}

/** The single outcome of a batch of one. */
export async function commitOne(store: Store, row: CommitRow, now = NOW): Promise<CommitOutcome> {
  const [outcome] = await store.commitBatch([row], now);
  if (outcome === undefined) throw new Error('a batch of one has one outcome');
  return outcome;
}

export const kinds = (outcomes: readonly CommitOutcome[]): string[] => outcomes.map(({ kind }) => kind);

export function leafOf(outcome: CommitOutcome | undefined): StoredLeaf {
  if (outcome?.kind !== 'committed' && outcome?.kind !== 'duplicate') throw new Error(`no leaf: ${JSON.stringify(outcome)}`);
  return outcome.leaf;
}

/** Bytes come back in whatever array the driver made. */
export const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
        : value;
