/** The public log, read leaf by leaf: its epochs follow one another, cover what came before them, and are those of the checkpoint. */
import { expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import { readLeaves } from '../../../client/sdk/log-leaves.js';
import { formatEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { leafHash, rootOf } from '../../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER } from '../../../crypto/merkle/append.js';
import { joinEntries } from '../../../crypto/tiles.js';

const event = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const epoch = (n: number, upTo: number): Uint8Array => formatEpochLeaf({ n, upTo, slots: 2, mapRoot: event(9) });
/** epochs in the leaves 2 and 4 */
const honest = [event(0), event(1), epoch(1, 1), event(3), epoch(2, 3)];

/** @param served what the gateway gives @param signed what its checkpoint is of @param read of the leaves, before this */
async function saidOf(served: readonly Uint8Array[], signed = served, read: readonly Uint8Array[] = [], n = 0, upTo = -1): Promise<string> {
  const ask = ({ path }: { readonly path: string }) =>
    Promise.resolve({ bytes: joinEntries(served.slice(Number(/from=(\d+)/.exec(path)![1]))) });
  const before = { frontier: appendRun(EMPTY_FRONTIER, read.map(leafHash)).frontier, n, upTo };
  const head = { size: signed.length, root: rootOf(signed) };
  const answer = await readLeaves({ door: { ask } } as unknown as ClientContext, head, before);
  return answer.ok ? answer.value.epochs.map((one) => `${one.n}@${one.index}`).join(' ') : answer.error;
}

it('has each epoch once, with what was read before and from the beginning', async () => {
  expect(await saidOf(honest)).toBe('1@2 2@4');
  expect(await saidOf(honest, honest, honest.slice(0, 3), 1, 1)).toBe('2@4');
});

it.each([
  ['an epoch twice', [...honest.slice(0, 3), event(3), epoch(1, 3)], 'leaf 4 says epoch 1 where 2 is next'],
  ['an epoch left out', [...honest.slice(0, 3), event(3), epoch(3, 3)], 'leaf 4 says epoch 3 where 2 is next'],
  ['an epoch that covers less than the one before', [...honest.slice(0, 4), epoch(2, 0)], 'epoch 2 covers what it may not cover'],
  ['an epoch that covers itself', [...honest.slice(0, 4), epoch(2, 4)], 'epoch 2 covers what it may not cover'],
  ['a leaf that is nothing', [event(0), new Uint8Array(31)], 'leaf 1 is neither an event nor an epoch'],
])('has not %s', async (_, served, said) => {
  expect(await saidOf(served)).toContain(said);
});

it('is that of the checkpoint: no other leaves, and neither fewer nor more of them', async () => {
  expect(await saidOf([event(7), ...honest.slice(1)], honest)).toBe('the leaves are not those of the checkpoint');
  expect(await saidOf(honest.slice(0, 3), honest)).toBe('the gateway does not give leaf 3 of the 5 that it signed');
  expect(await saidOf(honest, honest.slice(0, 3))).toBe('the gateway does not give leaf 0 of the 3 that it signed');
  const more = 'more of this log was read before than the 3 leaves that it has now';
  expect(await saidOf(honest, honest.slice(0, 3), honest, 2, 3)).toBe(more);
});
