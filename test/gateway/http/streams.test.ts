import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveStream } from '../../../client/sdk/stream.js';
import { watchOwnEntry } from '../../../client/sdk/watch.js';
import { accessProof, entryOpenings, streamOpenings, streamPage } from '../../../domain/wire/streams.js';
import { contextOf, openTown, type Member, type Town } from '../../adversary/town.js';

let town: Town;
let stranger: Member;
/** the reader's access, and the size of a checkpoint that binds it */
let given: { readonly index: number; readonly size: number; readonly before: number };

const newestSize = async (): Promise<number> => Number((await (await fetch(`${town.gateway.origin}/v1/checkpoint`)).text()).split('\n')[1]);
const refused = (member: Member, path: string) =>
  contextOf(member)
    .door.get(path)
    .then(
      () => 'ANSWERED',
      ({ code, what }: { code: string; what: string }) => `${code} ${what}`,
    );

beforeAll(async () => {
  town = await openTown();
  // an epoch in which the stranger is not: without waiting for it, a fast machine designates it before the first
  await town.published();
  stranger = await town.gateway.join('EE-POL', 'LAW_ENFORCEMENT');
  const note = await town.note();
  await town.published();
  const before = await newestSize();
  const { access } = await town.reader.client.open({ ...note, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  await town.published();
  given = { index: access.receiptBody.index, size: await newestSize(), before };
});
afterAll(() => town.gateway.running.drain());

describe('the link of a reading in its originator’s stream', () => {
  it('is shown to the reader, in a checkpoint that is not the newest too', async () => {
    await town.note();
    await town.published();
    expect(await newestSize()).toBeGreaterThan(given.size);
    const answer = accessProof.parse(await contextOf(town.reader).door.get(`/v1/streams/access/${given.index}?size=${given.size}`));
    expect(answer.streams.map(({ authority }) => authority)).toEqual(['CH-FIN']);
    // its entry, too
    expect(await town.reader.client.checkProofs()).toMatchObject({ proved: 2, alarms: [] });
  });

  it('is shown to nobody else, and looks to them like a leaf that is not there', async () => {
    const path = `/v1/streams/access/${given.index}?size=${given.size}`;
    const unknown = await refused(town.reader, `/v1/streams/access/999999?size=${given.size}`);
    for (const member of [town.owner, stranger]) expect(await refused(member, path)).toBe(unknown);
    // other leaves of one's own, one that the checkpoint does not bind yet, and a size that no checkpoint has
    const own = streamPage.parse(await contextOf(town.reader).door.get(`/v1/streams/own?size=${given.size}`));
    const others = own.entries.filter(({ index }) => index !== given.index);
    expect(others.length).toBeGreaterThan(1);
    for (const { index } of others) expect(await refused(town.reader, `/v1/streams/access/${index}?size=${given.size}`)).toBe(unknown);
    expect(await refused(town.reader, `/v1/streams/access/${given.index}?size=${given.before}`)).toBe(unknown);
    expect(await refused(town.reader, `/v1/streams/access/${given.index}?size=${given.size - 1}`)).toBe(unknown);
  });
});

describe('a stream', () => {
  it('comes by the page, and as far as the checkpoint of the asked size binds it', async () => {
    const door = contextOf(town.owner).door;
    const all = streamPage.parse(await door.get(`/v1/streams/own?size=${given.size}`));
    const one = streamPage.parse(await door.get(`/v1/streams/own?size=${given.size}&limit=1`));
    expect(one).toMatchObject({ n: all.n, entries: [all.entries[0]], next: all.entries[0]!.index + 1 });
    const rest = streamPage.parse(await door.get(`/v1/streams/own?size=${given.size}&from=${one.next!}`));
    expect([...one.entries, ...rest.entries]).toEqual(all.entries);
    const older = streamPage.parse(await door.get(`/v1/streams/own?size=${given.before}`));
    expect(older.entries).toEqual(all.entries.slice(0, older.entries.length));
    expect(older.entries.length).toBeLessThan(all.entries.length);
  });

  it('is in no tree that no checkpoint has', async () => {
    const door = contextOf(town.owner).door;
    for (const path of [`/v1/streams/own?size=${given.size - 1}`, `/v1/log/leaves?size=${given.size - 1}&from=0`])
      await expect(door.get(path)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is opened for its own authority in every epoch, and not in epochs before its designation', async () => {
    const { n } = streamPage.parse(await contextOf(stranger).door.get(`/v1/streams/own?size=${given.size}`));
    const { openings } = streamOpenings.parse(await contextOf(stranger).door.get(`/v1/streams/own/openings?size=${given.size}&from=1`));
    expect(openings.map((one) => one.n)).toEqual(Array.from({ length: n }, (_, i) => i + 1));
    expect(openings[0]!.opening).toBeNull();
    expect(openings.at(-1)!.opening).toMatchObject({ slot: 2 });
    const few = streamOpenings.parse(await contextOf(stranger).door.get(`/v1/streams/own/openings?size=${given.size}&from=2&limit=1`));
    expect(few.openings).toEqual([openings[1]]);
  });

  it('is proved complete, from where it was proved before, whoever it is', async () => {
    for (const member of [town.owner, town.reader, stranger]) {
      const first = await proveStream(contextOf(member));
      await town.published();
      const second = await proveStream(contextOf(member));
      expect([first.misfits, second.misfits]).toEqual([[], []]);
      expect([first.isComplete, second.isComplete, second.epochs?.from]).toEqual([true, true, 1]);
      expect(second.epochs!.to).toBeGreaterThan(first.epochs!.to);
      expect(second.entries).toBeGreaterThan(first.entries);
    }
  });
});

describe('a directory entry', () => {
  it('is opened for anyone in the directory, and of an authority that is not there nothing is', async () => {
    const { door } = contextOf(stranger);
    const { openings } = entryOpenings.parse(await door.get(`/v1/directory/CH-FIN/openings?size=${given.size}`));
    const entry = (await stranger.client.directory()).directory.authorities.get(town.owner.client.authority)!.entryDigest;
    expect(openings).toMatchObject([{ leaf: { index: given.size - 1 }, opening: { slot: 0, entry } }]);
    expect(entryOpenings.parse(await door.get(`/v1/directory/XX-NONE/openings?size=${given.size}`)).openings).toMatchObject([
      { opening: null },
    ]);
    expect(await refused(stranger, `/v1/directory/CH-FIN/openings?size=${given.size - 1}`)).toMatch(/^NOT_FOUND/);
  });

  it('is watched by its owner, once an epoch, without an alarm while it is the one that was signed', async () => {
    const { looked, skipped, alarms, epoch } = await watchOwnEntry(contextOf(town.owner));
    expect({ skipped, alarms }).toEqual({ skipped: 0, alarms: [] });
    expect(looked).toBe(epoch);
    await town.owner.client.turnDeskKey();
    await town.published();
    const next = await watchOwnEntry(contextOf(town.owner));
    expect(next.alarms).toEqual([]);
    expect(next.epoch).toBeGreaterThan(epoch);
    expect(next.looked).toBe(next.epoch - epoch);
  });
});
