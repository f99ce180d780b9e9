import { describe, expect, it } from 'vitest';
import { judge, originOf, type KnownLogs } from '../../../client/witness/judge.js';
import { formatAddCheckpoint } from '../../../crypto/add-checkpoint.js';
import { signCheckpoint } from '../../../crypto/checkpoint.js';
import { EMPTY_ROOT, leafHash, rootOf } from '../../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER } from '../../../crypto/merkle/append.js';
import { planConsistency } from '../../../crypto/merkle/prove.js';
import { createNoteSigner } from '../../../crypto/note-key.js';
import { leaves, logSigner, noteOf, ORIGIN } from '../sdk/log-faces.js';

const logs: KnownLogs = new Map([[ORIGIN, [logSigner.key]]]);
const head = (size: number, history = 'a') => ({ size, root: rootOf(leaves(size, history)) });
function proofOf(older: number, newer: number) {
  const { nodes } = appendRun(EMPTY_FRONTIER, leaves(newer).map(leafHash));
  const found = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const plan = planConsistency(older, newer);
  return plan.finish(plan.nodes.map(({ level, index }) => found.get(`${level}/${index}`)!));
}
const ask = (oldSize: number, size: number, proof = proofOf(oldSize, size), note = noteOf(leaves(size))) =>
  formatAddCheckpoint({ oldSize, proof, note });
const status = (request: string, last: ReturnType<typeof head> | null) => judge(request, logs, last).status;

describe('a witness', () => {
  it('signs the first checkpoint that it sees, and each one that it is proved to begin', () => {
    expect(judge(ask(0, 5), logs, null)).toMatchObject({ status: 200, checkpoint: { size: 5 }, note: noteOf(leaves(5)), isNew: true });
    expect(status(ask(5, 9), head(5))).toBe(200);
    expect(judge(ask(5, 5), logs, head(5))).toMatchObject({ status: 200, isNew: false });
  });

  it('400: what is not a request, or goes back', () => {
    for (const request of ['', 'old 5\n\nno note', `old 5\n\n${noteOf(leaves(5)).replace('5\n', 'five\n')}`, ask(6, 5, [])])
      expect(status(request, head(5)), request).toBe(400);
  });

  it('404: a log that it does not know', () => {
    const stranger = createNoteSigner('stranger.test/log', 'ED25519', new Uint8Array(32).fill(9));
    const note = signCheckpoint(head(5), stranger);
    expect(status(ask(0, 5, [], note), null)).toBe(404);
    expect(originOf(ask(0, 5, [], note))).toBe('stranger.test/log');
  });

  it('403: a checkpoint that no known key of the log signed', () => {
    const thief = createNoteSigner(ORIGIN, 'ED25519', new Uint8Array(32).fill(9));
    expect(status(ask(0, 5, [], signCheckpoint(head(5), thief)), null)).toBe(403);
    expect(status(ask(0, 6, [], noteOf(leaves(5)).replace('\n5\n', '\n6\n')), null)).toBe(403);
  });

  it('409: another old size than the one it signed last, which it tells; or the same size and another root', () => {
    expect(judge(ask(0, 9, []), logs, head(5))).toEqual({ status: 409, size: 5 });
    expect(judge(ask(3, 9), logs, null)).toEqual({ status: 409, size: 0 });
    expect(judge(ask(5, 5, [], noteOf(leaves(5, 'b'))), logs, head(5))).toEqual({ status: 409, size: 5 });
    expect(judge(ask(3, 3), logs, head(5))).toEqual({ status: 409, size: 5 });
  });

  it('422: a proof that does not lead there', () => {
    expect(status(ask(5, 9, proofOf(4, 9)), head(5))).toBe(422);
    expect(status(ask(5, 9, proofOf(5, 9), noteOf(leaves(9, 'b'))), head(5))).toBe(422);
    expect(status(ask(0, 9, proofOf(5, 9)), null)).toBe(422);
  });

  it('knows the root of the empty log, which is the beginning of every other', () => {
    const empty = (root = EMPTY_ROOT) => ask(0, 0, [], signCheckpoint({ size: 0, root }, logSigner));
    expect(status(empty(), null)).toBe(200);
    expect(status(empty(leafHash(Uint8Array.of(1))), null)).toBe(422);
    expect(status(ask(0, 5, []), { size: 0, root: EMPTY_ROOT })).toBe(200);
  });

  it('reads an origin before it believes anything, and none in what is not a request', () => {
    expect([originOf(ask(0, 5)), originOf('rubbish'), originOf('old 0\n\nrubbish')]).toEqual([ORIGIN, null, null]);
  });
});
