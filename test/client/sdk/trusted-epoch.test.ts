import { describe, expect, it } from 'vitest';
import { boundView } from '../../../client/sdk/bound.js';
import { NOT_PUBLISHED, readRemembered } from '../../../client/sdk/checkpoints.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { ParleyError, PolicyRefusal } from '../../../client/sdk/error.js';
import { certain } from '../../../domain/result.js';
import { trustedTree } from '../../../client/sdk/trusted-epoch.js';
import { parseAuthorityId } from '../../../domain/ids.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs, type Instant } from '../../../domain/time.js';
import { leaves, NOW, noteOf, openLog, witnessSigner } from './log-faces.js';

const witnesses = [1, 2, 3].map((n) => witnessSigner(n).key);
const ago = (ms: number): Instant => plusMs(NOW, -ms);

/** A log whose client's clock the test moves. */
function openWith(pins: Parameters<typeof openLog>[0] = {}) {
  const { shown, context } = openLog(pins);
  const time = { now: NOW };
  const show = (size: number, by: readonly number[] = [], at: Instant | readonly Instant[] = NOW): void => {
    shown.note = noteOf(leaves(size), by, at);
  };
  shown.data = leaves(40);
  return { shown, time, show, context: { ...context, clock: { ...context.clock, now: () => time.now } } };
}

const AUTHORITY = certain(parseAuthorityId('EE-FIN'));
/** What a sender is told who asks whether the entry is bound. */
async function sealing(context: ClientContext): Promise<string> {
  const directory = { authorities: new Map([[AUTHORITY, { entryDigest: 'e' }]]) };
  const view = { directory, slots: new Map([[AUTHORITY, 0]]) };
  const door = { ...context.door, get: () => Promise.resolve({ openings: [] }) };
  const clock = { ...context.clock, sleep: () => Promise.resolve() };
  const asking = { ...context, door, clock, directory: () => Promise.resolve(view) } as unknown as ClientContext;
  return boundView(asking, AUTHORITY).then(
    () => 'SEALED',
    ({ code }: { code: string }) => code,
  );
}

describe('the newest epoch that may be relied on', () => {
  it('is none before the first; a gateway that shows none after one was seen is not before the first', async () => {
    const { context, show } = openWith();
    const none = {
      ...context,
      door: { ...context.door, ask: () => Promise.reject(new PolicyRefusal('NOT_FOUND', 'none', 404, [], null)) },
    };
    expect(await trustedTree(none)).toEqual({ ok: false, error: NOT_PUBLISHED });
    show(17);
    await trustedTree(context);
    expect(await trustedTree(none)).toMatchObject({ ok: false, error: expect.stringMatching(/seen before/) });
  });

  it('is neither none nor withdrawn where the gateway does not answer', async () => {
    const { context, show } = openWith();
    show(17);
    await trustedTree(context);
    for (const error of [new ParleyError('GATEWAY_UNREACHABLE', 'no', ''), new PolicyRefusal('NOT_CALLER', 'no', 401, [], null)]) {
      const silent = { ...context, door: { ...context.door, ask: () => Promise.reject(error) } };
      await expect(trustedTree(silent)).rejects.toBe(error);
    }
  });

  it('is the newest that was ever seen, whatever older one is shown now', async () => {
    const { context, show } = openWith();
    show(40);
    await trustedTree(context);
    show(17);
    expect(await trustedTree(context)).toMatchObject({ ok: true, value: { size: 40 } });
    expect((await readRemembered(context.store))?.size).toBe(40);
  });

  it('is none where the log contradicts what was seen, be that still remembered', async () => {
    const { context, show, shown } = openWith();
    show(40);
    await trustedTree(context);
    shown.data = leaves(41, 'b');
    shown.note = noteOf(shown.data);
    expect(await trustedTree(context)).toMatchObject({ ok: false, error: expect.stringMatching(/^FORK:/) });
    expect(await sealing(context)).toBe('CHECKPOINT_NOT_TRUSTED');
  });

  it('is an older one where the witnesses have not seen the newest, and the sender is told so, not that an entry differs', async () => {
    const { context, show, time } = openWith({ witnesses, quorum: 2 });
    show(17, [1]);
    expect(await trustedTree(context)).toMatchObject({ ok: false, error: expect.stringMatching(/^1 of the 2/) });
    show(17, [1, 2]);
    await trustedTree(context);
    show(40, [1]);
    expect(await trustedTree(context)).toMatchObject({ ok: true, value: { size: 17, behind: expect.stringMatching(/^1 of the 2/) } });
    time.now = plusMs(NOW, DAY_MS + HOUR_MS);
    expect(await sealing(context)).toBe('CHECKPOINT_NOT_TRUSTED');
    show(40, [1, 3], time.now);
    expect(await trustedTree(context)).toMatchObject({ ok: true, value: { size: 40, behind: null } });
  });

  it('does not become newer by being shown again, nor by an older one in between', async () => {
    const { context, show, time } = openWith();
    show(40);
    await trustedTree(context);
    time.now = plusMs(NOW, DAY_MS + HOUR_MS);
    for (const size of [17, 40, 17, 40]) {
      show(size);
      expect(await trustedTree(context)).toMatchObject({ ok: true, value: { size: 40, seenAt: NOW } });
      expect(await sealing(context)).toBe('EPOCH_STALE');
    }
  });

  it('is, where no witness says, as old as its own first sight, whenever one before it was seen', async () => {
    const { context, show, time } = openWith();
    show(17);
    await trustedTree(context);
    const later = plusMs(NOW, DAY_MS + HOUR_MS);
    for (const now of [later, plusMs(later, HOUR_MS)]) {
      time.now = now;
      show(40);
      expect(await trustedTree(context)).toMatchObject({ ok: true, value: { size: 40, seenAt: later } });
    }
  });

  it('is as old as the quorum says: one witness among them makes it no newer', async () => {
    const { context, show } = openWith({ witnesses, quorum: 2 });
    show(40, [1, 2, 3], [NOW, ago(3 * DAY_MS), ago(2 * DAY_MS)]);
    expect(await trustedTree(context)).toMatchObject({ ok: true, value: { seenAt: ago(2 * DAY_MS) } });
    expect(await sealing(context)).toBe('EPOCH_STALE');
  });

  it('is not made newer by times that have not come yet', async () => {
    const { context, show } = openWith({ witnesses, quorum: 2 });
    const ahead = plusMs(NOW, 30 * DAY_MS);
    show(40, [1, 2, 3], [ahead, ago(HOUR_MS), ago(2 * DAY_MS)]);
    expect(await trustedTree(context)).toMatchObject({ ok: true, value: { seenAt: ago(2 * DAY_MS) } });
    show(40, [1, 2], [ahead, NOW]);
    expect(await trustedTree(context)).toMatchObject({ ok: false, error: expect.stringMatching(/ahead of this clock/) });
    show(40, [1, 2], plusMs(NOW, MINUTE_MS));
    expect(await trustedTree(context)).toMatchObject({ ok: true });
  });
});
