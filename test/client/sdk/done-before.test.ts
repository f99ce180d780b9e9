/** A program that died once its act was taken in, before it said so: whoever types it again is told, and makes no second act unawares. */
import { beforeEach, describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock } from '../../../client/cli/clock-system.js';
import { ParleyClient, withCaveats, type ConsentGrant, type KeyStore, type Opened, type ReleaseDraft } from '../../../client/sdk/index.js';
import { DAY_MS, plusMs, SECOND_MS } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let opened: Opened;
const READING = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

const { gateway, owner, holder, third } = await openTown({
  owner: ['EE-FIN', 'FIU'],
  holder: ['NG-FIA', 'FIU'],
  third: ['PL-POL', 'LAW_ENFORCEMENT'],
});
beforeEach(async () => {
  const note = await owner.client.send(noteTo(owner.client, holder.client));
  await waitFor(holder.client, ({ statement }) => statement?.digest === note.digest);
  const item = note.items[0]!.statement.digest;
  opened = await holder.client.open({ ...READING, item, via: note.digest });
});

const connect = (store: KeyStore, aheadMs = 0, via: typeof fetch = fetch) => {
  const clock = { ...systemClock, now: () => plusMs(systemClock.now(), aheadMs) };
  return ParleyClient.connect({ origin: gateway.origin, fetch: via, clock, chance, triesMax: 1, store });
};

/** Takes it out of the outbox, and says nothing any more. */
const dying = ({ store }: Member) =>
  connect({
    ...store,
    remove: async (name) => {
      await store.remove(name);
      if (name.startsWith('outbox/')) throw new Error('died before it printed');
    },
  });

/** A gateway that was restored from a backup, and has no such statement any more. */
const restored = (lost: string, { store }: Member) =>
  connect(store, 0, async (input, init) =>
    String(input).endsWith(`/v1/statements/${lost}`)
      ? Response.json({ code: 'NOT_FOUND', detail: 'no such statement', violations: [] }, { status: 404 })
      : fetch(input, init),
  );

const soon = () => plusMs(systemClock.now(), 30 * DAY_MS);
const grantOf = (over: Partial<ConsentGrant> = {}): ConsentGrant => ({
  items: [opened.item.digest],
  recipient: { authority: third.client.authority, authorityType: 'LAW_ENFORCEMENT' },
  purposes: ['INTELLIGENCE'],
  until: soon(),
  holder: holder.client.authority,
  ...over,
});

const accepted = async (member: Member, action: string) =>
  (await member.client.auditEvents()).filter(({ event }) => event.action === action && event.outcome === 'ALLOW');

describe('a consent', () => {
  const grants = () => accepted(owner, 'CONSENT_GRANT');

  it('that was taken in is named where it is granted again, and granted once more where that is said', async () => {
    const before = (await grants()).length;
    await expect((await dying(owner)).grantConsent(grantOf())).rejects.toThrow('died');
    expect((await owner.client.resend()).sent).toEqual([]);
    const [first] = (await grants()).slice(before);
    await expect(owner.client.grantConsent(grantOf())).rejects.toMatchObject({
      code: 'DONE_BEFORE',
      what: expect.stringContaining(first!.event.object.statement!) as string,
      next: expect.stringContaining('--again') as string,
    });
    expect(await grants()).toHaveLength(before + 1);
    // a colleague may have revoked it: of that this key store knows nothing
    await expect(owner.client.grantConsent(grantOf())).rejects.toMatchObject({
      what: expect.stringContaining('was not revoked from this key store') as string,
      next: expect.stringContaining('parley show') as string,
    });
    await owner.client.grantConsent(grantOf({ purposes: ['INTELLIGENCE', 'INVESTIGATION'] }));
    await owner.client.grantConsent(grantOf({ again: true }));
    expect(await grants()).toHaveLength(before + 3);
  });

  it('that was revoked is granted anew', async () => {
    const { consent } = await owner.client.grantConsent(grantOf());
    await owner.client.revokeConsent(consent);
    const { consent: anew } = await owner.client.grantConsent(grantOf());
    // the one that stands is still named where another one of the same meaning ended
    const { consent: more } = await owner.client.grantConsent(grantOf({ again: true }));
    await owner.client.revokeConsent(anew);
    await expect(owner.client.grantConsent(grantOf())).rejects.toMatchObject({ what: expect.stringContaining(more) as string });
  });

  it('that was handed in again counts as well', async () => {
    const answers: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (String(url).endsWith('/v1/statements')) throw new TypeError('fetch failed');
      return answer;
    };
    await expect((await connect(owner.store, 0, answers)).grantConsent(grantOf())).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
    const { sent } = await owner.client.resend();
    await expect(owner.client.grantConsent(grantOf())).rejects.toMatchObject({
      code: 'DONE_BEFORE',
      what: expect.stringContaining(sent[0]!.digest) as string,
    });
  });
});

describe('a release', () => {
  const releases = () => accepted(holder, 'RELEASE');
  let consent: Awaited<ReturnType<ParleyClient['grantConsent']>>['consent'];
  beforeEach(async () => {
    ({ consent } = await owner.client.grantConsent(grantOf()));
  });
  const draft = (over: Partial<ReleaseDraft> = {}): ReleaseDraft => ({
    to: third.client.authority,
    toType: 'LAW_ENFORCEMENT',
    purpose: 'INTELLIGENCE',
    legalBasis: 'DOMESTIC_LAW:1',
    until: soon(),
    basis: { consents: [consent] },
    ...over,
  });

  it('that was taken in is named where it is released again, and released once more where that is said', async () => {
    const before = (await releases()).length;
    await expect((await dying(holder)).release(opened, draft())).rejects.toThrow('died');
    const [first] = (await releases()).slice(before);
    await expect(holder.client.release({ ...opened, labelEpoch: opened.labelEpoch + 1 }, draft())).rejects.toMatchObject({
      code: 'DONE_BEFORE',
      what: expect.stringContaining(first!.event.object.statement!) as string,
      next: expect.stringContaining('--again') as string,
    });
    expect(await releases()).toHaveLength(before + 1);
    await holder.client.release(opened, draft({ again: true }));
    expect(await releases()).toHaveLength(before + 2);
  });

  it('is another with a caveat of one’s own, however long that is to last, and the same under what others tightened', async () => {
    await holder.client.release(opened, draft());
    const confidentialFor = (days: number): Partial<ReleaseDraft> => {
      const until = plusMs(systemClock.now(), days * DAY_MS);
      return { label: withCaveats(opened.label, [{ code: 'CONFIDENTIAL_UNTIL', by: holder.client.authority, until }]) };
    };
    await holder.client.release(opened, draft(confidentialFor(40)));
    await expect(holder.client.release(opened, draft(confidentialFor(41)))).rejects.toMatchObject({ code: 'DONE_BEFORE' });
    const limit = { code: 'ACTION_LIMIT', by: owner.client.authority, limit: 'PASSIVE' } as const;
    await owner.client.addCaveat(opened.item.digest, withCaveats(opened.label, [limit]));
    const again = await holder.client.open({ ...READING, item: opened.item.digest, via: opened.via });
    expect(again.label).not.toEqual(opened.label);
    await expect(holder.client.release(again, draft())).rejects.toMatchObject({ code: 'DONE_BEFORE' });
  });

  it('by two programs at one moment goes out once at most, and both together make one', async () => {
    const before = (await releases()).length;
    // both look before either of them puts anything into the outbox
    let looked = 0;
    let bothLooked: () => void = () => undefined;
    const together = new Promise<void>((resolve) => (bothLooked = resolve));
    const { store } = holder;
    const names = async (prefix: string): Promise<readonly string[]> => {
      const seen = await store.names(prefix);
      if (prefix !== 'outbox/') return seen;
      if ((looked += 1) === 2) bothLooked();
      await together;
      return seen;
    };
    const programs = await Promise.all([connect({ ...store, names }), connect({ ...store, names })]);
    const both = await Promise.allSettled(programs.map((program) => program.release(opened, draft())));
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const code of refused) expect(['WAITING', 'DONE_BEFORE']).toContain(code);
    expect(await releases()).toHaveLength(before + 2 - refused.length);
    expect((await holder.client.resend()).sent).toEqual([]);
    if (refused.length === 2) await holder.client.release(opened, draft());
    await expect(holder.client.release(opened, draft())).rejects.toMatchObject({ code: 'DONE_BEFORE' });
    expect(await releases()).toHaveLength(before + 1);
  });

  it('that has ended is made anew', async () => {
    await holder.client.release(opened, draft({ until: plusMs(systemClock.now(), 20 * SECOND_MS) }));
    await (await connect(holder.store, 30 * SECOND_MS)).release(opened, draft());
    await expect(holder.client.release(opened, draft())).rejects.toMatchObject({ code: 'DONE_BEFORE' });
  });

  it('that was refused was not done', async () => {
    for (const _try of [1, 2])
      await expect(holder.client.release(opened, draft({ basis: { consents: [] } }))).rejects.toMatchObject({
        codes: expect.arrayContaining(['NO_THIRD_PARTY_CONSENT']) as string[],
      });
  });

  it('that waits is the same whatever label state the item is opened under meanwhile', async () => {
    const lost: typeof fetch = (url, init) =>
      String(url).endsWith('/v1/statements') ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init);
    const waits: unknown = await (await connect(holder.store, 0, lost)).release(opened, draft()).catch((error: unknown) => error);
    const { inOutbox } = waits as { inOutbox: string };
    await expect(holder.client.release({ ...opened, labelEpoch: opened.labelEpoch + 1 }, draft())).rejects.toMatchObject({
      code: 'WAITING',
      inOutbox,
    });
    expect((await holder.client.resend()).sent).toMatchObject([{ digest: inOutbox }]);
  });

  it('to oneself under newer keys is made after each turn of them', async () => {
    for (const _turn of [1, 2]) {
      await holder.client.turnDeskKey();
      expect((await holder.client.resealOpen()).resealed).toContain(opened.item.digest);
    }
  });
});

it('what a restore of the gateway lost is taken back once more before it is called erased', async () => {
  const item = opened.item.digest;
  const { digest: lost } = await owner.client.retract(item);
  // only the answer about it is lost here: the gateway still knows it, and refuses the second one that reaches it
  await (await restored(lost, owner)).erase(item, true);
  const said = (await owner.client.auditEvents()).flatMap(({ event }) =>
    event.basis === 'RETRACT' && event.object.item === item ? [event.outcome] : [],
  );
  expect(said).toEqual(['ALLOW', 'DENY']);
});

it('what was corrected is told once, and once more where that is said or the correction is another', async () => {
  const item = opened.item.digest;
  const corrections = async () =>
    (await owner.client.auditEvents()).filter(({ event }) => event.basis === 'CORRECT' && event.object.item === item).length;
  await expect((await dying(owner)).correct(item, 'INACCURATE_DATA')).rejects.toThrow('died');
  await expect(owner.client.correct(item, 'INACCURATE_DATA')).rejects.toMatchObject({
    code: 'DONE_BEFORE',
    what: expect.stringMatching(/^The same was said/) as string,
    next: expect.stringMatching(/--again.*parley answers /) as string,
  });
  expect(await corrections()).toBe(1);
  await owner.client.correct(item, 'FACTS_WRONG');
  await owner.client.correct(item, 'INACCURATE_DATA', undefined, true);
  expect(await corrections()).toBe(3);
});

it('what was taken back, and whose certificate had no answer, waits to be sent: that is said, and no second one made', async () => {
  const item = opened.item.digest;
  await owner.client.retract(item);
  const unanswered = await connect(owner.store, 0, async (input, init) => {
    const answer = await fetch(input, init);
    if (String(input).endsWith('/v1/statements')) throw new TypeError('fetch failed');
    return answer;
  });
  await expect(unanswered.erase(item, true)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  await expect(owner.client.erase(item, true)).rejects.toMatchObject({
    code: 'WAITING',
    next: expect.stringContaining('parley resend') as string,
  });
  expect((await owner.client.resend()).sent).toHaveLength(1);
  await expect(owner.client.erase(item, true)).rejects.toMatchObject({ code: 'DELETED_BEFORE' });
});
