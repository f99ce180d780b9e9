import { beforeAll, describe, expect, it } from 'vitest';
import {
  openingForm,
  ParleyClient,
  portionOf,
  type EnvelopeDraft,
  type ItemDraft,
  type ReadingRequest,
  type ReleaseDraft,
  type SentEnvelope,
} from '../../../client/sdk/index.js';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { disclosedForm, disclosureTo } from './notes.js';

interface Answer {
  item: string;
  envelope?: string;
  release?: string;
  consents: string[];
  seals: { kid: string; bytes: string }[];
  body: { bytes: string };
  receipt: { body: string };
}

let sent: SentEnvelope;
/** what a dishonest gateway does to the next reading's answer */
let lie: ((answer: Answer) => void) | null = null;

const lying =
  (real: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await real(input, init);
    if (lie === null || !String(input).endsWith('/v1/access') || !response.ok) return response;
    const answer = (await response.json()) as Answer;
    lie(answer);
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
  };

const spontaneous = (from: Member, to: Member): EnvelopeDraft =>
  disclosureTo(
    to.client,
    ['first', 'second'].map((facts) => disclosedForm(from.client, facts)),
  );

const { gateway, sender, reader, third, absent } = await openTown(
  { sender: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'], third: ['EE-POL', 'LAW_ENFORCEMENT'], absent: ['LV-FIN', 'FIU'] },
  lying,
);

beforeAll(async () => {
  sent = await sender.client.send(spontaneous(sender, reader));
});

const readingOf = (i: number): ReadingRequest => ({
  item: sent.items[i]!.statement.digest,
  via: sent.digest,
  purpose: 'INTELLIGENCE',
  justification: 'CASE_WORK',
});

async function checkThatRefuses(dishonest: (answer: Answer) => void): Promise<string> {
  lie = dishonest;
  try {
    await reader.client.open(readingOf(0));
    return 'SHOWN';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    lie = null;
  }
}

const other = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

describe('the reader’s order, with a gateway that lies', () => {
  it('shows what holds in every check', async () => {
    const opened = await reader.client.open(readingOf(0));
    expect(opened.content.role === 'FORM' && opened.content.fields.get('facts')).toBe('first');
  });

  it.each<[string, string, (answer: Answer, second: SentEnvelope['items'][number]) => void]>([
    ['another item', 'ITEM_STATEMENT', (answer, second) => void (answer.item = second.statement.compact)],
    [
      'an item with another signature',
      'ITEM_STATEMENT',
      (answer) => void (answer.item = answer.item.slice(0, -80) + other(answer.item.slice(-80))),
    ],
    ['no envelope', 'NOT_FOUND', (answer) => void delete answer.envelope],
    ['an envelope that was altered', 'ENVELOPE', (answer) => void (answer.envelope = other(answer.envelope!))],
    ['a seal that nobody signed', 'SEAL', (answer) => void (answer.seals[0]!.bytes = other(answer.seals[0]!.bytes))],
    ['no seal', 'SEAL', (answer) => void (answer.seals = [])],
    ['a body that was altered', 'CIPHERTEXT', (answer) => void (answer.body.bytes = other(answer.body.bytes))],
    [
      'a receipt that was altered',
      'RECEIPT_INVALID',
      (answer) => void (answer.receipt.body = answer.receipt.body.replace('"ALLOW"', '"DENY"')),
    ],
  ])('shows nothing of %s, and says %s', async (_what, code, dishonest) => {
    const shown = await checkThatRefuses((answer) => dishonest(answer, sent.items[1]!));
    // where neither envelope nor release came, the statement is asked for, and is no refusal of consent
    expect(code === 'NOT_FOUND' ? ['NOT_FOUND', 'REFUSAL'] : [code]).toContain(shown);
  });

  it('asks a third party’s client for the consent of every originator', async () => {
    const opened = await reader.client.open(readingOf(1));
    const recipient = { authority: third.client.authority, authorityType: 'LAW_ENFORCEMENT' } as const;
    const until = plusMs(clock.now(), 30 * DAY_MS);
    const grant = { items: [opened.item.digest], recipient, purposes: ['INTELLIGENCE'], until, holder: reader.client.authority } as const;
    const { consent } = await sender.client.grantConsent(grant);
    const handOn = async (basis: ReleaseDraft['basis'], over: Partial<ReleaseDraft> = {}, { client } = reader) => {
      const to = { to: recipient.authority, toType: recipient.authorityType, purpose: 'INTELLIGENCE' as const };
      const draft = { ...to, legalBasis: 'DOMESTIC_LAW:1', until, basis, ...over };
      return (await client.release(opened, draft)).release;
    };
    const reading = { item: opened.item.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
    const request = { ...reading, via: await handOn({ consents: [consent] }) };
    lie = (answer) => void (answer.consents = []);
    await expect(third.client.open(request)).rejects.toMatchObject({ code: 'CONSENT' });
    lie = (answer) => void (answer.release = other(answer.release!));
    await expect(third.client.open(request)).rejects.toMatchObject({ code: 'RELEASE' });
    lie = null;
    const shown = await third.client.open(request);
    expect(shown.content.role === 'FORM' && shown.content.fields.get('facts')).toBe('second');

    const originator = sender.client.authority;
    const eachByItself = { ...reading, via: await handOn({ each: [{ originator, consent }] }) };
    lie = (answer) => void (answer.consents = []);
    await expect(third.client.open(eachByItself)).rejects.toMatchObject({ code: 'CONSENT' });
    lie = null;
    expect((await third.client.open(eachByItself)).item.digest).toBe(opened.item.digest);
    // an originator that was found later stands in the label under which it comes, and nothing here is of its consent
    const foundLater = { ...opened.label, originators: [originator, absent.client.authority].sort() };
    await expect(handOn({ consents: [consent] }, { label: foundLater })).rejects.toMatchObject({ code: 'CONSENT_NOT_VERIFIED' });
    const { store } = reader;
    const options = { origin: gateway.origin, fetch, clock, chance, store, refusesLocally: false };
    const bold = { client: await ParleyClient.connect(options), store };
    const without = { ...reading, via: await handOn({ consents: [consent] }, { label: foundLater }, bold) };
    await expect(third.client.open(without)).rejects.toMatchObject({ code: 'CONSENT' });
  });

  it('shows a portion under the signature of who said it, and its other fields to nobody', async () => {
    const opened = await reader.client.open(readingOf(0));
    const { inseparable } = openingForm('SPONTANEOUS');
    expect(() => portionOf(opened, ['facts'], inseparable)).toThrow(/FIELDS_TORN/);
    expect(() => portionOf(opened, ['nothing'], inseparable)).toThrow(
      /FIELD_UNKNOWN: .*SPONTANEOUS_DISCLOSURE_1 holds no field nothing.*facts/,
    );
    const [{ content, ...form }] = spontaneous(reader, sender).items as [ItemDraft];
    const unheard = { ...content, fields: { unheard: 'x' } } as ItemDraft['content'];
    await expect(reader.client.send({ ...spontaneous(reader, sender), items: [{ ...form, content: unheard }] })).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
      what: expect.stringContaining('SPONTANEOUS_DISCLOSURE_1 has no unheard') as string,
      next: expect.stringMatching(/It has .*facts.*parley form list/) as string,
    });
    // as a program in JavaScript may write it
    const named = { ...content, schema: 'SPONTANEOUS_DISCLOSURE_1' } as unknown as ItemDraft['content'];
    await expect(reader.client.send({ ...spontaneous(reader, sender), items: [{ ...form, content: named }] })).rejects.toMatchObject({
      code: 'MALFORMED',
      next: expect.stringContaining('openingForm') as string,
    });
    const broken = { ...content, fields: { facts: 'x \ud800', evaluation: 1.5, asOf: 'y' } } as ItemDraft['content'];
    await expect(reader.client.send({ ...spontaneous(reader, sender), items: [{ ...form, content: broken }] })).rejects.toMatchObject({
      code: 'MALFORMED',
      what: expect.stringMatching(/facts: .*surrogate.*evaluation: .*integer/) as string,
    });
    const draft = spontaneous(reader, sender);
    // a name that is given twice is meant once: what discloses a field twice opens for nobody
    const portion = portionOf(opened, ['facts', 'evaluation', 'asOf', 'facts'], inseparable);
    const given = await reader.client.send({ ...draft, items: [draft.items[0]!, portion] });
    const item = given.items[1]!.statement.digest;
    const shown = await sender.client.open({ item, via: given.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
    expect(shown.item.payload).toMatchObject({ kind: 'EXTRACT', derivedFrom: [opened.item.digest] });
    expect(shown.content.role === 'FORM' && [...shown.content.fields.keys()].sort()).toEqual(['asOf', 'evaluation', 'facts']);
    expect(shown.content.role === 'FORM' && shown.content.original?.payload.issuer).toBe('CH-FIN');
  });

  it('does not seal to an authority whose root was never compared', async () => {
    const stranger = await gateway.join('XX-NEW', 'FIU');
    await expect(sender.client.send(spontaneous(sender, stranger))).rejects.toMatchObject({ code: 'ROOT_NOT_COMPARED' });
  });
});
