/** The entries of one's own authority, as far as this client knows: those that it saw in the directory, and those that it signed itself. */
import { digestOf } from '../../crypto/statement.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ClientContext } from './context.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { readStatementOf } from './statements.js';
import type { Sent } from './submit.js';

/** An entry that the root in this key store signed. */
export interface SignedEntry {
  readonly digest: string;
  readonly seq: number;
  /** the leaf of its acceptance: every later epoch binds it or a newer one */
  readonly index: number;
}

const SIGNED = 'signed';

export const readSigned = async (store: KeyStore): Promise<readonly SignedEntry[]> =>
  ((await readRecord(store, SIGNED)) as { readonly entries: readonly SignedEntry[] } | null)?.entries ?? [];

/** To be called once the log has accepted it. */
export async function keepSigned(store: KeyStore, entry: StatementOf<'parley-entry+json'>, { receiptBody }: Sent): Promise<void> {
  const signed = (await readSigned(store)).filter(({ digest }) => digest !== entry.digest);
  const row: SignedEntry = { digest: entry.digest, seq: entry.payload.seq, index: receiptBody.index };
  await writeRecord(store, SIGNED, { entries: [...signed, row] });
}

/** `seq` by digest of every entry of this authority that a root of its own signed and this client saw (`directory-belief.ts` keeps them). */
export async function seenEntries({ store, identity }: ClientContext): Promise<ReadonlyMap<string, number>> {
  const kept = (await readRecord(store, `entries/${identity.authority}`)) as { readonly entries: readonly string[] } | null;
  const read = (kept?.entries ?? []).map((compact) => readStatementOf('parley-entry+json', compact));
  const seen = read.flatMap((entry) => (entry.ok ? [[digestOf(entry.value.compact), entry.value.payload.seq] as const] : []));
  return new Map([...seen, ...(await readSigned(store)).map(({ digest, seq }) => [digest, seq] as const)]);
}
