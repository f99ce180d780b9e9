import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { createTerminal, type Terminal } from './terminal.js';

let gateway: LiveGateway;
let terminal: Terminal;
let exchange: string;

const REQUEST = {
  to: 'VG-FIX',
  toType: 'FIU',
  fromType: 'FIU',
  exchangeType: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  legalBasis: ['RECIPROCITY'],
  framework: [],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  body: { intendedRecipients: [], alsoRequestedVia: [], reciprocity: true, periodFrom: '2026-01-01' },
  form: {
    subjects: 'Company-A',
    facts: 'f',
    background: 'b',
    reasons: 'r',
    countryLink: 'l',
    intendedUse: 'u',
    offence: 'NOT_YET_IDENTIFIED',
  },
};

beforeAll(async () => {
  gateway = await openGateway();
  terminal = createTerminal(gateway);
  await terminal.enrol({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });
  ({ exchange } = (await terminal.parley('ng-fia', 'send', terminal.write('request.json', REQUEST))) as { exchange: string });
  await terminal.parley('vg-fix', 'inbox');
  await terminal.parley('vg-fix', 'ack', exchange);
});
afterAll(() => gateway.running.drain());

const reply = (...words: string[]) => terminal.parley('vg-fix', 'reply', exchange, ...words);

describe('a body that has not its shape', () => {
  it('is refused by the missing member, the unknown one and the allowed values, and none of its own is repeated', async () => {
    const body = JSON.stringify({ code: 'canary-7f3a', why: 'canary-7f3a' });
    const refused: unknown = await reply('POSTPONE', '--text', 'Later.', '--body', body).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'MALFORMED', next: expect.stringContaining('parley body POSTPONE') as string });
    const { what } = refused as { what: string };
    for (const words of ['code: it is one of ONGOING_PROCEEDINGS, ', 'reviewDate is missing', 'it has no member why'])
      expect(what).toContain(words);
    expect(what).not.toContain('canary');
    expect(await terminal.shows('vg-fix', 'reply', exchange, 'REFUSE', '--body', '[]').catch(String)).toContain('parley body REFUSE');
  });

  it('is refused in a draft as well, by send and by explain alike', async () => {
    const odd = terminal.write('odd.json', { ...REQUEST, body: { ...REQUEST.body, confidentiality: 'SOME' } });
    for (const words of [
      ['send', odd],
      ['explain', 'send', odd],
    ])
      await expect(terminal.parley('ng-fia', ...words)).rejects.toMatchObject({
        code: 'MALFORMED',
        what: expect.stringContaining('confidentiality: it is one of FACT_AND_SUBSTANCE, SUBSTANCE, NONE') as string,
      });
    const facts = terminal.write('facts.json', { ...REQUEST, urgency: 'SOON', matter: 'x' });
    await expect(terminal.parley('ng-fia', 'send', facts)).rejects.toMatchObject({
      what: expect.stringMatching(/urgency: it is one of ROUTINE, .*the file: it has no member matter/) as string,
    });
  });
});
