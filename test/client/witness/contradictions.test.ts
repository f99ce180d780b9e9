/** A log that signs two histories for one witness: the proof of it is kept once, and told once. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openContradictions } from '../../../client/witness/contradictions.js';
import { createWitnessMemory, openWitnessMemory } from '../../../client/witness/memory.js';
import { createWitness } from '../../../client/witness/witness.js';
import { formatAddCheckpoint } from '../../../crypto/add-checkpoint.js';
import { signCheckpoint } from '../../../crypto/checkpoint.js';
import { leafHash, rootOf, type Hash } from '../../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER } from '../../../crypto/merkle/append.js';
import { planConsistency } from '../../../crypto/merkle/prove.js';
import { createNoteSigner } from '../../../crypto/note-key.js';
import { leaves, logSigner, NOW, noteOf, ORIGIN, witnessSigner } from '../sdk/log-faces.js';

const signer = witnessSigner(1);
const successor = createNoteSigner(ORIGIN, 'ED25519', new Uint8Array(32).fill(9));
const ask = (oldSize: number, note: string, proof: readonly Hash[] = []) => formatAddCheckpoint({ oldSize, proof, note });

function proofOf(older: number, newer: number, history?: string): readonly Hash[] {
  const { nodes } = appendRun(EMPTY_FRONTIER, leaves(newer, history).map(leafHash));
  const found = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const plan = planConsistency(older, newer);
  return plan.finish(plan.nodes.map(({ level, index }) => found.get(`${level}/${index}`)!));
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-contradictions-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A witness that has cosigned the first five leaves of history a. */
async function begun(name: string) {
  const state = join(folder, name);
  await createWitnessMemory(state);
  const told: [string, string][] = [];
  const opened = async (keys = [logSigner.key]) =>
    createWitness({
      signer,
      logs: new Map([[ORIGIN, keys]]),
      memory: await openWitnessMemory(state),
      contradictions: openContradictions(state),
      onContradiction: (origin, path) => told.push([origin, path]),
      clock: { now: () => NOW },
    });
  const witness = await opened();
  expect((await witness.addCheckpoint(ask(0, noteOf(leaves(5))))).status).toBe(200);
  return { witness, told, opened, state, names: await readdir(state) };
}

it.each([
  ['the same size with another root', 409, ask(5, noteOf(leaves(5, 'b')))],
  ['the same, whatever it says was cosigned last', 409, ask(3, noteOf(leaves(5, 'b')))],
  ['more, and the proof shows another beginning', 422, ask(5, noteOf(leaves(9, 'b')), proofOf(5, 9, 'b'))],
])('keeps both notes of %s', async (name, status, request) => {
  const { witness, told, state } = await begun(name);
  expect((await witness.addCheckpoint(request)).status).toBe(status);
  const [[origin, path] = ['', '']] = told;
  expect(origin).toBe(ORIGIN);
  expect(await readFile(path, 'utf8')).toBe(`${noteOf(leaves(5))}\n${request}`);
  expect(await openContradictions(state).pathOf(ORIGIN)).toBe(path);
  // it still vouches for the history that it saw first
  expect((await witness.addCheckpoint(ask(5, noteOf(leaves(5))))).status).toBe(200);
});

it('keeps and tells the first one alone, after a restart too', async () => {
  const { witness, opened, told, state } = await begun('replayed');
  const requests = [ask(5, noteOf(leaves(5, 'b'))), ask(5, noteOf(leaves(5, 'b'))), ask(5, noteOf(leaves(5, 'c')))];
  await Promise.all(requests.map((request) => witness.addCheckpoint(request)));
  const after = await readdir(state);
  const again = await opened();
  for (const request of requests) expect((await again.addCheckpoint(request)).status).toBe(409);
  expect(told).toHaveLength(1);
  expect(await readdir(state)).toEqual(after);
  expect(await readFile(told[0]![1], 'utf8')).toContain(requests[0]);
});

it.each([
  ['what the log did not sign', 403, ask(5, signCheckpoint({ size: 5, root: rootOf(leaves(5, 'b')) }, successor))],
  ['a proof that leads nowhere: anybody can send it', 422, ask(5, noteOf(leaves(9)), proofOf(4, 9))],
  ['another old size', 409, ask(3, noteOf(leaves(9, 'b')), proofOf(3, 9, 'b'))],
  ['a checkpoint that is older', 409, ask(3, noteOf(leaves(3, 'b')))],
  ['the same once more', 200, ask(5, noteOf(leaves(5)))],
])('accuses nobody of %s', async (name, status, request) => {
  const { witness, told, state, names } = await begun(name);
  expect((await witness.addCheckpoint(request)).status).toBe(status);
  expect(told).toEqual([]);
  expect(await readdir(state)).toEqual(names);
  expect(await openContradictions(state).pathOf(ORIGIN)).toBeNull();
});

it('accuses no log whose key of then is pinned no more', async () => {
  const { opened, told, state, names } = await begun('turned');
  const note = signCheckpoint({ size: 5, root: rootOf(leaves(5, 'b')) }, successor);
  expect((await (await opened([successor.key])).addCheckpoint(ask(5, note))).status).toBe(409);
  expect([told, await readdir(state)]).toEqual([[], names]);
  await (await opened([logSigner.key, successor.key])).addCheckpoint(ask(5, note));
  expect(told).toHaveLength(1);
});
