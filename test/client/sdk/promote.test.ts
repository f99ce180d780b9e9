import { beforeAll, describe, expect, it } from 'vitest';
import { defaultLabel, formIssues, profileForm, type ItemDraft } from '../../../client/sdk/index.js';
import type { Opened } from '../../../client/sdk/open.js';
import type { ExchangeId } from '../../../domain/ids.js';
import { consultation } from '../../gateway/http/gate.js';
import { openTown } from './live-gateway.js';
import { waitFor } from './notes.js';

let exchange: ExchangeId;
let answer: Opened;

const PROFILE = 'INFORMAL_MLA_CONSULT';
const FORMAL = { profile: 'FORMAL_MLA', purpose: 'PROSECUTION_JUDICIAL' } as const;

/** my consults us and is answered; a file of its own and an extract of the answer go along. */
const { my, us, ke } = await openTown({
  my: ['MY-AGX', 'CENTRAL_AUTHORITY_MLA'],
  us: ['US-OIX', 'CENTRAL_AUTHORITY_MLA'],
  ke: ['KE-AGX', 'CENTRAL_AUTHORITY_MLA'],
});

beforeAll(async () => {
  const asked = consultation(my.client.authority, us.client.authority, file('records.txt'));
  const [form, ...rest] = asked.items;
  const content = form!.content as Extract<ItemDraft['content'], { role: 'FORM' }>;
  const fields = { ...content.fields, persons: 'Subject-1, a former minister.', draft: 'To follow.' };
  ({ exchange } = await my.client.send({ ...asked, items: [{ ...form!, content: { ...content, fields } }, ...rest] }));
  await waitFor(us.client, (entry) => entry.exchange === exchange);
  await us.client.acknowledge(exchange);
  const text = { content: { role: 'TEXT', text: 'A voluntary interview is possible.' }, language: 'en' } as const;
  const said = await us.client.followUp(exchange, {
    message: 'DISCUSS',
    body: {},
    items: [{ ...text, label: defaultLabel(PROFILE, us.client.authority) }],
  });
  await waitFor(my.client, ({ statement }) => statement?.digest === said.digest);
  const item = said.items[0]!.statement.digest;
  answer = await my.client.open({ item, via: said.digest, purpose: 'MLA_PREPARATION', justification: 'CASE_WORK' });
  await my.client.followUp(exchange, {
    message: 'DISCUSS',
    body: {},
    items: [{ ...text, label: defaultLabel(PROFILE, my.client.authority), sources: [answer] }],
  });
});

const file = (name: string) => {
  const bytes = new TextEncoder().encode('rows');
  return { role: 'FILE', name, mediaType: 'text/plain', file: { sizeBytes: bytes.length, open: () => once(bytes) } } as const;
};
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

describe('a formal draft of an informal exchange', () => {
  it('fills what is one’s own and bears the same name, relates to the exchange, and names what it left out', async () => {
    const promoted = await my.client.promote(exchange, FORMAL);
    expect(promoted).toMatchObject({
      to: 'US-OIX',
      form: { persons: 'Subject-1, a former minister.' },
      facts: { legalBasis: ['UNCAC_46'], matterType: 'CRIMINAL', language: 'en' },
      relatesTo: [exchange],
    });
    // a consultation's question and draft have no place in a request
    expect(promoted.from).toEqual({ offence: 'offenceSummary', persons: 'persons' });
    expect(promoted.form['offence']).toBe('the offenceSummary');
    expect(promoted.isTold).toBe(true);
    expect(promoted.files).toHaveLength(1);
    expect(promoted.leftOut.map(({ issuer, kind, originators }) => ({ issuer, kind, originators: originators.toSorted() }))).toEqual([
      { issuer: 'US-OIX', kind: 'OWN', originators: ['US-OIX'] },
      { issuer: 'MY-AGX', kind: 'EXTRACT', originators: ['MY-AGX', 'US-OIX'] },
    ]);
    expect(promoted.leftOut[0]).toMatchObject({
      item: answer.item.digest,
      caveats: expect.arrayContaining([{ code: 'NO_THIRD_PARTY', by: 'US-OIX' }]) as unknown,
    });
    const form = profileForm('FORMAL_MLA', 'opening')!;
    expect(formIssues(form, promoted.form).map(({ field }) => field)).not.toContain('persons');
  });

  it('tells how to ask for what was received, where it is to go to somebody else, and tells them of no exchange', async () => {
    const promoted = await my.client.promote(exchange, { ...FORMAL, to: ke.client.authority });
    expect(promoted.relatesTo).toEqual([]);
    expect(promoted.leftOut[0]!.release).toMatchObject({
      allowed: false,
      missing: [
        { originator: 'US-OIX', ask: { to: 'US-OIX', profile: PROFILE, body: { consent: { recipient: { authority: 'KE-AGX' } } } } },
      ],
    });
  });

  it('asks for an extract of one’s own whoever gave what it is made from, by a request that is sent as it is', async () => {
    const { leftOut } = await my.client.promote(exchange, { ...FORMAL, to: ke.client.authority });
    const extract = leftOut.find(({ kind }) => kind === 'EXTRACT')!;
    expect(extract.release!.missing.map(({ originator }) => originator)).toEqual(['US-OIX']);
    const ask = extract.release!.missing[0]!.ask!;
    expect([ask.to, ask.body.consent.items]).toEqual(['US-OIX', [extract.item]]);
    const sent = await my.client.send({ ...ask, message: 'SUBMIT', items: [] });
    await waitFor(us.client, (entry) => entry.exchange === sent.exchange);
    await us.client.grantRequest(await us.client.consentRequestOf(sent.exchange));
    const then = await my.client.explainRelease({
      item: extract.item,
      to: ke.client.authority,
      toType: 'CENTRAL_AUTHORITY_MLA',
      purpose: 'PROSECUTION_JUDICIAL',
    });
    expect(then.missing).toEqual([]);
  });

  it('is the own words of whoever makes it: the other side promotes none of them', async () => {
    const promoted = await us.client.promote(exchange, FORMAL);
    expect(promoted).toMatchObject({ to: 'MY-AGX', form: {}, from: {}, facts: {}, isTold: false });
    expect(promoted.leftOut.map(({ issuer }) => issuer)).toEqual(['MY-AGX', 'MY-AGX', 'MY-AGX']);
  });

  it('leaves a public record behind: it is nobody’s own, and needs no request to go along', async () => {
    const text = { content: { role: 'TEXT', text: 'From the register.' }, language: 'en' } as const;
    const said = await my.client.followUp(exchange, {
      message: 'DISCUSS',
      body: {},
      items: [{ ...text, kind: 'PUBLIC_RECORD', label: defaultLabel(PROFILE, my.client.authority) }],
    });
    const record = said.items[0]!.statement.digest;
    const { files, leftOut } = await my.client.promote(exchange, FORMAL);
    expect(files).not.toContain(record);
    expect(leftOut.map(({ item }) => item)).toContain(record);
  });

  it('is of no kind that has no form', async () => {
    await expect(my.client.promote(exchange, { ...FORMAL, type: 'CONSENT_REQUEST' })).rejects.toMatchObject({ code: 'NO_FORM' });
  });
});
