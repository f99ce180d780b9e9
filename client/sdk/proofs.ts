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
import { parseInstant, plusMs } from '../../domain/time.js';
import { proofAnswer, type ProofAnswer } from '../../domain/wire/http-answers.js';
import { isLogAlarm, logTrustOf, trustCheckpoint } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { PolicyRefusal } from './error.js';
import { certain } from './ids.js';
import { readRecord } from './key-store.js';
import { verifyReceipt, type PinnedGateway } from './receipt.js';

export interface ProofReport {
  readonly proved: number;
  /** not due yet */
  readonly waiting: number;
  /** due and not proved, or the log shows two faces: tell the operator and the originators */
  readonly alarms: readonly { readonly statement: string; readonly why: string }[];
}

const PROOFS = 'proofs/';

/** Asks for each proof that is owed; a proved one is owed no longer. */
export async function checkProofs(context: ClientContext): Promise<ProofReport> {
  let [proved, waiting] = [0, 0];
  const alarms: { statement: string; why: string }[] = [];
  for (const name of await context.store.names(PROOFS)) {
    const receipt = (await readRecord(context.store, name)) as Receipt;
    const statement = name.slice(PROOFS.length);
    const body = certain(await verifyReceipt(receipt, context.gateway, statement));
    const checked = await proveInclusion(context, body);
    if (checked.ok) {
      await context.store.remove(name);
      proved++;
    } else if (!isLogAlarm(checked.error) && context.clock.now() < plusMs(certain(parseInstant(body.at)), body.proofDelayMsMax)) waiting++;
    else alarms.push({ statement, why: checked.error });
  }
  return { proved, waiting, alarms };
}

/** Receipt → inclusion → cosigned checkpoint → the one remembered, each checked here. @returns the checkpoint's note */
export async function proveInclusion(context: ClientContext, body: ReceiptBody): Promise<Result<string, string>> {
  const answer = await readProof(context, body.index);
  const note = answer.ok ? verifyProofAnswer(answer.value, body, context.gateway) : answer;
  if (!note.ok) return note;
  const trusted = await trustCheckpoint(context, note.value);
  return trusted.ok ? note : trusted;
}

/** What `verifyProofAnswer` needs, to be kept beside the receipt; not verified yet. */
export async function readProof(context: ClientContext, index: number): Promise<Result<ProofAnswer, string>> {
  try {
    const read = proofAnswer.safeParse(await context.door.get(`/v1/log/proof/${index}`));
    return read.success ? ok(read.data) : no('the gateway’s proof is not readable');
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
