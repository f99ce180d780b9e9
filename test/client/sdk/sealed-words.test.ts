import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLabel, openingForm, ParleyClient, type EnvelopeDraft } from '../../../client/sdk/index.js';
import { checkReasons, owesReason, withExplanations, withSealedWords } from '../../../client/sdk/sealed-words.js';
import type { ItemDraft, PreparedItem } from '../../../client/sdk/draft.js';
import type { ExchangeId } from '../../../domain/ids.js';
import { MESSAGES } from '../../../domain/messages.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { digest } from '../../support/ids.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

const item = (name: string, itemRole: 'TEXT' | 'FORM') =>
  ({ statement: { digest: digest(name), payload: { itemRole } } }) as unknown as Pick<PreparedItem, 'statement'>;

describe('the clear part of a message', () => {
  const items = [item('form', 'FORM'), item('why', 'TEXT'), item('more', 'TEXT')];
  it('names the text of a reason, and all texts of conditions', () => {
    expect(withSealedWords('REFUSE', { codes: [] }, items)).toEqual({ codes: [], text: digest('why') });
    expect(withSealedWords('CONDITIONS_PROPOSED', {}, items)).toEqual({ texts: [digest('why'), digest('more')] });
  });

  it('stays as it was given where it names them itself, owes none, or has none', () => {
    expect(withSealedWords('POSTPONE', { text: digest('more') }, items)).toEqual({ text: digest('more') });
    expect(withSealedWords('FINAL_REPLY', {}, items)).toEqual({});
    expect(withSealedWords('REFUSE', {}, [item('form', 'FORM')])).toEqual({});
  });
});

describe('the clear part of an opening message', () => {
  const draft = (fields: object) => ({ content: { role: 'FORM', fields } }) as unknown as ItemDraft;
  const file = { content: { role: 'FILE' } } as unknown as ItemDraft;
  const items = [item('enclosed', 'TEXT'), item('form', 'FORM')];
  it('names the item that explains the link and the period, not their words', () => {
    const drafts = [file, draft({ countryLink: 'l', periodJustification: 'p' })];
    const link = { territory: 'VG', digest: digest('form') };
    expect(withExplanations({ reciprocity: true }, 'VG', drafts, items)).toEqual({
      reciprocity: true,
      links: [link],
      periodJustified: digest('form'),
    });
    expect(withExplanations({}, undefined, drafts, items)).toEqual({ periodJustified: digest('form') });
  });

  it('says nothing that the form does not, and stays as it was given', () => {
    expect(withExplanations({}, 'VG', [file, draft({ countryLink: ' ' })], items)).toEqual({});
    expect(withExplanations({ links: [] }, 'VG', [file, draft({ countryLink: 'l' })], items)).toEqual({ links: [] });
  });
});

describe('a reason that is sealed, where no gateway sees how much it says', () => {
  const form = (fields: object) => [{ content: { role: 'FORM', fields } } as unknown as ItemDraft];
  const text = (words: string) => [{ content: { role: 'TEXT', text: words } } as unknown as ItemDraft];
  const enough = 'x'.repeat(20);

  it.each(['urgencyReason', 'deadlineReason'])('is no token: %s', (field) => {
    expect(() => checkReasons('SUBMIT', form({ [field]: enough.slice(1) }))).toThrow('Refused before sealing.');
    expect(() => checkReasons('SUBMIT', form({ [field]: enough }))).not.toThrow();
  });

  it('is not looked for where none is given, nor in what is no reason', () => {
    for (const fields of [{}, { urgencyReason: ' ' }, { facts: 'x' }]) expect(() => checkReasons('SUBMIT', form(fields))).not.toThrow();
    expect(() => checkReasons('DISCUSS', text('x'))).not.toThrow();
    expect(() => checkReasons('REFUSE', [{ content: { role: 'FILE' } } as unknown as ItemDraft])).not.toThrow();
    expect(() => checkReasons('REFUSE', text(enough))).not.toThrow();
  });

  it.each([...MESSAGES.filter(owesReason), 'REFUSE_CONSENT'] as const)('is as long of a %s as of any other', (message) => {
    expect(() => checkReasons(message, text(enough.slice(1)))).toThrow('Refused before sealing.');
    expect(() => checkReasons(message, text(enough))).not.toThrow();
  });
});

describe('over a real gateway', () => {
  let gateway: LiveGateway;
  let [ng, vg]: Member[] = [];
  beforeAll(async () => {
    gateway = await openGateway();
    ng = await gateway.join('NG-FIA', 'FIU');
    vg = await gateway.join('VG-FIX', 'FIU');
    await gateway.compareAll();
  });
  afterAll(() => gateway.running.drain());

  const FORM = {
    facts: 'f',
    background: 'b',
    reasons: 'r',
    countryLink: 'l',
    periodJustification: 'p',
    intendedUse: 'u',
    offence: 'NOT_YET_IDENTIFIED',
  };
  const request = (over: Partial<EnvelopeDraft> = {}): EnvelopeDraft => {
    const profile = 'BVI_BILATERAL_FIU' as const;
    const fields = { ...FORM, subjects: [{ name: 'Company-A', role: 'suspect' }] };
    return {
      exchangeType: 'FIU_REQUEST',
      profile,
      fromType: 'FIU',
      to: vg!.client.authority,
      toType: 'FIU',
      legalBasis: ['RECIPROCITY'],
      framework: [],
      purposes: ['INTELLIGENCE'],
      matterType: 'INTELLIGENCE',
      language: 'en',
      urgency: 'ROUTINE',
      message: 'SUBMIT',
      body: {
        intendedRecipients: [],
        alsoRequestedVia: [],
        reciprocity: true,
        periodFrom: '2010-01-01',
      },
      items: [
        {
          content: { role: 'FORM', schema: openingForm(profile), fields },
          label: defaultLabel(profile, ng!.client.authority),
          language: 'en',
        },
      ],
      ...over,
    };
  };

  async function delivered(): Promise<ExchangeId> {
    const { exchange } = await ng!.client.send(request());
    await arrived(exchange);
    return exchange;
  }

  async function arrived(exchange: ExchangeId): Promise<void> {
    for (let tries = 0; tries < 50; tries++) {
      if ((await vg!.client.exchanges()).some(({ id, state }) => id === exchange && state === 'DELIVERED')) break;
      await clock.sleep(50);
    }
  }

  it('tells the reader of a refusal that gives no reason, which a client of another make may seal', async () => {
    const exchange = await delivered();
    const { store } = vg!;
    const other = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store, refusesLocally: false });
    const label = defaultLabel('BVI_BILATERAL_FIU', other.authority);
    const told = async (text: string, message: 'STATUS_REPLY' | 'REFUSE', body: object) => {
      const said = [{ content: { role: 'TEXT' as const, text }, label, language: 'en' }];
      const { digest: via, items } = await other.followUp(exchange, { message, body, items: said });
      const item = items[0]!.statement.digest;
      return (await ng!.client.open({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' })).tokens;
    };
    expect(await told('Yes.', 'STATUS_REPLY', {})).toEqual([]);
    expect(await told('No.', 'REFUSE', { codes: ['DISPROPORTIONATE'] })).toEqual(['text']);
  });

  it('refuses a request with a code and a sealed text, and not with a code alone', async () => {
    const exchange = await delivered();
    const body = { codes: ['DISPROPORTIONATE'] };
    await expect(vg!.client.followUp(exchange, { message: 'REFUSE', body })).rejects.toMatchObject({ codes: ['REFUSAL_WITHOUT_REASON'] });
    const label = defaultLabel('BVI_BILATERAL_FIU', vg!.client.authority);
    const saying = (text: string) => [{ content: { role: 'TEXT' as const, text }, label, language: 'en' }];
    const token = vg!.client.followUp(exchange, { message: 'REFUSE', body, items: saying(` ${'x'.repeat(19)} `) });
    await expect(token).rejects.toMatchObject({
      codes: ['REFUSAL_WITHOUT_REASON'],
      status: 0,
      violations: [{ rule: 'client/reason', remedy: { action: 'justify', fields: ['text'] } }],
    });
    const items = saying('The period is longer than the facts are.');
    expect((await vg!.client.followUp(exchange, { message: 'REFUSE', body, items })).receiptBody).toMatchObject({ outcome: 'ALLOW' });
  });

  it('holds the text of a consent refusal to the same length, on either side', async () => {
    const exchange = await delivered();
    const label = defaultLabel('BVI_BILATERAL_FIU', vg!.client.authority);
    const given = [{ content: { role: 'TEXT' as const, text: 'Nothing so far.' }, label, language: 'en' }];
    const { items } = await vg!.client.followUp(exchange, { message: 'STATUS_REPLY', body: {}, items: given });
    const { exchangeType: _, message: __, body: ___, items: ____, ...facts } = request();
    const recipient = { authority: ng!.client.authority, authorityType: 'FIU' as const };
    const until = plusMs(clock.now(), DAY_MS);
    const cell = { items: [items[0]!.statement.digest], recipient, purposes: ['INVESTIGATION' as const], until };
    const asked = (await ng!.client.askConsent({ ...facts, cell })).exchange;
    await arrived(asked);
    const refusal = { codes: ['CONSENT_OUT_OF_SCOPE'], text: 'No.', label };
    const asks = await vg!.client.consentRequestOf(asked);
    await expect(vg!.client.refuseRequest(asks, refusal)).rejects.toMatchObject({ codes: ['REFUSAL_WITHOUT_REASON'], status: 0 });

    const { store } = vg!;
    const other = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, store, refusesLocally: false });
    const { digest: via } = await other.refuseRequest(asks, refusal);
    const entries = (await ng!.client.inboxPage()).entries;
    const item = entries.find(({ statement }) => statement?.digest === via)!.items[0]!.digest;
    const opened = await ng!.client.open({ item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    expect(opened.tokens).toEqual(['text']);
    // and it is refused once, and may still be granted
    const again = vg!.client.refuseRequest(asks, { ...refusal, text: 'It would warn those whom we look at.' });
    await expect(again).rejects.toMatchObject({ code: 'ANSWERED_BEFORE' });
    expect((await vg!.client.grantRequest(asks)).receiptBody).toMatchObject({ outcome: 'ALLOW' });
    expect(await ng!.client.whatNext(asked)).toMatchObject({ summary: { state: 'GRANTED' }, check: { contradicted: [], unchecked: [] } });
  });

  it('asks no more than ten at once, before anything is sealed', async () => {
    const child = request({ exchangeType: 'MULTI_FIU_REQUEST', profile: 'EGMONT_FIU' });
    await expect(ng!.client.askSeveral(Array.from({ length: 11 }, () => child))).rejects.toMatchObject({
      code: 'DISTRIBUTION_LIST_TOO_BROAD',
    });
    expect(await ng!.client.askSeveral([])).toEqual([]);
  });
});
