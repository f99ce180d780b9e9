import { describe, expect, it } from 'vitest';
import { systemChance, systemClock } from '../../../client/cli/clock-system.js';
import { ParleyClient } from '../../../client/sdk/index.js';
import { HOUR_MS, instantFromMs, plusMs } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const { gateway, ee, ch, late } = await openTown({ ee: ['EE-FIN', 'FIU'], ch: ['CH-FIN', 'FIU'], late: ['LV-FIU', 'FIU'] });

/** ee tells ch something, and ch opens it. */
async function noted() {
  const sent = await ee.client.send(noteTo(ee.client, ch.client));
  await waitFor(ch.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  const reading = { item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  return { item, reading, opened: await ch.client.open(reading) };
}

describe('after delivery', () => {
  it('a reader sees what its originator lifted, and no more than that', async () => {
    const { item, reading, opened } = await noted();
    const codes = opened.label.caveats.map(({ code }) => code);
    expect(codes).toContain('NO_THIRD_PARTY');
    await ee.client.addCaveat(item, { ...opened.label, caveats: [{ code: 'NO_EXPORT', by: ee.client.authority }] });
    expect((await ch.client.open(reading)).label.caveats.map(({ code }) => code)).toContain('NO_EXPORT');
    await ee.client.relax(item, ['NO_EXPORT']);
    expect((await ch.client.open(reading)).label.caveats.map(({ code }) => code)).toEqual(codes);
  });

  it('an originator that its issuer adds later speaks of it too, and only from then on', async () => {
    const { item, reading, opened } = await noted();
    const by = late.client.authority;
    const caveat = { ...opened.label, originators: [ee.client.authority, by].sort(), caveats: [{ code: 'NO_EXPORT', by } as const] };
    await expect(late.client.addCaveat(item, caveat)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await ee.client.addCaveat(item, { ...caveat, caveats: [] });
    await late.client.addCaveat(item, caveat);
    expect((await ch.client.open(reading)).label.caveats).toContainEqual({ code: 'NO_EXPORT', by });
    await late.client.relax(item, ['NO_EXPORT']);
    expect((await ch.client.open(reading)).label.caveats).toEqual(opened.label.caveats);
    const { digest } = await late.client.retract(item);
    await waitFor(ch.client, ({ statement }) => statement?.digest === digest);
    await expect(ch.client.open(reading)).rejects.toMatchObject({ code: 'POLICY' });
    expect(await late.client.answersTo(digest)).toMatchObject([
      { holder: 'EE-FIN', answer: 'NOTHING' },
      { holder: 'CH-FIN', answer: 'NOTHING' },
    ]);
  });

  it('the originator sees who was told of a retraction, who has deleted, and who has not answered', async () => {
    const { item } = await noted();
    const retraction = await ee.client.retract(item);
    await waitFor(ch.client, ({ statement }) => statement?.digest === retraction.digest);
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([{ holder: 'CH-FIN', answer: 'NOTHING', index: null }]);
    await ch.client.sayInability(item, 'LEGAL_HOLD', retraction.digest);
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([
      { holder: 'CH-FIN', answer: 'UNABLE', why: 'DELETION(LEGAL_HOLD)' },
    ]);
    const certificate = await ch.client.certifyDeletion(item, retraction.digest);
    const entry = await waitFor(ee.client, ({ kind }) => kind === 'deletion');
    expect(entry.statement).toMatchObject({ digest: certificate.digest, payload: { seals: [expect.any(String)] } });
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([{ holder: 'CH-FIN', answer: 'DELETED', why: null }]);
    await expect(ch.client.holding(item)).rejects.toMatchObject({ code: 'NOT_HELD' });
    const again = { code: 'NOT_FOUND', message: expect.stringContaining(certificate.digest) as string };
    await expect(ch.client.certifyDeletion(item)).rejects.toMatchObject(again);
  });

  it('the end of a hold is no other word that it cannot be deleted', async () => {
    const { item } = await noted();
    const retraction = await ee.client.retract(item);
    await waitFor(ch.client, ({ statement }) => statement?.digest === retraction.digest);
    await ch.client.sayInability(item, 'LEGAL_HOLD', retraction.digest, plusMs(systemClock.now(), HOUR_MS));
    await ch.client.liftHold(item);
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([
      { holder: 'CH-FIN', answer: 'UNABLE', why: 'HOLD_ENDED(LEGAL_HOLD)' },
    ]);
  });

  it('an end that only a hold has is refused where a fact cannot be kept confidential', async () => {
    const { item } = await noted();
    const until = plusMs(systemClock.now(), HOUR_MS);
    await expect(ch.client.sayInability(item, 'PUBLIC_PROCEEDINGS', undefined, until)).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('PUBLIC_PROCEEDINGS') as string,
    });
  });

  it('the originator sees what a holder answers of what it made from the item, too', async () => {
    const { opened, item } = await noted();
    const draft = noteTo(ch.client, ee.client);
    const sent = await ch.client.send({ ...draft, items: [{ ...draft.items[0]!, sources: [opened] }] });
    const made = sent.items[0]!.statement.digest;
    const retraction = await ee.client.retract(item);
    await waitFor(ch.client, ({ statement }) => statement?.digest === retraction.digest);
    await ch.client.sayInability(made, 'LEGAL_HOLD');
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([{ holder: 'CH-FIN', answer: 'NOTHING', item: null }]);
    await ch.client.sayInability(made, 'LEGAL_HOLD', retraction.digest);
    const ofMade = { holder: 'CH-FIN', item: made, answer: 'UNABLE', why: 'DELETION(LEGAL_HOLD)' };
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([ofMade]);
    await ch.client.certifyDeletion(item, retraction.digest);
    expect(await ee.client.answersTo(retraction.digest)).toMatchObject([ofMade, { holder: 'CH-FIN', item, answer: 'DELETED' }]);
  });

  it('a holder that deletes what it never opened certifies no seal', async () => {
    const sent = await ee.client.send(noteTo(ee.client, ch.client));
    await waitFor(ch.client, ({ statement }) => statement?.digest === sent.digest);
    const { digest } = await ch.client.certifyDeletion(sent.items[0]!.statement.digest);
    const entry = await waitFor(ee.client, ({ statement }) => statement?.digest === digest);
    expect(entry.statement).toMatchObject({ payload: { seals: [] } });
  });

  it('a hold keeps what its issuer erases, until it is lifted; then nobody opens it any more', async () => {
    const { item, reading } = await noted();
    await ch.client.sayInability(item, 'LEGAL_HOLD');
    const erased = await ee.client.erase(item, true);
    await waitFor(ch.client, ({ statement }) => statement?.typ === 'parley-label+json' && statement.payload.change === 'RETRACT');
    await expect(ch.client.open(reading)).rejects.toMatchObject({ code: 'POLICY' });
    const now = Date.now() - 1_000;
    await ch.client.sayInability(item, 'LEGAL_HOLD', undefined, instantFromMs(now));
    await expect(ch.client.open(reading)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ee.client.holding(item)).rejects.toMatchObject({ code: 'NOT_HELD' });
    expect(erased.digest).toHaveLength(43);
  });

  it('a hold is lifted at once, and nothing is held back anew, where the holder’s clock is ahead of the gateway’s', async () => {
    const { item } = await noted();
    const clock = { ...systemClock, now: () => plusMs(systemClock.now(), 50_000) };
    const ahead = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance: systemChance, store: ch.store });
    await ahead.sayInability(item, 'LEGAL_HOLD');
    await ahead.liftHold(item);
    await expect(ahead.liftHold(item)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a correction is answered like a retraction, and one of nothing has no answers', async () => {
    const { item, opened } = await noted();
    const { digest } = await ee.client.correct(item, 'INACCURATE_DATA');
    await waitFor(ch.client, ({ statement }) => statement?.digest === digest);
    await ch.client.sayInability(item, 'EVIDENCE_IN_PROCEEDINGS', digest);
    expect(await ee.client.answersTo(digest)).toMatchObject([{ answer: 'UNABLE' }]);
    // the item names the newest of one's own as well
    expect(await ee.client.answersTo(opened.item.digest)).toMatchObject([{ answer: 'UNABLE' }]);
    await expect(ee.client.answersTo(opened.via)).rejects.toMatchObject({ code: 'NO_SUCH_CHANGE' });
    await expect(late.client.answersTo(opened.item.digest)).rejects.toMatchObject({ code: 'NO_SUCH_CHANGE' });
  });

  it('a holder that cannot keep a fact confidential says so', async () => {
    const { item } = await noted();
    const { digest } = await ch.client.sayInability(item, 'PUBLIC_PROCEEDINGS');
    const entry = await waitFor(ee.client, ({ statement }) => statement?.digest === digest);
    expect(entry).toMatchObject({ kind: 'inability', statement: { payload: { of: 'CONFIDENTIALITY' } } });
  });
});
