import { describe, expect, it } from 'vitest';
import {
  acknowledgeLogAlarms,
  checkLog,
  newestCheckpoint,
  readAlarms,
  readRemembered,
  trustCheckpoint,
} from '../../../client/sdk/checkpoints.js';
import { PolicyRefusal } from '../../../client/sdk/error.js';
import { leaves, NOW, noteOf, openLog, witnessSigner } from './log-faces.js';
import { formatInstant, plusMs } from '../../../domain/time.js';

const witnesses = [1, 2, 3].map((n) => witnessSigner(n).key);

describe('trustCheckpoint', () => {
  it('remembers the first one that it sees, without a question', async () => {
    const { context, shown } = openLog();
    const trusted = await trustCheckpoint(context, noteOf(leaves(5)));
    expect(trusted).toMatchObject({ ok: true, value: { size: 5, witnesses: [] } });
    expect((await readRemembered(context.store))?.size).toBe(5);
    expect(shown.asked).toEqual([]);
  });

  it('makes the proof to a newer one from tiles, and remembers that', async () => {
    const { context, shown } = openLog();
    await trustCheckpoint(context, noteOf(leaves(300)));
    shown.data = leaves(1_100);
    expect(await trustCheckpoint(context, noteOf(leaves(1_000)))).toMatchObject({ ok: true, value: { size: 1_000 } });
    expect((await readRemembered(context.store))?.size).toBe(1_000);
    expect(shown.asked.length).toBeLessThan(8);
  });

  it('believes an older one that is proved to be the beginning, and still remembers the newer', async () => {
    const { context, shown } = openLog();
    shown.data = leaves(40);
    await trustCheckpoint(context, noteOf(leaves(40)));
    expect(await trustCheckpoint(context, noteOf(leaves(17)))).toMatchObject({ ok: true, value: { size: 17 } });
    expect((await readRemembered(context.store))?.size).toBe(40);
  });

  it('calls two roots of one size a fork, and keeps both notes', async () => {
    const { context } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    const judged = await trustCheckpoint(context, noteOf(leaves(9, 'b')));
    expect(judged).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK: two roots of one size; remembered 9 .*shown 9 /) });
    expect(await readAlarms(context.store)).toEqual([
      { kind: 'FORK', why: 'two roots of one size', at: formatInstant(NOW), remembered: noteOf(leaves(9)), shown: noteOf(leaves(9, 'b')) },
    ]);
  });

  it('calls a newer tree that does not begin with the remembered one a fork, whatever tiles are served', async () => {
    for (const served of [leaves(20), leaves(20, 'b')]) {
      const { context, shown } = openLog();
      await trustCheckpoint(context, noteOf(leaves(9)));
      shown.data = served;
      expect(await trustCheckpoint(context, noteOf(leaves(20, 'b')))).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
      expect((await readRemembered(context.store))?.size).toBe(9);
    }
  });

  it('believes nothing where the log cannot be read, and calls nobody a liar for it', async () => {
    const { context, shown } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    shown.data = leaves(12);
    const judged = await trustCheckpoint(context, noteOf(leaves(20)));
    expect(judged).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^the log could not be read: the gateway does not have tile.*; remembered 9 leaves .*shown 20 leaves /),
    });
    expect(await readAlarms(context.store)).toEqual([]);
    expect((await readRemembered(context.store))?.size).toBe(9);
    // and goes on once it can
    shown.data = leaves(20);
    expect(await trustCheckpoint(context, noteOf(leaves(20)))).toMatchObject({ ok: true, value: { size: 20 } });
  });

  it('calls it a rollback where the tree that was signed before is there no more', async () => {
    const { context, shown } = openLog();
    await trustCheckpoint(context, noteOf(leaves(30)));
    shown.data = leaves(12);
    shown.note = noteOf(leaves(12));
    const judged = await newestCheckpoint(context);
    expect(judged).toMatchObject({ ok: false, error: expect.stringMatching(/^ROLLBACK: the gateway does not have tile/) });
    expect(await readAlarms(context.store)).toMatchObject([{ kind: 'ROLLBACK', shown: shown.note }]);
  });

  it('does not take a tile of another length for a proof', async () => {
    const { context, shown } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    shown.data = leaves(20);
    const { ask } = context.door;
    const door = {
      ...context.door,
      ask: async (request: Parameters<typeof ask>[0]) => {
        const answer = await ask(request);
        return { ...answer, bytes: answer.bytes.slice(1) };
      },
    };
    expect(await trustCheckpoint({ ...context, door }, noteOf(leaves(20)))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^the log could not be read: .*wrong length/),
    });
    expect(await readAlarms(context.store)).toEqual([]);
  });

  it('sees a fork that is shown twice at once', async () => {
    const { context, shown } = openLog();
    shown.data = leaves(9);
    const judged = await Promise.all([trustCheckpoint(context, noteOf(leaves(9))), trustCheckpoint(context, noteOf(leaves(9, 'b')))]);
    expect(judged.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('asks for the pinned quorum, and names who has seen it', async () => {
    const { context } = openLog({ witnesses, quorum: 2 });
    expect(await trustCheckpoint(context, noteOf(leaves(9), [2]))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^1 of the 2/),
    });
    expect(await readRemembered(context.store)).toBeNull();
    expect(await trustCheckpoint(context, noteOf(leaves(9), [3, 1]))).toMatchObject({
      ok: true,
      value: { witnesses: ['witness.test/w1', 'witness.test/w3'] },
    });
  });
  it('keeps a note that contradicts the one remembered, though too few witnesses have seen it', async () => {
    for (const [size, by] of [
      [9, []],
      [9, [2]],
      [20, [1]],
    ] as const) {
      const { context, shown } = openLog({ witnesses, quorum: 2 });
      await trustCheckpoint(context, noteOf(leaves(9), [1, 2]));
      shown.data = leaves(20, 'b');
      const forked = noteOf(leaves(size, 'b'), by);
      expect(await trustCheckpoint(context, forked)).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
      expect(await readAlarms(context.store)).toMatchObject([{ kind: 'FORK', shown: forked }]);
    }
  });

  it('keeps what was noticed first, and that it was dealt with, when the same two notes are shown again', async () => {
    const { context } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    await trustCheckpoint(context, noteOf(leaves(9, 'b')));
    const [first] = await readAlarms(context.store);
    await acknowledgeLogAlarms(context.store, plusMs(NOW, 1_000));
    await acknowledgeLogAlarms(context.store, plusMs(NOW, 5_000));
    const later = { ...context, clock: { ...context.clock, now: () => plusMs(NOW, 9_000) } };
    // it is no less refused
    expect(await trustCheckpoint(later, noteOf(leaves(9, 'b')))).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
    expect(await readAlarms(context.store)).toEqual([{ ...first, acknowledgedAt: formatInstant(plusMs(NOW, 1_000)) }]);
    // another one stands by itself
    await trustCheckpoint(later, noteOf(leaves(9, 'c')));
    expect((await readAlarms(context.store)).filter(({ acknowledgedAt }) => acknowledgedAt === undefined)).toHaveLength(1);
  });

  it('sees a fork that is shown to two programs of one key store, however long one of them is kept waiting', async () => {
    const { context, shown } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    const program = (ask = context.door.ask) => ({ ...context, store: { ...context.store }, door: { ...context.door, ask } });
    const faces = [leaves(20), [...leaves(9), ...leaves(11, 'b')]];
    let first: ReturnType<typeof trustCheckpoint> | null = null;
    // what the second asks for comes once the first has seen its face
    const waiting = program(async (request) => {
      [shown.data] = faces as [Uint8Array[]];
      await (first ??= trustCheckpoint(program(), noteOf(faces[0]!)));
      shown.data = faces[1]!;
      return context.door.ask(request);
    });
    expect(await trustCheckpoint(waiting, noteOf(faces[1]!))).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
    expect(await first).toMatchObject({ ok: true });
    expect(await readAlarms(context.store)).toMatchObject([{ kind: 'FORK', remembered: noteOf(faces[0]!), shown: noteOf(faces[1]!) }]);
  });

  it('remembers the newest that either of two programs saw, and sees a fork between the two, however late one of them writes', async () => {
    for (const isFork of [false, true]) {
      const { context, shown } = openLog();
      await trustCheckpoint(context, noteOf(leaves(9)));
      const faces = isFork ? [leaves(20), [...leaves(9), ...leaves(11, 'b')]] : [leaves(20), leaves(15)];
      const newest = noteOf(faces[0]!);
      let other: ReturnType<typeof trustCheckpoint> | null = null;
      // all that the second was to read it has read: before it writes the first has written
      const late = async (name: string) => {
        if (!name.startsWith('checkpoint')) return;
        [shown.data] = faces as [Uint8Array[]];
        await (other ??= trustCheckpoint({ ...context, store: { ...context.store } }, newest));
      };
      const store: typeof context.store = {
        ...context.store,
        write: async (name, bytes) => late(name).then(() => context.store.write(name, bytes)),
        create: async (name, bytes) => late(name).then(() => context.store.create(name, bytes)),
      };
      shown.data = faces[1]!;
      const judged = await trustCheckpoint({ ...context, store }, noteOf(faces[1]!));
      expect(await other).toMatchObject({ ok: true });
      expect(judged).toMatchObject(isFork ? { ok: false, error: expect.stringMatching(/^FORK:/) } : { ok: true, value: { size: 15 } });
      expect((await readRemembered(context.store))?.size).toBe(20);
      // what only the first had seen is rolled back by nobody
      shown.data = [...leaves(15), ...leaves(5, 'b')];
      expect(await trustCheckpoint(context, noteOf(shown.data))).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
    }
  });

  it('keeps one record, and takes over what an older client remembered', async () => {
    const { context, shown } = openLog();
    await context.store.write('checkpoint', new TextEncoder().encode(JSON.stringify({ note: noteOf(leaves(9)) })));
    expect((await readRemembered(context.store))?.size).toBe(9);
    expect(await trustCheckpoint(context, noteOf(leaves(9, 'b')))).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
    for (const size of [20, 30]) {
      shown.data = leaves(size);
      await trustCheckpoint(context, noteOf(leaves(size)));
    }
    expect(await context.store.names('checkpoint')).toHaveLength(1);
    expect((await readRemembered(context.store))?.size).toBe(30);
  });

  it('goes on while records come and go, and ends where one is listed and not there', async () => {
    const { context } = openLog();
    await trustCheckpoint(context, noteOf(leaves(9)));
    const listed = [[...(await context.store.names('checkpoint/')), 'checkpoint/gone']];
    const names = async (prefix: string) => listed.shift() ?? context.store.names(prefix);
    expect((await readRemembered({ ...context.store, names }))?.size).toBe(9);
    const store = { ...context.store, names: () => Promise.resolve(['checkpoint/gone']) };
    await expect(trustCheckpoint({ ...context, store }, noteOf(leaves(9)))).rejects.toMatchObject({ code: 'KEY_STORE_DAMAGED' });
  });

  it('takes what is not the signed text itself for no note', async () => {
    const { context, shown } = openLog();
    shown.data = leaves(9);
    shown.note = `\ufeff${noteOf(leaves(9))}`;
    expect((await newestCheckpoint(context)).ok).toBe(false);
  });

  it('keeps nothing that the log did not sign', async () => {
    const { context } = openLog({ witnesses, quorum: 2 });
    await trustCheckpoint(context, noteOf(leaves(9), [1, 2]));
    const forged = noteOf(leaves(9, 'b'), [1, 2]).replace(/(\u2014 parley.test\/log .{20})./u, '$1_');
    expect((await trustCheckpoint(context, forged)).ok).toBe(false);
    expect(await readAlarms(context.store)).toEqual([]);
  });
});

describe('checkLog', () => {
  it('says of a gateway that shows no checkpoint whether it is before the first, or was seen to have one', async () => {
    const { context, shown } = openLog();
    const none = {
      ...context,
      door: { ...context.door, ask: () => Promise.reject(new PolicyRefusal('NOT_FOUND', 'no such checkpoint', 404, [], null)) },
    };
    await expect(checkLog(none)).rejects.toMatchObject({ code: 'NO_CHECKPOINT', next: expect.stringContaining('witnesses') as string });
    shown.note = noteOf(leaves(5));
    await checkLog(context);
    await expect(checkLog(none)).rejects.toMatchObject({
      code: 'CHECKPOINT_UNTRUSTED',
      what: 'the gateway shows no checkpoint, and one was seen before.',
    });
  });
});
