import { describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { receivingType } from '../../../client/sdk/addressing.js';
import { defaultLabel, readInstant, type DirectoryView } from '../../../client/sdk/index.js';
import type { Opened } from '../../../client/sdk/open.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const { ee, ng, efcx, stranger } = await openTown({
  ee: ['EE-FIN', 'FIU'],
  ng: ['NG-FIA', 'FIU'],
  efcx: ['NG-EFCX', 'LAW_ENFORCEMENT'],
  stranger: ['VG-FIX', 'FIU'],
});

/** ee tells ng something, and ng opens it. */
async function noted(): Promise<Opened> {
  const sent = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === sent.digest);
  return ng.client.open({ item: sent.items[0]!.statement.digest, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
}

const toPolice = ({ item }: Opened) =>
  ({ item: item.digest, to: efcx.client.authority, toType: 'LAW_ENFORCEMENT', purpose: 'INTELLIGENCE' }) as const;

const refusalsOf = async ({ client }: Member) => (await client.auditEvents()).filter(({ event }) => event.outcome === 'DENY').length;

describe('asking before a release', () => {
  it('answers as the release would be answered, and names whose consent is lacking', async () => {
    const opened = await noted();
    const before = await ng.client.auditEvents();
    const asked = await ng.client.explainRelease(toPolice(opened));
    expect(asked.allowed).toBe(false);
    expect(asked.missing).toMatchObject([{ originator: 'EE-FIN', codes: expect.arrayContaining(['NO_THIRD_PARTY_CONSENT']) as unknown }]);
    // rulings 8: it is no attempt
    // but for that reading itself
    expect((await ng.client.auditEvents()).length).toBe(before.length + 1);
    const tried = ng.client.release(opened, {
      ...toPolice(opened),
      legalBasis: 'RECIPROCITY',
      basis: { consents: [] },
      until: plusMs(clock.now(), 90 * DAY_MS),
    });
    await expect(tried).rejects.toMatchObject({ codes: asked.violations.map(({ code }) => code) });
    expect(await refusalsOf(ng)).toBe(1);
  });

  it('prefills a consent request that is sent as it is, and rests on the consent once it is given', async () => {
    const opened = await noted();
    const { missing } = await ng.client.explainRelease(toPolice(opened));
    const ask = missing[0]!.ask!;
    expect([ask.to, ask.body.consent.recipient]).toEqual([
      'EE-FIN',
      { authority: 'NG-EFCX', authorityType: 'LAW_ENFORCEMENT', purposes: ['INTELLIGENCE'] },
    ]);
    const sent = await ng.client.send({ ...ask, message: 'SUBMIT', items: [] });
    await waitFor(ee.client, ({ exchange }) => exchange === sent.exchange);
    const { consent } = await ee.client.grantRequest(await ee.client.consentRequestOf(sent.exchange));
    expect(await ng.client.explainRelease(toPolice(opened))).toMatchObject({
      allowed: true,
      violations: [],
      restsOn: { consents: [consent] },
      missing: [],
    });
    // what it rests on covers nobody else, and no other purpose
    expect((await ng.client.explainRelease({ ...toPolice(opened), purpose: 'PROSECUTION_JUDICIAL' })).allowed).toBe(false);
    const { release } = await ng.client.release(opened, {
      ...toPolice(opened),
      legalBasis: 'RECIPROCITY',
      basis: { consents: [consent] },
      until: readInstant(ask.body.consent.until),
    });
    await waitFor(efcx.client, ({ statement }) => statement?.digest === release);
    // who has it by release asks through who handed it on, not over its head
    const onward = await efcx.client.explainRelease({ ...toPolice(opened), to: 'VG-FIX', toType: 'FIU' });
    expect(onward.missing).toMatchObject([{ originator: 'EE-FIN', ask: { to: 'NG-FIA', toType: 'FIU', profile: 'DOMESTIC_ONWARD' } }]);
  });

  it('says to who does not hold the item what it says of an item that is not there', async () => {
    const opened = await noted();
    const absent = `${'B'.repeat(42)}A` as typeof opened.item.digest;
    const answers = await Promise.all(
      [opened.item.digest, absent].map((item) =>
        stranger.client.explainRelease({ ...toPolice(opened), item }).catch((error: unknown) => error as { code: string; what: string }),
      ),
    );
    expect(answers).toMatchObject([{ code: 'NOT_FOUND' }, { code: 'NOT_FOUND' }]);
    const [hidden, missing] = answers as { what: string }[];
    expect(hidden!.what.replace(opened.item.digest, absent)).toBe(missing!.what);
    expect(await refusalsOf(stranger)).toBe(0);
  });

  it('knows no lawful way to a private party', async () => {
    const opened = await noted();
    const asked = await ng.client.explainRelease({ item: opened.item.digest, to: 'private:NEWSPAPER', purpose: 'INTELLIGENCE' });
    expect(asked.violations.map(({ code }) => code)).toContain('PRIVATE_PARTY_RECIPIENT');
    expect(asked.missing).toEqual([]);
  });
});

describe('asking before a use or a copy', () => {
  it('asks the originator for another purpose than it gave the item for', async () => {
    const item = (await noted()).item.digest;
    expect(await ng.client.explainUse({ item, purpose: 'INTELLIGENCE' })).toMatchObject({ allowed: true, missing: [] });
    const asked = await ng.client.explainUse({ item, purpose: 'TAX' });
    expect(asked).toMatchObject({
      allowed: false,
      missing: [
        { originator: 'EE-FIN', ask: { to: 'EE-FIN', body: { consent: { recipient: { authority: 'NG-FIA', authorityType: 'FIU' } } } } },
      ],
    });
  });

  it('lets a copy out under its own label alone, and none of what may only be looked at', async () => {
    const opened = await noted();
    const item = opened.item.digest;
    expect((await ng.client.explainExport(item, 'INTELLIGENCE')).allowed).toBe(true);
    const stripped = await ng.client.explainExport(item, 'INTELLIGENCE', { ...opened.label, caveats: [] });
    expect(stripped.violations.map(({ code }) => code)).toEqual(['CAVEAT_WEAKENED']);
    await ee.client.addCaveat(item, { ...opened.label, caveats: [{ code: 'NO_EXPORT', by: ee.client.authority }] });
    expect((await ng.client.explainExport(item, 'INTELLIGENCE')).violations.map(({ code }) => code)).toEqual(['EXPORT_NOT_ALLOWED']);
  });
});

describe('asking before sending', () => {
  it('answers as the envelope would be answered, without a word of its content', async () => {
    const note = noteTo(ee.client, ng.client);
    expect(await ee.client.explainSend(note)).toMatchObject({ act: 'send', allowed: true, violations: [] });
    const coercive = { ...note, assistanceTypes: ['FREEZING'] } as const;
    const asked = await ee.client.explainSend(coercive);
    expect(asked.violations.length).toBeGreaterThan(0);
    await expect(ee.client.send(coercive)).rejects.toMatchObject({ codes: asked.violations.map(({ code }) => code) });
  });

  it('names what a draft is made from and nobody consented to', async () => {
    const opened = await noted();
    const draft = noteTo(ng.client, stranger.client);
    const [item] = draft.items;
    const part = { ...item!, label: defaultLabel('SPONTANEOUS', ng.client.authority), sources: [opened] };
    const asked = await ng.client.explainSend({ ...draft, items: [part, { ...part }] });
    expect(asked.missing).toMatchObject([{ originator: 'EE-FIN', codes: ['NO_THIRD_PARTY_CONSENT'] }]);
    // what it is made from is there to be consented to
    expect(await ng.client.explainSend({ ...asked.missing[0]!.ask!, message: 'SUBMIT', items: [] })).toMatchObject({ allowed: true });
  });

  it('says of a consent request that it asks who has nothing to do with the item', async () => {
    const opened = await noted();
    const { ask } = (await ng.client.explainRelease(toPolice(opened))).missing[0]!;
    const asking = { ...ask!, message: 'SUBMIT', items: [] } as const;
    expect(await ng.client.explainSend(asking)).toMatchObject({ allowed: true });
    const astray = await ng.client.explainSend({ ...asking, to: stranger.client.authority });
    expect(astray).toMatchObject({ allowed: false, obstacle: { code: 'NOT_FOUND' } });
  });

  it('says which step does not follow', async () => {
    const sent = await ee.client.send(noteTo(ee.client, ng.client));
    const { summary, last } = await ee.client.exchange(sent.exchange);
    const asked = await ee.client.explainSend({
      ...noteTo(ee.client, ng.client),
      exchange: sent.exchange,
      prev: last,
      message: 'REOPEN',
      body: {},
      items: [],
    });
    expect(asked).toMatchObject({ allowed: false, obstacle: { code: 'STEP_NOT_ALLOWED' } });
    expect(summary.state).not.toBe('');
  });
});

it('an explanation takes the one type that the reader has, as the release does, and asks which of several', async () => {
  const opened = await noted();
  const { toType: _unsaid, ...untyped } = toPolice(opened);
  const asked = await ng.client.explainRelease(untyped);
  const typed = await ng.client.explainRelease(toPolice(opened));
  expect(asked.violations).toEqual(typed.violations);
  expect(asked.missing.map(({ codes }) => codes)).toEqual(typed.missing.map(({ codes }) => codes));
  const draft = { ...untyped, legalBasis: 'RECIPROCITY', basis: { consents: [] }, until: plusMs(clock.now(), DAY_MS) };
  await expect(ng.client.release(opened, draft)).rejects.toMatchObject({ codes: asked.violations.map(({ code }) => code) });
  const two = { entry: null, designatedTypes: ['FIU', 'SUPERVISOR'] };
  const view = { directory: { authorities: new Map([['NG-FIA', two]]) }, doubts: [] } as unknown as DirectoryView;
  expect(() => receivingType(view, 'NG-FIA')).toThrow(
    expect.objectContaining({ code: 'TYPE_NOT_SAID', next: 'Say which: --to-type FIU, or --to-type SUPERVISOR' }),
  );
  expect(receivingType(view, 'NG-FIA', 'FIU')).toBe('FIU');
  expect(receivingType(view, 'private:NEWSPAPER')).toBeUndefined();
});
