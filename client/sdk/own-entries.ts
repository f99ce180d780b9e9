/** The entries of one's own authority, as far as this client knows: those that it saw in the directory, and those that it signed itself. */
import type { StatementOf } from '../../domain/statement.js';
import type { ClientContext } from './context.js';
import { seenEntries } from './directory-belief.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import type { Sent } from './submit.js';

/** An entry that the root in this key store signed. */
export interface SignedEntry {
  readonly digest: string;
  readonly seq: number;
  /** the leaf of its acceptance: every later epoch binds it or a newer one */
  readonly index: number;
  /** absent: kept by an older version of this client */
  readonly root?: string;
}

export interface SeenEntry {
  readonly seq: number;
  /** who signed it; null: not known any more */
  readonly root: string | null;
}

/** Of an older client: all of them, in one record. */
const OLDER = 'signed';
/** One record for each, so that of two programs over one key store none writes over what the other signed. */
const SIGNED = 'signed/';

export async function readSigned(store: KeyStore): Promise<readonly SignedEntry[]> {
  const older = ((await readRecord(store, OLDER)) as { readonly entries: readonly SignedEntry[] } | null)?.entries ?? [];
  const signed = await Promise.all((await store.names(SIGNED)).map(async (name) => (await readRecord(store, name)) as SignedEntry));
  return [...new Map([...older, ...signed].map((entry) => [entry.digest, entry])).values()];
}

/** To be called once the log has accepted it. */
export async function keepSigned(store: KeyStore, entry: StatementOf<'parley-entry+json'>, { receiptBody }: Sent): Promise<void> {
  const { seq, root } = entry.payload;
  const row: SignedEntry = { digest: entry.digest, seq, index: receiptBody.index, root: root.kid };
  await writeRecord(store, `${SIGNED}${entry.digest}`, row);
}

/** Whoever handed the root on signs none any more: what another key store signs is no alarm then. */
export async function forgetSigned(store: KeyStore): Promise<void> {
  for (const name of [OLDER, ...(await store.names(SIGNED))]) await store.remove(name);
}

/** By digest: every entry of this authority that a root of its own signed and this client saw (`directory-belief.ts` keeps them). */
export async function ownEntries({ store, identity }: ClientContext): Promise<ReadonlyMap<string, SeenEntry>> {
  const read = await seenEntries(store, identity.authority);
  const signed = (await readSigned(store)).map(({ digest, seq, root = null }): [string, SeenEntry] => [digest, { seq, root }]);
  const seen = read.map(({ digest, payload }): [string, SeenEntry] => [digest, { seq: payload.seq, root: payload.root.kid }]);
  return new Map([...signed, ...seen]);
}

/** The highest generation of a quorum in any entry that this client saw; 0: none. */
export const lastDealing = async ({ store, identity }: ClientContext): Promise<number> =>
  Math.max(0, ...(await seenEntries(store, identity.authority)).map(({ payload }) => payload.quorum?.generation ?? 0));
