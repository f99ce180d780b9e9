/** What a proof tells beside hashes, and to whom; which tiles there are. */
import { expect, it } from 'vitest';
import { splitEntries } from '../../../crypto/tiles.js';
import { createLogReader } from '../../../gateway/read/log.js';
import { createServed } from '../../../gateway/read/served.js';
import { colleagueOf } from '../../support/actors.js';
import { answered } from '../../support/answered.js';

async function scene(seed: number) {
  const gateway = await answered(seed);
  return { ...gateway, reader: createLogReader(gateway.store, createServed(gateway.store, null)) };
}

it('shows the text of an act to the officer whose act it was, and to no colleague: that is read as a report, which is a leaf', async () => {
  const { walk, store, fia, request, desk, reader } = await scene(1501);
  await walk.publishCheckpoint();
  const { index } = (await store.leafOf(request.signed.digest, 'accepted'))!;
  const colleague = colleagueOf(fia, 'o2', desk().chance);
  const shown = await Promise.all([fia, colleague].map(({ caller }) => reader.proof(index, caller)));
  expect(shown.map((proof) => proof?.view !== undefined)).toEqual([true, false]);
});

it('has no tile before the first checkpoint, nor one by another name; and then the entries that it covers', async () => {
  const { walk, store, reader } = await scene(1502);
  const count = await store.leafCount();
  const entries = `tile/entries/000.p/${count + 1}`;
  expect(await reader.tile(entries)).toBeNull();
  await walk.publishCheckpoint();
  for (const path of ['tile', 'tile/0/0', `tile/0/000.p/${count + 2}`]) expect(await reader.tile(path)).toBeNull();
  const tile = await reader.tile(entries);
  expect(splitEntries(tile!)).toEqual({ ok: true, value: await store.leafData(0, count + 1) });
});
