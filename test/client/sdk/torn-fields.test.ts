/** A composer with a program of its own, validly enrolled: what it seals does not fit what it signs, or is torn apart. */
import { beforeAll, describe, expect, it } from 'vitest';
import { contentOf, type Reading } from '../../../client/sdk/content.js';
import type { ItemDraft, Portion } from '../../../client/sdk/draft.js';
import { openingForm, type Opened } from '../../../client/sdk/index.js';
import { portionOf } from '../../../client/sdk/portion.js';
import { openedWrongs } from '../../../client/sdk/profile-form.js';
import type { Item } from '../../../client/sdk/reading-order.js';
import { discloseForm, disclosureDigest } from '../../../crypto/disclosure.js';
import { FORM_STEP_BYTES, padForm } from '../../../crypto/form.js';
import { createChance } from '../../support/world.js';
import { openTown } from './live-gateway.js';
import { disclosedForm, disclosureTo, givenNote, READ } from './notes.js';

const FORM = openingForm('SPONTANEOUS');
const GROUP = ['facts', 'evaluation', 'asOf'] as const;
/** a form that the reader gave, which the composer hands on in parts */
let received: Opened;

const { composer, reader } = await openTown({ composer: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'] });

beforeAll(async () => {
  received = await composer.client.open(await givenNote(reader.client, composer.client));
});

/** What the reader is shown of an item that goes along with a form in good order; the code of the refusal where nothing is. */
async function shown(item: ItemDraft) {
  const { client } = composer;
  const sent = await client.send(disclosureTo(reader.client, [disclosedForm(client), item]));
  const opened = reader.client.open({ item: sent.items[1]!.statement.digest, via: sent.digest, ...READ });
  const { content } = await opened.catch((error: unknown) => ({ content: error as { role: undefined; code: string; next: string } }));
  if (content.role === undefined) return { code: content.code, next: content.next };
  return content.role === 'FORM' ? { fields: [...content.fields.keys()].sort(), wrong: content.wrong } : content;
}

/** @param fields under a schema of the composer's own that has its name from the profile's */
function formOf(fields: Readonly<Record<string, unknown>>, code = FORM.code): ItemDraft {
  const schema = { code, fields: Object.keys(fields).map((name) => ({ name, mandatory: false })), inseparable: [] };
  return { ...disclosedForm(composer.client), content: { role: 'FORM', schema, fields } };
}

function portion(names: readonly string[], change: (portion: Portion) => Partial<Portion> = () => ({}), code = FORM.code): ItemDraft {
  const draft = portionOf(received, names, []);
  const { content } = draft;
  if (content.role !== 'FORM' || content.portion === undefined) throw new Error('no portion');
  const altered = { ...content.portion, ...change(content.portion) };
  return { ...draft, content: { ...content, schema: { ...content.schema, code }, portion: altered } };
}

describe('a form', () => {
  it('in good order is wrong in nothing', async () => {
    expect(await shown(disclosedForm(composer.client))).toMatchObject({ wrong: [] });
    expect(await shown(portion(GROUP))).toEqual({ fields: [...GROUP].sort(), wrong: [] });
  });

  it('whose files stand in it by their names is wrong in nothing', async () => {
    const file = {
      sizeBytes: 1,
      open: async function* () {
        yield new Uint8Array(1);
      },
    };
    const content = { role: 'FILE', file, name: 'a.bin', mediaType: 'application/octet-stream' } as const;
    const form = disclosedForm(composer.client);
    const sent = await composer.client.send(disclosureTo(reader.client, [form, { ...form, content }]));
    const opened = await reader.client.open({ item: sent.items[0]!.statement.digest, via: sent.digest, ...READ });
    expect(opened.content).toMatchObject({ role: 'FORM', wrong: [] });
    expect(opened.content.role === 'FORM' && opened.content.fields.get('attachments')).toHaveLength(1);
  });

  it('of which fields that belong together are torn apart says so, and so does a portion', async () => {
    const torn = { field: GROUP.join(', '), what: expect.stringContaining('belong together') as string };
    expect(await shown(formOf({ facts: 'It is certain.' }))).toEqual({ fields: ['facts'], wrong: [torn] });
    expect(await shown(portion(['facts']))).toEqual({ fields: ['facts'], wrong: [torn] });
  });

  it('says which field is none of the form’s, or not as the form takes it', async () => {
    const { wrong } = (await shown(
      formOf({ 'Facts (facts)': 'No.', facts: ['a', 'list'], evaluation: ' ', asOf: 'soon', relevance: 'A link.' }),
    )) as { wrong: readonly { field: string; what: string }[] };
    expect(wrong.map(({ field }) => field).sort()).toEqual(['', 'asOf', 'evaluation', 'facts']);
    expect(wrong.find(({ field }) => field === '')?.what).toContain('no member Facts (facts)');
  });

  it('says of files that it lists which it names as nobody could open them', async () => {
    const named = { item: 'an id', name: 'a.bin', mediaType: 'application/octet-stream' };
    const listing = (attachments: unknown) => openedWrongs(FORM.code, new Map([['attachments', attachments]]));
    expect(listing([named])).toEqual([]);
    expect(listing('A ledger, by courier.')).toEqual([]);
    for (const row of [null, 'a.bin', { ...named, name: 7 }, { item: 'an id' }])
      expect(listing([named, row])).toEqual([{ field: 'attachments', what: expect.stringContaining('row 2') as string }]);
    expect(listing(7)).toHaveLength(1);
  });

  it('of another name is not taken for one that was looked at', async () => {
    expect(await shown(formOf({ facts: 'It is certain.' }, 'ANOTHER_FORM_9'))).toEqual({
      fields: ['facts'],
      wrong: [{ field: '', what: expect.stringContaining('ANOTHER_FORM_9') as string }],
    });
  });
});

describe('a portion is shown by no part', () => {
  it.each<[string, string, () => ItemDraft]>([
    ['that says of a field that it is there, which is not', 'DISCLOSURES', () => portion(['relevance'], () => ({ present: ['facts'] }))],
    [
      'that holds a field twice',
      'DISCLOSURES',
      () => portion(GROUP, ({ disclosures }) => ({ disclosures: [...disclosures, disclosures[0]!] })),
    ],
    ['that holds more than it declares', 'DISCLOSURES', () => portion(GROUP, ({ disclosed }) => ({ disclosed: disclosed.slice(1) }))],
    ['that holds what its originator did not sign', 'DISCLOSURES', () => portion(GROUP, ownWords)],
    ['under the name of another form than its originator’s', 'ORIGINAL', () => portion(GROUP, undefined, 'FIU_REQUEST_1')],
    [
      'of an item that it does not declare',
      'ORIGINAL',
      () => ({ ...portion(GROUP), kind: 'OWN', sources: [], label: disclosedForm(composer.client).label }),
    ],
    ['whose original is cut', 'ORIGINAL', () => portion(GROUP, cutOriginal)],
  ])('%s: %s', async (_what, code, item) => {
    expect(await shown(item())).toEqual({ code, next: expect.stringContaining('Nothing of it is shown') as string });
  });
});

function ownWords({ disclosures }: Portion): Partial<Portion> {
  const { disclosures: own } = discloseForm({ facts: 'Another fact.' }, 1, createChance(9));
  const put = [own.get('facts')!, ...disclosures.slice(1)];
  return { disclosures: put, disclosed: put.map(disclosureDigest) };
}
const cutOriginal = ({ original }: Portion): Partial<Portion> => ({ original: { ...original, compact: original.compact.slice(0, -9) } });

describe('what is cut in the middle', () => {
  const { disclosures, sd } = discloseForm({ facts: 'Ça va — 事実', relevance: 'A link.' }, 9, createChance(3));
  const [facts, relevance] = [...disclosures.values()] as [string, string];
  const itemOf = (itemRole: string, present: readonly string[] = []) =>
    ({ payload: { itemRole, format: 'age', size: FORM_STEP_BYTES, form: { schema: FORM.code, present, _sd: sd } } }) as unknown as Item;
  const said = (item: Item, ...pieces: Uint8Array[]) => {
    async function* body() {
      yield* pieces;
    }
    return contentOf(item, body(), undefined, {} as Reading).then(
      () => 'SHOWN',
      (error: unknown) => (error as { code: string }).code,
    );
  };
  const padded = (bytes: Uint8Array): Uint8Array => {
    const whole = new Uint8Array(FORM_STEP_BYTES).fill(0x20);
    whole.set(bytes);
    return whole;
  };
  const utf8 = new TextEncoder();
  const cutField = (at: number): string => Buffer.from(Buffer.from(facts, 'base64url').subarray(0, at)).toString('base64url');

  it('is no text, however it comes in pieces', async () => {
    const text = utf8.encode('事実');
    expect(await said(itemOf('TEXT'), text.subarray(0, 4))).toBe('CONTENT');
    expect(await said(itemOf('TEXT'), text.subarray(0, 4), text.subarray(4))).toBe('SHOWN');
  });

  it('is no form, wherever it was cut', async () => {
    const form = padForm({ disclosures: [facts, relevance] });
    const length = Buffer.from(form).toString().trimEnd().length;
    expect(await said(itemOf('FORM', ['facts']), form)).toBe('SHOWN');
    for (let at = 0; at < length; at += 7) expect(await said(itemOf('FORM'), padded(form.subarray(0, at)))).toBe('CONTENT');
  });

  it('is no field, even where the issuer signed it so', async () => {
    for (let at = 30; at < Buffer.from(facts, 'base64url').length; at += 1) {
      const cut = cutField(at);
      const item = itemOf('FORM');
      const signed = { ...item, payload: { ...item.payload, form: { ...item.payload.form!, _sd: [disclosureDigest(cut)] } } };
      expect(await said(signed, padForm({ disclosures: [cut] }))).toBe('DISCLOSURES');
    }
    expect(await said(itemOf('FORM', ['facts']), padForm({ disclosures: [relevance] }))).toBe('DISCLOSURES');
  });
});
