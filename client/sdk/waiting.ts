/** A program that was cut off told nobody what it had put into the outbox: the same act signed anew would be a second one. */
import { SELF_SIGNED, type Statement } from '../../domain/statement.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { ParleyError } from './error.js';
import type { KeyStore } from './key-store.js';
import { readStatement } from './statements.js';

/** where a key store keeps what has no answer yet, by digest */
export const OUTBOX = 'outbox/';

/** Made anew with each statement, whatever it does. */
const MADE_ANEW: ReadonlySet<string> = new Set(['id', 'at', 'from', 'until', 'seal', 'kid', 'suite', 'seals', 'text']);

/** What it does: of an envelope which message of which exchange, else all that is not made anew. */
function actOf({ typ, payload }: Statement): string {
  if (typ === 'parley-envelope+json') return JSON.stringify([payload.exchange, payload.message]);
  return JSON.stringify([typ, ...Object.entries(payload).filter(([member]) => !MADE_ANEW.has(member))]);
}

/** @throws ParleyError `WAITING` where another statement of the outbox does the same; what a root signs is numbered, and cannot be done twice */
export async function refuseWhileWaiting(store: KeyStore, statement: Statement): Promise<void> {
  if (SELF_SIGNED.has(statement.typ)) return;
  for (const name of await store.names(OUTBOX)) {
    const other = statementIn(await store.read(name));
    if (other === null || other.digest === statement.digest || actOf(other) !== actOf(statement)) continue;
    throw new ParleyError(
      'WAITING',
      `The same waits in the outbox as ${other.digest}, and may have arrived.`,
      'Nothing new was handed in. Hand in the same bytes again: parley resend',
      { inOutbox: other.digest },
    );
  }
}

/** @returns null where another program has settled it meanwhile, or it is not readable */
function statementIn(bytes: Uint8Array | null): Statement | null {
  const json = bytes === null ? null : parseJsonStrict(bytes);
  const { statement } = Object(json?.ok ? json.value : null) as { statement?: unknown };
  const read = typeof statement === 'string' ? readStatement(statement) : null;
  return read?.ok ? read.value : null;
}
