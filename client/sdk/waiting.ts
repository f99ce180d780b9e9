/** A program that was cut off told nobody what it had put into the outbox, or what was taken in: the same act signed anew would be a second one. */
import { digestOfBytes } from '../../crypto/digest.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { SELF_SIGNED, type Statement, type StatementOf } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { ClientContext } from './context.js';
import { DoneBefore, ParleyError } from './error.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { readStatement } from './statements.js';

/** where a key store keeps what has no answer yet, by digest */
export const OUTBOX = 'outbox/';

/** Made anew with each statement, whatever it does. */
const MADE_ANEW: ReadonlySet<string> = new Set(['id', 'at', 'from', 'until', 'seal', 'kid', 'suite', 'seals', 'text', 'labelEpoch']);

/** What it does: of an envelope which message of which exchange, else all that is not made anew. */
function actOf({ typ, payload }: Statement): string {
  if (typ === 'parley-envelope+json') return JSON.stringify([payload.exchange, payload.message]);
  const said = typ === 'parley-release+json' ? { ...payload, label: ownPart(payload) } : payload;
  return JSON.stringify([typ, ...Object.entries(said).filter(([member]) => !MADE_ANEW.has(member))]);
}

/** What else its label says came with the item, and changes without the holder; a time may have been typed as days from now. */
const ownPart = ({ holder, label: { originators, caveats } }: StatementOf<'parley-release+json'>['payload']) => [
  originators,
  caveats.filter(({ by }) => by === holder).map((caveat) => ({ ...caveat, until: null })),
];

/**
 * What a root signs is numbered, and cannot be done twice; but a root that named two could be shown to some as the one's and to others as the other's.
 *
 * @throws ParleyError `WAITING` where another statement of the outbox does the same, or has the root name another one
 */
export async function refuseWhileWaiting(store: KeyStore, statement: Statement): Promise<void> {
  if (SELF_SIGNED.has(statement.typ) && statement.typ !== 'parley-root+json') return;
  for (const name of await store.names(OUTBOX)) {
    const other = statementIn(await readWaiting(store, name));
    if (other === null || other.digest === statement.digest) continue;
    if (statement.typ === 'parley-root+json') refuseSecondRoot(statement.payload, other);
    else if (actOf(other) === actOf(statement))
      throw new ParleyError(
        'WAITING',
        `The same waits in the outbox as ${other.digest}, and may have arrived.`,
        'Nothing new was handed in. Hand in the same bytes again: parley resend',
        { inOutbox: other.digest },
      );
  }
}

/**
 * @param name of a record of the outbox
 * @returns null where another program has settled it meanwhile
 * @throws ParleyError what reading threw; where it can be read no more, with the way past it
 */
export async function readWaiting(store: KeyStore, name: string): Promise<Uint8Array | null> {
  try {
    return await store.read(name);
  } catch (error) {
    if (!(error instanceof ParleyError) || error.code !== 'KEY_STORE_DAMAGED') throw error;
    const digest = certain(parseDigest(name.slice(OUTBOX.length)));
    const next = `${error.next} Where none has it: parley resend --give-up ${digest}; whether it arrived is then to be asked of the other side.`;
    throw new ParleyError(error.code, error.what, next, { cause: error, inOutbox: digest });
  }
}

function refuseSecondRoot({ old, root }: StatementOf<'parley-root+json'>['payload'], { typ, payload, digest }: Statement): void {
  if (typ !== 'parley-root+json' || payload.old.kid !== old.kid || payload.root.kid === root.kid) return;
  throw new ParleyError(
    'WAITING',
    `That the root is to be ${payload.root.kid} waits in the outbox as ${digest}, and may have arrived.`,
    `Nothing new was handed in. Hand in the same bytes again: parley resend. Whoever is named there hands the root on; where that is nobody, and the operator says that it has none: parley resend --give-up ${digest}`,
    { inOutbox: digest },
  );
}

/** @returns null where another program has settled it meanwhile, or it is not readable */
function statementIn(bytes: Uint8Array | null): Statement | null {
  const json = bytes === null ? null : parseJsonStrict(bytes);
  const { statement } = Object(json?.ok ? json.value : null) as { statement?: unknown };
  const read = typeof statement === 'string' ? readStatement(statement) : null;
  return read?.ok ? read.value : null;
}

interface Done {
  readonly statement: Digest;
  /** null: it does not end */
  readonly until: Instant | null;
}

const nameOf = (statement: Statement): string => `done/${digestOfBytes(new TextEncoder().encode(actOf(statement)))}`;

/**
 * @returns until when a second one would stand beside it, null for ever; absent: of this act nothing is kept. A desk's keys turn often, and
 * each turn seals anew
 */
function endOf({ typ, payload }: Statement): Instant | null | undefined {
  if (typ === 'parley-consent+json') return payload.until;
  if (typ === 'parley-label+json' && (payload.change === 'RETRACT' || payload.change === 'CORRECT')) return null;
  return typ === 'parley-release+json' && !('reseal' in payload.basis) ? payload.until : undefined;
}

/** To be called before what was accepted leaves the outbox: a program killed after that has told nobody. Durable when it resolves. */
export async function keepDone(store: KeyStore, statement: Statement): Promise<void> {
  const until = endOf(statement);
  if (until !== undefined) await writeRecord(store, nameOf(statement), { statement: statement.digest, until } satisfies Done);
}

const readDone = async (store: KeyStore, statement: Statement): Promise<Done | null> =>
  (await readRecord(store, nameOf(statement))) as Done | null;

/** @returns digest of the statement of the same meaning that was accepted from this key store; null: none is kept */
export const doneBefore = async (store: KeyStore, statement: Statement): Promise<Digest | null> =>
  (await readDone(store, statement))?.statement ?? null;

/** @throws ParleyError `DONE_BEFORE` where a consent, release, retraction or correction of the same meaning was accepted from this key store, and has not ended */
export async function refuseDone({ store, clock }: ClientContext, statement: Statement): Promise<void> {
  const before = endOf(statement) === undefined ? null : await readDone(store, statement);
  if (before === null) return;
  const { statement: done, until } = before;
  if (until === null)
    throw new DoneBefore(
      done,
      `${isRetraction(statement) ? 'It was taken back already' : 'The same was said already'}, by the statement ${done}.`,
      `Nothing new was handed in. Where a restore of the gateway lost it: --again; in a program, again: true. What holders answer: parley answers ${done}`,
    );
  if (until <= clock.now()) return;
  throw new ParleyError(
    'DONE_BEFORE',
    `The same was taken in as ${done}, until ${formatInstant(until)}, and was not revoked from this key store.`,
    'Nothing new was handed in. Whether a colleague revoked it: parley show EXCHANGE. To do it once more on purpose, such as for longer or under its label of now: --again; in a program, again: true.',
  );
}

const isRetraction = ({ typ, payload }: Statement): boolean => typ === 'parley-label+json' && payload.change === 'RETRACT';

/** What was revoked may be granted anew. */
export async function forgetDone(store: KeyStore, statement: Statement): Promise<void> {
  const before = await readDone(store, statement);
  if (before?.statement === statement.digest) await store.remove(nameOf(statement));
}
