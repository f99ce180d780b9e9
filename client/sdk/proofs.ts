/**
 * Proofs that the log owes: what it signed that it took in, a reading or anything else, must stand in it within the delay that the receipt
 * promised. A missing one is an alarm, because a gateway that signs a receipt and logs nothing would otherwise go unnoticed.
 */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import { verifyLogProof } from '../../crypto/proof.js';
import { parseDigest } from '../../domain/ids.js';
import type { Chance, Clock } from '../../domain/ports.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { SELF_SIGNED, type Statement, type StatementType } from '../../domain/statement.js';
import { DAY_MS, formatInstant, parseInstant, plusMs, type Instant } from '../../domain/time.js';
import { proofAnswer, type ProofAnswer } from '../../domain/wire/http-answers.js';
import { NOT_ITS_LEAF, othersOf, proveInStreams, type AccessCheck, type AccessGap } from './access-proof.js';
import { understood } from './answers.js';
import { isLogAlarm, keepUnlogged, logTrustOf, trustCheckpoint } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { PolicyRefusal } from './error.js';
import { readRecord, writeRecord } from './key-store.js';
import { verifyReceipt, type PinnedGateway } from './receipt.js';

export interface ProofReport {
  readonly proved: number;
  /** not due yet, or left for the next call */
  readonly waiting: number;
  /** due and not proved, or the log shows two faces: tell the operator, and whom it concerns */
  readonly alarms: readonly ProofAlarm[];
}

export interface ProofAlarm {
  readonly statement: string;
  readonly typ: StatementType;
  /** `PAST_YEARS`: its leaf stands in the log, and its text may be erased by now; `acknowledged` ends that, and `INCLUSION` */
  readonly check: AccessCheck | 'PAST_YEARS';
  /** whose stream lacks it; null where it is about none in particular */
  readonly originator: string | null;
  readonly why: string;
  /** signed by the log’s key: with a checkpoint that does not hold its leaf it convicts that key */
  readonly receipt: Receipt;
}

/**
 * The receipt, of what, of whom an item that was read is besides the reader, and when it was stated by this clock. The latter two are absent
 * in records of an older client, which asked for readings alone. `told`: what was raised, of what an acknowledgement ends.
 */
type Owed = Receipt & {
  readonly typ?: StatementType;
  readonly originators?: readonly string[];
  readonly readAt?: string;
  readonly told?: { readonly check: ProofAlarm['check']; readonly at: string };
};

const PROOFS = 'proofs/';
/** Asked for in one call: whoever hands in thousands at once is not kept waiting for all of them. */
const ASKED_MAX = 100;
/** No gateway may promise its proofs later (`PARLEY_PROOF_DELAY_MS`): its word puts nothing off for longer. */
const DELAY_MS_MAX = DAY_MS;

/**
 * From now on `checkProofs` asks that it stands in the log, and a reading in the stream of each originator too. Durable when it resolves.
 *
 * @param originators of what was read, but for the reader itself
 */
export const expectProof = (
  { store, clock }: Pick<ClientContext, 'store' | 'clock'>,
  { digest, typ }: Pick<Statement, 'digest' | 'typ'>,
  receipt: Receipt,
  originators: readonly string[] = [],
): Promise<void> =>
  writeRecord(store, `${PROOFS}${digest}`, { ...receipt, typ, originators, readAt: formatInstant(clock.now()) } satisfies Owed);

/** By when it is owed: counted from when this client stated it, whatever time the gateway wrote into its receipt. */
const dueOf = ({ readAt }: Owed, { at, proofDelayMsMax }: ReceiptBody): Instant =>
  plusMs(certain(parseInstant(readAt ?? at)), Math.min(proofDelayMsMax, DELAY_MS_MAX));

/** The fewest years after which a gateway may be set to erase an event's text; its hash, and so the leaf, stays. */
const ERASED_AFTER_MS = 3 * 365 * DAY_MS;
const PAST_YEARS = 'its leaf stands in the log, and after so many years its text may be erased: nothing proves any more what it tells';
const isPastYears = ({ readAt }: Owed, { at }: ReceiptBody, clock: Clock): boolean =>
  plusMs(certain(parseInstant(readAt ?? at)), ERASED_AFTER_MS) < clock.now();

/** Of these an officer says that they were dealt with, once they were told; every other one may yet be proved, or is about a partner. */
const ENDED_BY_WORD: ReadonlySet<ProofAlarm['check']> = new Set(['PAST_YEARS', 'INCLUSION']);

/**
 * Asks for the proofs that are owed, of more than a hundred for some hundred of them; a proved one is owed no longer.
 *
 * @param acknowledged nor is one that was told before as `PAST_YEARS`, which nothing will ever prove, or as `INCLUSION`: a log that was restored
 * lost it, or a lying one left it out. What convicts the latter is kept (`readAlarms`).
 */
export async function checkProofs(context: ClientContext, acknowledged = false): Promise<ProofReport> {
  const names = anyFirst(await context.store.names(PROOFS), context.chance);
  let [proved, waiting] = [0, Math.max(0, names.length - ASKED_MAX)];
  const alarms: ProofAlarm[] = [];
  for (const name of names.slice(0, ASKED_MAX)) {
    const owed = (await readRecord(context.store, name)) as Owed | null;
    // another program has proved it meanwhile
    if (owed === null) continue;
    const { typ = ACCESS, originators = [], readAt: _readAt, told, ...receipt } = owed;
    const statement = name.slice(PROOFS.length);
    const body = certain(await verifyReceipt(receipt, context.gateway, statement));
    const checked = await proveLogged(context, body, typ, originators);
    if (checked.ok) {
      await context.store.remove(name);
      proved++;
    } else if (!checked.error.isFinal && context.clock.now() < dueOf(owed, body)) waiting++;
    else {
      const { check, originator, why } = checked.error;
      const isPast = check === 'OWN_VIEW' && isPastYears(owed, body, context.clock);
      const alarm: ProofAlarm = {
        statement,
        typ,
        originator,
        receipt,
        ...(isPast ? { check: 'PAST_YEARS', why: PAST_YEARS } : { check, why }),
      };
      const isTold = told?.check === alarm.check;
      if (acknowledged && isTold) {
        if (!isPast) await keepUnlogged(context, { kind: 'UNLOGGED', why, at: told.at, statement, typ, receipt });
        await context.store.remove(name);
        continue;
      }
      if (ENDED_BY_WORD.has(alarm.check) && !isTold)
        await writeRecord(context.store, name, {
          ...owed,
          told: { check: alarm.check, at: formatInstant(context.clock.now()) },
        } satisfies Owed);
      alarms.push(alarm);
    }
  }
  return { proved, waiting, alarms };
}

/** What stays an alarm keeps nothing that stands behind it from ever being asked for. */
function anyFirst(names: readonly string[], chance: Chance): readonly string[] {
  if (names.length <= ASKED_MAX) return names;
  const from = chance.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0) % names.length;
  return [...names.slice(from), ...names.slice(0, from)];
}

const ACCESS = 'parley-access+json';

async function proveLogged(
  context: ClientContext,
  body: ReceiptBody,
  typ: StatementType,
  originators: readonly string[],
): Promise<Result<null, AccessGap>> {
  const gap = (check: AccessCheck, why: string) => no({ check, originator: null, why, isFinal: isLogAlarm(why) });
  const proof = await readProof(context, body.index);
  if (!proof.ok) return gap('INCLUSION', proof.error);
  // first: a note that contradicts the one remembered is an alarm, whatever else is wrong with the proof
  const trusted = await trustCheckpoint(context, proof.value.checkpoint);
  if (!trusted.ok && isLogAlarm(trusted.error)) return gap('CHECKPOINT', trusted.error);
  // what not even the log's own note holds is left out, whatever witnesses say of that note
  const note = verifyProofAnswer(proof.value, body, { ...context.gateway, witnesses: [], quorum: 0 });
  if (!note.ok) return gap('INCLUSION', note.error);
  if (!trusted.ok) return gap('CHECKPOINT', trusted.error);
  if (typ === ACCESS) return proveInStreams(context, body, proof.value, originators);
  // what a root signs is no officer's act, and no view comes along
  return SELF_SIGNED.has(typ) || othersOf(proof.value, body) !== null ? ok(null) : gap('OWN_VIEW', NOT_ITS_LEAF);
}

/** Receipt → inclusion → cosigned checkpoint → the one remembered, each checked here. @returns the checkpoint's note */
export async function proveInclusion(context: ClientContext, body: ReceiptBody): Promise<Result<string, string>> {
  const answer = await readProof(context, body.index);
  if (!answer.ok) return answer;
  const trusted = await trustCheckpoint(context, answer.value.checkpoint);
  return trusted.ok ? verifyProofAnswer(answer.value, body, context.gateway) : trusted;
}

/** What `verifyProofAnswer` needs, to be kept beside the receipt; not verified yet. */
export async function readProof(context: ClientContext, index: number): Promise<Result<ProofAnswer, string>> {
  try {
    const read = understood(proofAnswer, await context.door.get(`/v1/log/proof/${index}`));
    return read !== null ? ok(read) : no('the gateway’s proof is not readable');
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return no('no checkpoint covers it yet');
    throw error;
  }
}

/** Offline: everything that it needs is in its arguments. */
export function verifyProofAnswer(answer: ProofAnswer, body: ReceiptBody, gateway: PinnedGateway): Result<string, string> {
  const checkpoint = verifyCheckpoint(answer.checkpoint, logTrustOf(gateway));
  if (!checkpoint.ok) return checkpoint;
  const data = decodeBase64url(answer.data);
  if (!data.ok || encodeBase64url(data.value) !== body.leaf) return no('the leaf is not the one that the receipt names');
  const path = answer.path.map((hash) => certain(parseDigest(hash)));
  const proof = { index: answer.index, size: answer.size, path };
  const isIncluded = answer.index === body.index && verifyLogProof(data.value, proof, checkpoint.value.checkpoint);
  return isIncluded ? ok(answer.checkpoint) : no('the path does not lead from the leaf to the signed root');
}
