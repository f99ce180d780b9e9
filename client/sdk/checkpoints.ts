/**
 * The newest checkpoint that this client has seen, and what it does with the next one: each must contain the one before, or the
 * gateway shows two logs. Two signed notes that contradict each other convict it, so both are kept.
 */
import { parseCheckpoint, verifyCheckpoint, type Checkpoint, type LogTrust } from '../../crypto/checkpoint.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { planConsistency } from '../../crypto/merkle/prove.js';
import { isSameHash, verifyConsistency, type Hash, type TreeHead } from '../../crypto/merkle.js';
import { parseNote } from '../../crypto/note.js';
import type { Receipt } from '../../domain/receipt.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementType } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { createRecord, readRecord, writeRecord, type KeyStore } from './key-store.js';
import { readNodes } from './log-tiles.js';
import type { PinnedGateway } from './receipt.js';

export interface TrustedCheckpoint {
  readonly size: number;
  readonly root: Hash;
  /** names of the pinned witnesses that cosigned it */
  readonly witnesses: readonly string[];
}

/** Two notes of one log that are not of one tree. `FORK`: two histories. `ROLLBACK`: the log that was signed before is there no more. */
export interface LogAlarm {
  readonly kind: 'FORK' | 'ROLLBACK';
  readonly why: string;
  readonly at: string;
  /** signed notes, verbatim: what was remembered, and what was shown then */
  readonly remembered: string;
  readonly shown: string;
  /** when somebody said that it has been dealt with; absent: it stands */
  readonly acknowledgedAt?: string;
}

/** What the log signed that it took in, and was never shown to hold: it was restored from a backup without it, or it lies. */
export interface Unlogged {
  readonly kind: 'UNLOGGED';
  readonly why: string;
  readonly at: string;
  readonly statement: string;
  readonly typ: StatementType;
  /** signed by the log’s key */
  readonly receipt: Receipt;
  /** it is kept here from then on; until then `checkProofs` tells it */
  readonly acknowledgedAt: string;
}

/** One record for each, created and never replaced: of two programs over one key store none writes an older one over a newer. */
const REMEMBERED = 'checkpoint/';
/** Of an older client. */
const OLDER = 'checkpoint';
const ALARMS = 'alarms/';
const utf8 = new TextEncoder();

/** Whom this client believes about the log: the pinned key, and the pinned witnesses (none: nobody but the gateway). */
export const logTrustOf = (gateway: PinnedGateway): LogTrust => ({
  origin: gateway.origin,
  logKeys: [{ name: gateway.origin, algorithm: 'ED25519', publicKey: gateway.publicKey }],
  witnesses: gateway.witnesses ?? [],
  quorum: gateway.quorum ?? 0,
});

// a step reads what the one before wrote: one at a time for each key store
const turns = new WeakMap<KeyStore, Promise<unknown>>();

/**
 * Verifies a checkpoint's note, that it is of the same tree as the newest one that was seen before, and its cosignatures; then
 * remembers it, if it is newer. An older one that is proved to be its beginning is believed as well.
 *
 * @returns durable when it resolves; an error beginning with `FORK:` or `ROLLBACK:` is an alarm (`readAlarms`)
 * @throws ParleyError `GATEWAY_UNREACHABLE`
 */
export function trustCheckpoint(context: ClientContext, note: string): Promise<Result<TrustedCheckpoint, string>> {
  const turn = (turns.get(context.store) ?? Promise.resolve()).then(() => judge(context, note));
  turns.set(
    context.store,
    turn.catch(() => undefined),
  );
  return turn;
}

/** nothing was signed yet: no proof, and no contradiction either */
export const NOT_PUBLISHED = 'no checkpoint has been published yet';
export const WITHDRAWN = 'the gateway shows no checkpoint, and one was seen before';
/** One of these two. Where a policy names new witnesses, none is shown until enough of them have signed. */
export const showsNone = (error: string): boolean => error === NOT_PUBLISHED || error === WITHDRAWN;

/** The newest checkpoint that the gateway shows, trusted as above. @returns its note besides; `NOT_PUBLISHED` or `WITHDRAWN` where it shows none */
export async function newestCheckpoint(context: ClientContext): Promise<Result<TrustedCheckpoint & { readonly note: string }, string>> {
  const note = await shownNote(context);
  if (note === null) return no((await readRemembered(context.store)) === null ? NOT_PUBLISHED : WITHDRAWN);
  const trusted = await trustCheckpoint(context, note);
  return trusted.ok ? ok({ ...trusted.value, note }) : trusted;
}

async function shownNote({ door }: ClientContext): Promise<string | null> {
  try {
    const { bytes } = await door.ask({ method: 'GET', path: '/v1/checkpoint', signed: false });
    // a byte order mark would be of what is signed
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return null;
    throw error;
  }
}

/**
 * The same for a person: nothing to decide but whether to go on.
 *
 * @throws ParleyError `LOG_CONTRADICTION`, `CHECKPOINT_UNTRUSTED`, `NO_CHECKPOINT`, `GATEWAY_UNREACHABLE`
 */
export async function checkLog(context: ClientContext): Promise<TrustedCheckpoint> {
  const newest = await newestCheckpoint(context);
  if (newest.ok) return { size: newest.value.size, root: newest.value.root, witnesses: newest.value.witnesses };
  if (newest.error === NOT_PUBLISHED)
    throw new ParleyError(
      'NO_CHECKPOINT',
      'No checkpoint has been published yet.',
      'Ask again in a few seconds: parley log. A gateway that has witnesses shows the first one once enough of them have signed it; where it does not, ask the operator.',
    );
  if (!isLogAlarm(newest.error)) throw new ParleyError('CHECKPOINT_UNTRUSTED', `${newest.error}.`, UNTRUSTED_NEXT);
  throw new ParleyError(
    'LOG_CONTRADICTION',
    `${newest.error}.`,
    'Send nothing more; show both notes to the other authorities and the witnesses: parley log alarms',
  );
}

/** What a person does where no checkpoint may be relied on. */
export const UNTRUSTED_NEXT =
  'Rely on no proof of this log; ask the operator, and the witnesses. Where other witnesses are to be asked for from now on, by the keys that they gave you: parley log pin --witness VKEY';

/** Does not wait: a log that contradicts itself does not become right. */
export const isLogAlarm = (error: string): boolean => /^(?:FORK|ROLLBACK):/.test(error);

/** Every contradiction that was ever seen: show what was signed to the operator, the witnesses and the other authorities. */
export async function readAlarms(store: KeyStore): Promise<readonly (LogAlarm | Unlogged)[]> {
  return Promise.all((await store.names(ALARMS)).map(async (name) => (await readRecord(store, name)) as LogAlarm | Unlogged));
}

/** An officer has been shown it and says that it was dealt with. */
export const keepUnlogged = (
  { store, clock }: Pick<ClientContext, 'store' | 'clock'>,
  unlogged: Omit<Unlogged, 'acknowledgedAt'>,
): Promise<void> =>
  writeRecord(store, `${ALARMS}${unlogged.statement}`, { ...unlogged, acknowledgedAt: formatInstant(clock.now()) } satisfies Unlogged);

/**
 * Those that were raised so far have been dealt with. Both notes of each stay, and a log that contradicts itself is believed no more for it.
 *
 * @returns those that stood until now
 */
export async function acknowledgeLogAlarms(store: KeyStore, now: Instant): Promise<readonly (LogAlarm | Unlogged)[]> {
  const ended: (LogAlarm | Unlogged)[] = [];
  for (const name of await store.names(ALARMS)) {
    const alarm = (await readRecord(store, name)) as LogAlarm | Unlogged;
    if (alarm.acknowledgedAt !== undefined) continue;
    await writeRecord(store, name, { ...alarm, acknowledgedAt: formatInstant(now) } satisfies LogAlarm | Unlogged);
    ended.push(alarm);
  }
  return ended;
}

interface Remembered extends Checkpoint {
  readonly note: string;
  /** of its record */
  readonly name: string;
}

/** @returns null where no checkpoint was seen yet */
export async function readRemembered(store: KeyStore): Promise<(Checkpoint & { readonly note: string }) | null> {
  return (await allRemembered(store))[0] ?? null;
}

/** The newest first. There are others where two programs saw theirs at once, or one was killed, until a newer one comes. */
async function allRemembered(store: KeyStore): Promise<readonly Remembered[]> {
  for (;;) {
    // the older client's first: whoever takes it away has created another one before
    const older = await readRecord(store, OLDER);
    const names = await store.names(REMEMBERED);
    const records = await Promise.all(names.map((name) => readRecord(store, name)));
    const gone = names.filter((_, at) => records[at] === null);
    // one that went meanwhile gave way to another that was not there yet
    if (gone.length > 0) {
      const listed = await store.names(REMEMBERED);
      if (gone.some((name) => listed.includes(name))) throw damaged();
      continue;
    }
    const kept = [
      ...(older === null ? [] : [rememberedIn(OLDER, older)]),
      ...records.map((record, at) => rememberedIn(names[at]!, record)),
    ];
    return kept.sort((a, b) => b.size - a.size);
  }
}

function rememberedIn(name: string, record: unknown): Remembered {
  const { note } = record as { readonly note: string };
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) throw damaged();
  return { ...checkpoint.value, note, name };
}

const damaged = (): ParleyError =>
  new ParleyError('KEY_STORE_DAMAGED', 'The remembered checkpoint is not readable.', 'Restore the key store from its backup.');

async function judge(context: ClientContext, note: string): Promise<Result<TrustedCheckpoint, string>> {
  const trust = logTrustOf(context.gateway);
  // the log's own signature convicts it, whoever else has seen the note or not
  const signed = verifyCheckpoint(note, { ...trust, witnesses: [], quorum: 0 });
  if (!signed.ok) return signed;
  const { checkpoint } = signed.value;
  const known = await allRemembered(context.store);
  for (const before of known) {
    const isOneTree = await proveOneTree(context, before, checkpoint);
    // two notes contradict each other only where their trees were seen to
    if (!isOneTree.ok && isOneTree.error.isUnread && checkpoint.size > before.size)
      return no(`the log could not be read: ${isOneTree.error.why}; remembered ${titleOf(before)}, shown ${titleOf(checkpoint)}`);
    if (!isOneTree.ok) return no(await raise(context, before, checkpoint, { shown: note, why: isOneTree.error.why }));
  }
  // while the gateway was asked, another program over this key store may have seen another one
  const notes = new Set(known.map((one) => one.note));
  const hasNews = async () => (await allRemembered(context.store)).some((one) => !notes.has(one.note));
  if (await hasNews()) return judge(context, note);
  const verified = verifyCheckpoint(note, trust);
  if (!verified.ok) return verified;
  if (known.every(({ size }) => checkpoint.size > size)) {
    await createRecord(context.store, `${REMEMBERED}${digestOfBytes(utf8.encode(note))}`, { note });
    notes.add(note);
    // of two that create theirs at once one sees the other's, at least
    if (await hasNews()) return judge(context, note);
    for (const { name } of known) await context.store.remove(name);
  }
  const witnesses = verified.value.cosignatures.map(({ witness }) => witness);
  return ok({ size: checkpoint.size, root: checkpoint.root, witnesses });
}

interface Unproved {
  readonly why: string;
  /** the gateway did not serve what a proof is made of */
  readonly isUnread: boolean;
}

async function proveOneTree(context: ClientContext, a: TreeHead, b: TreeHead): Promise<Result<null, Unproved>> {
  const not = (why: string, isUnread = false): Result<never, Unproved> => no({ why, isUnread });
  if (a.size === b.size) return isSameHash(a.root, b.root) ? ok(null) : not('two roots of one size');
  const [older, newer] = a.size < b.size ? [a, b] : [b, a];
  const plan = planConsistency(older.size, newer.size);
  const hashes = await readNodes(context.door, plan.nodes, newer.size);
  if (!hashes.ok) return not(hashes.error, true);
  return verifyConsistency(older, newer, plan.finish(hashes.value)) ? ok(null) : not('the older one is not the beginning of the newer one');
}

async function raise(
  context: ClientContext,
  before: Checkpoint & { readonly note: string },
  now: TreeHead,
  { shown, why }: Pick<LogAlarm, 'shown' | 'why'>,
): Promise<string> {
  const kind = now.size < before.size ? 'ROLLBACK' : 'FORK';
  const alarm: LogAlarm = { kind, why, at: formatInstant(context.clock.now()), remembered: before.note, shown };
  const name = digestOfBytes(utf8.encode(before.note), utf8.encode(shown));
  // shown again it is the same alarm
  if ((await context.store.read(`${ALARMS}${name}`)) === null) await writeRecord(context.store, `${ALARMS}${name}`, alarm);
  return `${kind}: ${why}; remembered ${titleOf(before)}, shown ${titleOf(now)}; both notes are kept as ${ALARMS}${name}`;
}

const titleOf = ({ size, root }: TreeHead): string => `${size} leaves ${encodeDigest(root)}`;
