/** What was granted is shown where the exchange is, to whom asked, and by the names of the options that grant it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { openedDisclosure } from './disclosure.js';
import { createTerminal, type Terminal } from './terminal.js';

let gateway: LiveGateway;
let terminal: Terminal;
let given = '';
let item = '';

beforeAll(async () => {
  gateway = await openGateway();
  terminal = createTerminal(gateway);
  await terminal.enrol({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });
  ({ exchange: given, item } = await openedDisclosure(terminal));
});
afterAll(() => gateway.running.drain());

const TO = ['--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INTELLIGENCE'];
const ask = async (...more: string[]) =>
  (await terminal.parley('ng-fia', 'consent', 'ask', given!, '--item', item!, ...TO, '--until', '2d', ...more)).exchange!;

it('a grant and its end stand in `show`, and `proceedings` in the inbox', async () => {
  const exchange = await ask();
  const grant = ['consent', 'grant', exchange, '--proceedings', 'case-1'];
  const { consent } = await terminal.parley('vg-fix', ...grant, '--yes');
  await expect(terminal.parley('vg-fix', ...grant, '--yes')).rejects.toMatchObject({
    code: 'DONE_BEFORE',
    what: expect.stringContaining(consent!) as string,
  });
  await expect(terminal.parley('vg-fix', ...grant, '--again')).rejects.toMatchObject({
    next: expect.stringContaining(`${grant.join(' ')} --again`) as string,
  });
  await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
  const shown = await terminal.shows('ng-fia', 'show', exchange);
  expect(shown).toContain(`consent ${consent}\n`);
  expect(shown).toContain('  proceedings: case-1\n');
  expect(shown).toMatch(/\nrevocation [\w-]{43}\n/);
  expect(shown).not.toContain('conditions:');
  expect(await terminal.parley('ng-fia', 'show', exchange)).toMatchObject({
    consents: [
      { kind: 'consent', statement: consent, says: { conditions: ['case-1'] } },
      { kind: 'revocation', says: { consent } },
    ],
  });
  const inbox = await terminal.shows('ng-fia', 'inbox', '--all');
  expect(inbox).toMatch(/^\d+ envelope SUBMIT, SPONTANEOUS_DISCLOSURE on \w+, from VG-FIX$/m);
  expect([inbox.includes('  proceedings: case-1'), inbox.includes('conditions:')]).toEqual([true, false]);
});

it('a grant that stands is shown with the command for which it was asked, and one that was ended is not', async () => {
  const exchange = await ask('--again');
  const { consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--yes');
  const command = `  parley release ${item} --to NG-EFCX --to-type LAW_ENFORCEMENT --purpose INTELLIGENCE --legal-basis … --consent ${consent}\n`;
  expect(await terminal.shows('ng-fia', 'show', exchange)).toContain(command);
  expect(await terminal.shows('ng-fia', 'explain', 'release', '--item', item!, ...TO)).toContain(`cite it, --consent ${consent}`);
  await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
  expect(await terminal.shows('ng-fia', 'show', exchange)).not.toContain('parley release');
});

it('a draft that encloses nothing shows no table of items', async () => {
  const onward = ['--item', item!, ...TO];
  await terminal.parley('ng-fia', 'explain', 'release', ...onward, '--out', terminal.path('request.json'));
  const shown = await terminal.shows('ng-fia', 'send', terminal.path('request.json'));
  expect(shown).toMatch(/^Accepted: exchange /);
  expect(shown).not.toContain('what');
});
