import { describe, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { createUuid } from '../../../domain/uuid.js';
import { withCaveats, writeLabel } from '../../../client/sdk/labels.js';
import type { Opened } from '../../../client/sdk/open.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import type { Submission } from '../../../domain/wire/submission.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { receiptBy } from './receipts.js';

let madeUp: { readonly path: string; readonly answer: object } | null = null;
/** what the inbox holds as well, in the place of its newest line */
let madeUpLine: ((last: { readonly index: number }) => Promise<object>) | null = null;
let posted: Submission[] = [];

const { gateway, ee, ng, pros, min } = await openTown(
  { ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'], pros: ['NG-PROS', 'PROSECUTION'], min: ['NG-MIN', 'CENTRAL_AUTHORITY_MLA'] },
  (real) => async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname === '/v1/statements') posted.push(JSON.parse(new TextDecoder().decode(init?.body as Uint8Array)) as Submission);
    if (pathname === '/v1/inbox' && madeUpLine !== null) {
      const page = (await (await real(input, init)).json()) as { readonly entries: { readonly index: number }[] };
      const last = page.entries.at(-1);
      return Response.json(last === undefined ? page : { ...page, entries: [...page.entries, { ...last, ...(await madeUpLine(last)) }] });
    }
    return pathname === madeUp?.path ? Response.json(madeUp.answer) : real(input, init);
  },
);

/** ee tells ng something, and ng opens it. */
async function noted(): Promise<Opened> {
  const sent = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  return ng.client.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
}

const told = (opened: Opened) =>
  ({
    item: opened.item.digest,
    recipient: { authority: pros.client.authority, authorityType: 'PROSECUTION' },
    legalBasis: 'UNCAC_46',
    deputy: min.client.authority,
  }) as const;

const disclosure = (notices: readonly string[], approvals: readonly string[]) => ({
  to: pros.client.authority,
  toType: 'PROSECUTION' as const,
  purpose: 'EXCULPATORY' as const,
  legalBasis: 'UNCAC_46',
  basis: { notices: [...notices], approvals: [...approvals] },
  until: plusMs(clock.now(), 30 * DAY_MS),
});

describe('a disclosure on a lawful way', () => {
  it('is told, approved by a second person, made, and read by who got it', async () => {
    const opened = await noted();
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' });
    const entry = await waitFor(ee.client, ({ kind }) => kind === 'lawful-notice');
    expect(entry.statement).toMatchObject({ digest: notice.digest, payload: { holder: 'NG-FIA', way: 'EXCULPATORY' } });
    await expect(ng.client.approveNotice(notice.digest)).rejects.toMatchObject({ codes: ['TWO_PERSONS_REQUIRED'] });
    const approval = await min.client.approveNotice(notice.digest);
    const { release } = await ng.client.release(opened, disclosure([notice.digest], [approval.digest]));
    await waitFor(pros.client, ({ statement }) => statement?.digest === release);
    const read = { item: opened.item.digest, via: release, purpose: 'EXCULPATORY', justification: 'EXCULPATORY_REVIEW' } as const;
    expect((await pros.client.open(read)).content).toMatchObject({ role: 'FORM' });
    await ee.client.retract(opened.item.digest);
    expect((await pros.client.open(read)).release?.digest).toBe(release);
    const report = await ee.client.disclosureReport();
    expect(report.disclosures).toMatchObject([{ to: 'NG-PROS', basis: `NOTICE(${notice.digest})` }]);
  });

  it('goes under what its source adds meanwhile, though it opens no more to its holder', async () => {
    const opened = await noted();
    const { item } = opened;
    const extract = await ng.client.send({
      ...noteTo(ng.client, ee.client),
      items: noteTo(ng.client, ee.client).items.map((one) => ({ ...one, kind: 'EXTRACT', sources: [opened] })),
    });
    const own = await ng.client.holding(extract.items[0]!.statement.digest);
    const again = await ng.client.send({
      ...noteTo(ng.client, ee.client),
      items: noteTo(ng.client, ee.client).items.map((one) => ({ ...one, kind: 'EXTRACT', sources: [own] })),
    });
    const ownOfOwn = await ng.client.holding(again.items[0]!.statement.digest);
    const caveats = [{ code: 'NO_EXPORT', by: ee.client.authority }] as const;
    await ee.client.addCaveat(item.digest, { ...item.payload.label, caveats: [...item.payload.label.caveats, ...caveats] });
    await ee.client.retract(item.digest);
    for (const held of [opened, own, ownOfOwn]) {
      const notice = await ng.client.giveNotice({
        ...told({ ...opened, item: held.item }),
        way: 'EXCULPATORY',
        impossible: 'HEARING_UNDER_WAY',
      });
      const approval = await min.client.approveNotice(notice.digest);
      const { release } = await ng.client.release(held, disclosure([notice.digest], [approval.digest]));
      await waitFor(pros.client, ({ statement }) => statement?.digest === release);
      const read = { item: held.item.digest, via: release, purpose: 'EXCULPATORY', justification: 'EXCULPATORY_REVIEW' } as const;
      expect((await pros.client.open(read)).label.caveats).toContainEqual(caveats[0]);
    }
  });

  it('signs no caveat in the name of an originator that the gateway made up', async () => {
    const opened = await noted();
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' });
    const approval = await min.client.approveNotice(notice.digest);
    const more = await ee.client.send(noteTo(ee.client, ng.client));
    await waitFor(ng.client, ({ statement }) => statement?.digest === more.digest);
    const head = { v: 1, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(clock.now()) } as const;
    const label = writeLabel(withCaveats(opened.label, [{ code: 'NO_EXPORT', by: ee.client.authority }]));
    const words = { ...head, originator: ee.client.authority, item: opened.item.digest, change: 'ADD', label } as const;
    const { compact, digest } = await makeStatement('parley-label+json', words, createSigningKey(chance));
    const body = JSON.parse(more.receipt.body) as ReceiptBody;
    madeUpLine = async ({ index }) => {
      const receipt = await receiptBy(gateway.key, { ...body, statement: digest, index });
      madeUp = { path: `/v1/statements/${digest}`, answer: { statement: compact, items: [], receipt } };
      return { kind: 'label', statement: compact, items: [], receipt };
    };
    posted = [];
    const release = ng.client.release(opened, disclosure([notice.digest], [approval.digest]));
    await expect(release.finally(() => ([madeUp, madeUpLine] = [null, null]))).rejects.toMatchObject({ check: 'LABEL' });
    expect(posted).toEqual([]);
  });

  it('goes under no other label statement than its inbox told of, whatever the gateway shows in its place', async () => {
    const [opened, other] = [await noted(), await noted()];
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' });
    const approval = await min.client.approveNotice(notice.digest);
    const add = ({ item, label }: Opened) =>
      ee.client.addCaveat(item.digest, withCaveats(label, [{ code: 'NO_EXPORT', by: ee.client.authority }]));
    const [owed, elsewhere] = [await add(opened), await add(other)];
    await waitFor(ng.client, ({ statement }) => statement?.digest === elsewhere.digest);
    const { door } = (ng.client as unknown as { readonly context: ClientContext }).context;
    madeUp = { path: `/v1/statements/${owed.digest}`, answer: (await door.get(`/v1/statements/${elsewhere.digest}`)) as object };
    posted = [];
    const release = ng.client.release(opened, disclosure([notice.digest], [approval.digest]));
    await expect(release.finally(() => (madeUp = null))).rejects.toMatchObject({ check: 'LABEL' });
    expect(posted).toEqual([]);
  });

  it('hands no seal over on an approval that the gateway made up', async () => {
    const opened = await noted();
    const { digest: notice, receipt } = await ng.client.giveNotice({
      ...told(opened),
      way: 'EXCULPATORY',
      impossible: 'HEARING_UNDER_WAY',
    });
    const head = { v: 1, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(clock.now()) } as const;
    const words = { ...head, authority: min.client.authority, notice };
    const { compact, digest } = await makeStatement('parley-approval+json', words, createSigningKey(chance));
    const body = JSON.parse(receipt.body) as ReceiptBody;
    const taken = await receiptBy(gateway.key, { ...body, statement: digest });
    madeUp = { path: `/v1/statements/${digest}`, answer: { statement: compact, items: [], receipt: taken } };
    posted = [];
    await expect(ng.client.release(opened, disclosure([notice], [digest]))).rejects.toMatchObject({ code: 'POLICY' });
    madeUp = null;
    // the gateway says why not, and logs the attempt
    expect(posted.map(({ seals = [] }) => seals.length)).toEqual([0]);
    const { digest: approval } = await min.client.approveNotice(notice);
    await ng.client.release(opened, disclosure([notice], [approval]));
    expect(posted.at(-1)!.seals).toHaveLength(1);
  });

  it.each([0, 1])('hands no seal over on a notice, or an approval, that the rules refused', async (which) => {
    const opened = await noted();
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' });
    const approval = await min.client.approveNotice(notice.digest);
    const { digest, receipt } = [notice, approval][which]!;
    const { door } = (ng.client as unknown as { readonly context: ClientContext }).context;
    const shown = (await door.get(`/v1/statements/${digest}`)) as object;
    const body = JSON.parse(receipt.body) as ReceiptBody;
    const refusal = await receiptBy(gateway.key, { ...body, stage: 'refused', outcome: 'DENY' });
    madeUp = { path: `/v1/statements/${digest}`, answer: { ...shown, receipt: refusal } };
    posted = [];
    await expect(ng.client.release(opened, disclosure([notice.digest], [approval.digest]))).rejects.toMatchObject({
      code: 'CONSENT_NOT_VERIFIED',
    });
    madeUp = null;
    expect(posted.map(({ seals = [] }) => seals.length)).toEqual([0]);
  });

  it('of what was taken back and opens no more goes under the label that was seen last, however long ago', async () => {
    const opened = await noted();
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY', impossible: 'HEARING_UNDER_WAY' });
    const approval = await min.client.approveNotice(notice.digest);
    await ee.client.retract(opened.item.digest);
    const seenThen = { ...opened, labelAt: plusMs(opened.labelAt, -2 * HOUR_MS) };
    await expect(
      ng.client.open({ ...opened, item: opened.item.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' }),
    ).rejects.toThrow();
    const { release } = await ng.client.release(seenThen, disclosure([notice.digest], [approval.digest]));
    await waitFor(pros.client, ({ statement }) => statement?.digest === release);
    const read = { item: opened.item.digest, via: release, purpose: 'EXCULPATORY', justification: 'EXCULPATORY_REVIEW' } as const;
    expect((await pros.client.open(read)).content).toMatchObject({ role: 'FORM' });
    const onward = { ...disclosure([], []), purpose: 'INTELLIGENCE' as const, basis: { consents: [] } };
    await expect(ng.client.release(seenThen, onward)).rejects.toMatchObject({ code: 'LABEL_TOO_OLD' });
  });

  it('waits for an originator that is consulted, and need not wait for one that has nothing against it', async () => {
    const opened = await noted();
    const notice = await ng.client.giveNotice({ ...told(opened), way: 'EXCULPATORY' });
    const approval = await min.client.approveNotice(notice.digest);
    const go = () => ng.client.release(opened, disclosure([notice.digest], [approval.digest]));
    await ee.client.answerNotice(notice.digest, 'CONSULT');
    await expect(go()).rejects.toMatchObject({ codes: expect.arrayContaining(['EXCULPATORY_NOTICE_MISSING']) as unknown });
    await ee.client.answerNotice(notice.digest, 'NO_OBJECTION');
    await expect(go()).resolves.toMatchObject({ receiptBody: { outcome: 'ALLOW' } });
  });

  it('is a supervisor’s where a duty is named, and says of an emergency what is imminent', async () => {
    const opened = await noted();
    const obliged = {
      ...told(opened),
      way: 'LEGAL_OBLIGATION',
      purpose: 'SUPERVISORY',
      reason: 'COURT_ORDER',
      legalBasis: 'DOMESTIC_LAW:1',
    } as const;
    await expect(ng.client.giveNotice(obliged)).rejects.toMatchObject({ codes: ['CHANNEL_NOT_PERMITTED'] });
    const urgent = await ng.client.giveNotice({ ...told(opened), way: 'EMERGENCY', reason: 'THREAT_TO_LIFE', disclosedAt: clock.now() });
    await waitFor(ee.client, ({ statement }) => statement?.digest === urgent.digest);
  });
});

describe('a source that is asked first', () => {
  it('confirms its item, and the holder that cites it may act within the limit', async () => {
    const opened = await noted();
    const item = opened.item.digest;
    const caveats = [
      { code: 'CONTACT_SOURCE_BEFORE_ACTION', by: ee.client.authority },
      { code: 'ACTION_LIMIT', by: ee.client.authority, limit: 'PASSIVE' },
    ] as const;
    await ee.client.addCaveat(item, { ...opened.label, caveats });
    const use = { purpose: 'INTELLIGENCE', action: 'PASSIVE' } as const;
    await expect(ng.client.recordUse(item, use)).rejects.toMatchObject({ codes: ['CONTACT_SOURCE_FIRST'] });
    const denied = await ee.client.verifyItem(item, ng.client.authority, false);
    await expect(ng.client.recordUse(item, { ...use, verifications: [denied.digest] })).rejects.toMatchObject({
      codes: ['CONTACT_SOURCE_FIRST'],
    });
    const confirmed = await ee.client.verifyItem(item, ng.client.authority);
    const verifications = [confirmed.digest];
    await expect(ng.client.recordUse(item, { ...use, verifications })).resolves.toMatchObject({ receiptBody: { outcome: 'ALLOW' } });
    const loud = { ...use, action: 'INQUIRIES', verifications } as const;
    await expect(ng.client.recordUse(item, loud)).rejects.toMatchObject({ codes: ['TIPPING_OFF_RISK'] });
  });
});
