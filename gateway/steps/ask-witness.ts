/**
 * Shows one witness the newest checkpoint and keeps its signature. Each witness is asked in a loop of its own, so that a slow one
 * delays no other and none of them a message. Whoever dies on the way asks again: a witness signs the same checkpoint twice.
 */
import { cosignatureIn, formatAddCheckpoint } from '../../crypto/add-checkpoint.js';
import { signCheckpoint } from '../../crypto/checkpoint.js';
import { EMPTY_ROOT, type Hash } from '../../crypto/merkle.js';
import { planConsistency } from '../../crypto/merkle/prove.js';
import { WITNESS_SKEW_MS_MAX } from '../../crypto/cosignature.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import type { PolicyWitness } from '../../crypto/witness-policy.js';
import { Failure } from '../../domain/failure.js';
import type { Store, WitnessAnswer } from '../../domain/ports.js';
import { formatInstant, instantFromMs, type Instant } from '../../domain/time.js';
import type { Workshop } from '../workshop.js';

const TRIES_MAX = 3;

interface Shown {
  /** 0: an empty log, which has no number yet and is shown all the same: a witness may remember more */
  readonly n: number;
  readonly size: number;
  readonly note: string;
  readonly at: Instant;
}

/**
 * @returns once its signature is durable, or was in this process's time
 * @throws Failure `WITNESS_UNAVAILABLE`, `LOG_BEHIND` where it remembers more than we have, or something else
 */
export async function askWitness(shop: Workshop, witness: PolicyWitness): Promise<void> {
  const { store, standing } = shop;
  const shown = (await store.latestCheckpoint()) ?? emptyLog(shop);
  // by this process: what the database says of earlier ones may have been set back with it
  if (shop.witnessed.get(witness.name) === shown.n) return;
  const answer = await showUntilItFits(shop, witness, shown);
  if (answer.kind === 'silent') throw new Failure('WITNESS_UNAVAILABLE', `${witness.name}: ${answer.why}`);
  if (answer.kind === 'cosigned') await keep(shop, witness, shown, answer.lines);
  const against = answer.kind === 'cosigned' ? null : await accusation(store, answer, shown.size);
  standing.heard(witness.name, against);
  // perhaps the one that the quorum waited for
  await standing.hold();
  if (against !== null) throw new Failure('LOG_BEHIND', `${witness.name}: ${against}`);
}

/** It may remember another size than we know: a signature that we lost, or another process of ours that was here meanwhile. */
async function showUntilItFits(shop: Workshop, witness: PolicyWitness, shown: Shown): Promise<WitnessAnswer> {
  let oldSize = (await shop.store.newestCosigned([witness.verifierKey], 1))?.size ?? 0;
  for (let tries = 1; ; tries += 1) {
    const answer = await show(shop, witness, shown, oldSize);
    if (answer.kind !== 'conflict' || answer.size > shown.size || (answer.size === shown.size && oldSize === shown.size)) return answer;
    if (tries === TRIES_MAX || answer.size === oldSize) return { kind: 'silent', why: 'its sizes do not agree' };
    oldSize = answer.size;
  }
}

async function show(shop: Workshop, { url }: PolicyWitness, { size, note }: Shown, oldSize: number): Promise<WitnessAnswer> {
  const proof = await consistencyProof(shop.store, oldSize, size);
  return shop.witnessing!.witnesses.addCheckpoint(url, formatAddCheckpoint({ oldSize, proof, note }));
}

async function keep({ store, witnessed, clock }: Workshop, witness: PolicyWitness, shown: Shown, lines: string): Promise<void> {
  const { n, note } = shown;
  const said = cosignatureIn(lines, note, witness.key);
  if (!said.ok) throw new Failure('WITNESS_UNAVAILABLE', `${witness.name}: ${said.error}`);
  const { line, at } = said.value;
  const now = clock.now();
  // counted for the quorum, it would have clients call the checkpoint older than it is, or none that may be relied on;
  // this clock may have been set back since the checkpoint
  if (at < Math.min(shown.at, now) - WITNESS_SKEW_MS_MAX || at > now + WITNESS_SKEW_MS_MAX)
    throw new Failure(
      'WITNESS_UNAVAILABLE',
      `${witness.name}: it says that it signed at ${formatInstant(at)}: its clock is wrong, or this machine’s`,
    );
  if (n > 0) await store.addCosignatures(n, [{ witness: witness.verifierKey, line }]);
  witnessed.set(witness.name, n);
}

/** @returns null where another process of this gateway was faster, and there is a newer checkpoint to show next time */
async function accusation(store: Store, answer: WitnessAnswer, size: number): Promise<string | null> {
  if (answer.kind === 'conflict' && answer.size > size) {
    const newest = (await store.latestCheckpoint())?.size ?? 0;
    return answer.size <= newest ? null : `it cosigned ${answer.size} leaves, and the log ends at ${newest}`;
  }
  return 'it cosigned another history of this log';
}

async function consistencyProof(store: Store, older: number, newer: number): Promise<Hash[]> {
  const plan = planConsistency(older, newer);
  const hashes = await store.nodes(plan.nodes);
  if (hashes.some((hash) => hash === null)) throw new Failure('INVARIANT_BROKEN', `the tree of ${newer} leaves is not whole`);
  return plan.finish(hashes.filter((hash) => hash !== null));
}

const emptyLog = ({ keys, config }: Workshop): Shown => ({
  n: 0,
  size: 0,
  at: instantFromMs(0),
  note: signCheckpoint({ size: 0, root: EMPTY_ROOT }, createNoteSigner(config.origin, 'ED25519', keys.seed)),
});
