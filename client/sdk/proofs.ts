/**
 * Proofs that the log owes: each access must stand in the log within the delay that its receipt promised. A missing one is an
 * alarm at the reader, because a gateway that hands out content and logs nothing would otherwise go unnoticed.
 */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import { verifyLogProof } from '../../crypto/proof.js';
import { parseDigest } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { DAY_MS, formatInstant, parseInstant, plusMs, type Instant } from '../../domain/time.js';
import { proofAnswer, type ProofAnswer } from '../../domain/wire/http-answers.js';
import { proveInStreams, type AccessCheck, type AccessGap } from './access-proof.js';
import { understood } from './answers.js';
import { isLogAlarm, logTrustOf, trustCheckpoint } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { PolicyRefusal } from './error.js';
import { certain } from './ids.js';
import { readRecord, writeRecord } from './key-store.js';
import { verifyReceipt, type PinnedGateway } from './receipt.js';

export interface ProofReport {
  readonly proved: number;
  /** not due yet */
  readonly waiting: number;
  /** due and not proved, or the log shows two faces: tell the operator and the originators */
  readonly alarms: readonly ProofAlarm[];
}

export interface ProofAlarm {
  /** the access */
  readonly statement: string;
  readonly check: AccessCheck;
  /** whose stream lacks it; null where it is about none in particular */
  readonly originator: string | null;
  readonly why: string;
}

/** The receipt, of whom the item is besides the reader, and when it was read by this clock; both absent in records of an older client. */
type Owed = Receipt & { readonly originators?: readonly string[]; readonly readAt?: string };

const PROOFS = 'proofs/';
/** No gateway may promise its proofs later (`PARLEY_PROOF_DELAY_MS`): its word puts nothing off for longer. */
const DELAY_MS_MAX = DAY_MS;

/** From now on `checkProofs` asks that the reading stands in the log, and in the stream of each originator. */
export const expectProof = (
  { store, clock }: ClientContext,
  access: string,
  receipt: Receipt,
  originators: readonly string[],
): Promise<void> =>
  writeRecord(store, `${PROOFS}${access}`, { ...receipt, originators, readAt: formatInstant(clock.now()) } satisfies Owed);

/** By when it is owed: counted from when this client read, whatever time the gateway wrote into its receipt. */
const dueOf = ({ readAt }: Owed, { at, proofDelayMsMax }: ReceiptBody): Instant =>
  plusMs(certain(parseInstant(readAt ?? at)), Math.min(proofDelayMsMax, DELAY_MS_MAX));

/** Asks for each proof that is owed; a proved one is owed no longer. */
export async function checkProofs(context: ClientContext): Promise<ProofReport> {
  let [proved, waiting] = [0, 0];
  const alarms: ProofAlarm[] = [];
  for (const name of await context.store.names(PROOFS)) {
    const owed = (await readRecord(context.store, name)) as Owed;
    const statement = name.slice(PROOFS.length);
    const body = certain(await verifyReceipt(owed, context.gateway, statement));
    const checked = await proveAccess(context, body, owed.originators ?? []);
    if (checked.ok) {
      await context.store.remove(name);
      proved++;
    } else if (!checked.error.isFinal && context.clock.now() < dueOf(owed, body)) waiting++;
    else alarms.push({ statement, check: checked.error.check, originator: checked.error.originator, why: checked.error.why });
  }
  return { proved, waiting, alarms };
}

async function proveAccess(context: ClientContext, body: ReceiptBody, originators: readonly string[]): Promise<Result<null, AccessGap>> {
  const gap = (why: string) => no({ check: 'INCLUSION' as const, originator: null, why, isFinal: isLogAlarm(why) });
  const proof = await readProof(context, body.index);
  if (!proof.ok) return gap(proof.error);
  const note = await trustProof(context, proof.value, body);
  if (!note.ok) return gap(note.error);
  return proveInStreams(context, body, proof.value, originators);
}

/** Receipt → inclusion → cosigned checkpoint → the one remembered, each checked here. @returns the checkpoint's note */
export async function proveInclusion(context: ClientContext, body: ReceiptBody): Promise<Result<string, string>> {
  const answer = await readProof(context, body.index);
  return answer.ok ? trustProof(context, answer.value, body) : answer;
}

async function trustProof(context: ClientContext, answer: ProofAnswer, body: ReceiptBody): Promise<Result<string, string>> {
  // first: a note that contradicts the one remembered is an alarm, whatever else is wrong with the proof
  const trusted = await trustCheckpoint(context, answer.checkpoint);
  return trusted.ok ? verifyProofAnswer(answer, body, context.gateway) : trusted;
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
