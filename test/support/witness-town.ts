/** Witnesses for the tests of the walk: the real ones, each in memory, reached by a name instead of a socket, and lying when told to. */
import { createNoteSigner, formatVerifierKey, type NoteSigner } from '../../crypto/note-key.js';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { parseNote } from '../../crypto/note.js';
import type { WitnessPolicy } from '../../crypto/witness-policy.js';
import { createWitness, type WitnessDeps } from '../../client/witness/witness.js';
import type { WitnessMemory } from '../../client/witness/memory.js';
import type { Clock, Mark, WitnessAnswer, Witnesses } from '../../domain/ports.js';
import type { GatewayKeys } from '../../gateway/deps.js';
import { ORIGIN } from './actors.js';

export interface WitnessTown {
  readonly policy: WitnessPolicy;
  readonly witnesses: Witnesses;
  readonly signers: readonly NoteSigner[];
  /** by name: what it answers instead of the truth */
  readonly lies: Map<string, (body: string) => WitnessAnswer | Promise<WitnessAnswer>>;
  /** name and old size of every request */
  readonly asked: string[];
}

function memoryOfWitness(): WitnessMemory {
  const notes = new Map<string, readonly string[]>();
  const of = (origin: string): readonly string[] => notes.get(origin) ?? [];
  return {
    last: (origin) => {
      const newest = of(origin).at(-1);
      return Promise.resolve({
        checkpoint: newest === undefined ? null : checkpointOf(newest),
        note: newest ?? null,
        turn: of(origin).length,
      });
    },
    remember: (origin, note, turn) => {
      if (of(origin).length !== turn) return Promise.resolve(false);
      notes.set(origin, [...of(origin), note]);
      return Promise.resolve(true);
    },
  };
}

export const CONVICTS_NOBODY: Pick<WitnessDeps, 'contradictions' | 'onContradiction'> = {
  contradictions: { keep: () => Promise.resolve(null), pathOf: () => Promise.resolve(null) },
  onContradiction: () => undefined,
};

export function checkpointOf(note: string): Checkpoint {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) throw new Error(checkpoint.error);
  return checkpoint.value;
}

/** Three witnesses, of whom `quorum` have to sign. */
export function openWitnessTown(keys: GatewayKeys, clock: Clock, quorum = 2): WitnessTown {
  const logs = new Map([[ORIGIN, [{ name: ORIGIN, algorithm: 'ED25519' as const, publicKey: keys.publicKey }]]]);
  const signers = Array.from({ length: 3 }, (_, i) =>
    createNoteSigner(`witness.test/w${i + 1}`, 'COSIGNATURE_V1', new Uint8Array(32).fill(100 + i)),
  );
  const running = new Map(
    signers.map((signer, i) => [
      `http://localhost/w${i + 1}`,
      createWitness({ signer, logs, memory: memoryOfWitness(), clock, ...CONVICTS_NOBODY }),
    ]),
  );
  const lies: WitnessTown['lies'] = new Map();
  const asked: string[] = [];
  return {
    signers,
    lies,
    asked,
    policy: {
      quorum,
      witnesses: signers.map(({ key }, i) => ({
        name: `w${i + 1}`,
        key,
        verifierKey: formatVerifierKey(key),
        url: `http://localhost/w${i + 1}`,
      })),
    },
    witnesses: {
      async addCheckpoint(url, body) {
        const name = url.slice(url.lastIndexOf('/') + 1);
        asked.push(`${name} ${body.slice(0, body.indexOf('\n'))}`);
        const lie = lies.get(name);
        if (lie !== undefined) return lie(body);
        const reply = await running.get(url)!.addCheckpoint(body);
        if (reply.status === 200) return { kind: 'cosigned', lines: reply.body };
        if (reply.status === 409) return { kind: 'conflict', size: Number(reply.body) };
        return reply.status === 422 ? { kind: 'inconsistent' } : { kind: 'silent', why: `status ${reply.status}` };
      },
    },
  };
}

export function memoryMark(): Mark & { note: string | null } {
  const mark = {
    note: null as string | null,
    read: () => Promise.resolve(mark.note),
    // as a disk does, later
    write: (note: string) => new Promise<void>((done) => setImmediate(() => done(void (mark.note = note)))),
  };
  return mark;
}
