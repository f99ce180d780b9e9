/** A witness: one request at a time for each log, and what it signed is remembered before the signature leaves. */
import { ADD_CHECKPOINT_CHARS_MAX, TLOG_SIZE_TYPE } from '../../crypto/add-checkpoint.js';
import { cosign } from '../../crypto/cosignature.js';
import type { NoteSigner } from '../../crypto/note-key.js';
import type { Clock } from '../../domain/ports.js';
import { isContradiction, type Contradictions } from './contradictions.js';
import { judge, originOf, type KnownLogs } from './judge.js';
import type { Kept, WitnessMemory } from './memory.js';

export interface Witness {
  /** @returns status, type and body of `add-checkpoint` */
  addCheckpoint(request: string): Promise<WitnessReply>;
}

export interface WitnessReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface WitnessDeps {
  readonly signer: NoteSigner;
  readonly logs: KnownLogs;
  readonly memory: WitnessMemory;
  readonly contradictions: Contradictions;
  /** once for each log, when the proof is durable, for the witness's operator */
  readonly onContradiction: (origin: string, path: string) => void;
  readonly clock: Pick<Clock, 'now'>;
}

/** an em dash and a line's letters are up to three bytes */
export const REQUEST_BYTES_MAX = 3 * ADD_CHECKPOINT_CHARS_MAX;
const TEXT = 'text/plain; charset=utf-8';

/** malformed, or not signed by its log: so it stays, whatever is remembered */
const UNHEARD: ReadonlySet<number> = new Set([400, 403]);

const NOTHING_YET: Kept = { checkpoint: null, note: null, turn: 0 };

export function createWitness({ signer, logs, memory, contradictions, onContradiction, clock }: WitnessDeps): Witness {
  const turns = new Map<string, Promise<unknown>>();
  const convict = async (request: string, origin: string, cosigned: string): Promise<void> => {
    if (!isContradiction(cosigned, request, logs.get(origin) ?? [])) return;
    const path = await contradictions.keep(origin, cosigned, request);
    if (path !== null) onContradiction(origin, path);
  };
  const decide = async (request: string, origin: string | null): Promise<WitnessReply> => {
    const { checkpoint: last, note, turn } = origin === null ? NOTHING_YET : await memory.last(origin);
    const verdict = judge(request, logs, last);
    if (verdict.status !== 200 && origin !== null && note !== null) await convict(request, origin, note);
    if (verdict.status === 409) return { status: 409, type: TLOG_SIZE_TYPE, body: `${verdict.size}\n` };
    if (verdict.status !== 200) return { status: verdict.status, type: TEXT, body: '' };
    // another process under the same key, over the same folder, was faster: what it signed counts
    if (verdict.isNew && !(await memory.remember(verdict.checkpoint.origin, verdict.note, turn))) return decide(request, origin);
    return { status: 200, type: TEXT, body: cosign(verdict.text, signer, clock.now()) };
  };
  return {
    addCheckpoint(request) {
      const origin = originOf(request);
      // strangers' origins keep no turn: the map holds as many as there are logs; and what no log signed waits for none
      if (origin === null || !logs.has(origin) || UNHEARD.has(judge(request, logs, null).status)) return decide(request, null);
      const turn = (turns.get(origin) ?? Promise.resolve()).then(() => decide(request, origin));
      turns.set(
        origin,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}
