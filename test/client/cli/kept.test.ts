/** A restriction in words: whoever hands it on states that it is kept. */
import { expect, it } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });

const WORDS = 'A'.repeat(43);
const TO = ['--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INTELLIGENCE'];

it('is asked for before an item is handed on, with consent too, and goes on in the signed release', async () => {
  const note = terminal.write('note.json', disclosureTo('NG-FIA'));
  const { exchange: given, items } = await terminal.parley<{ exchange: string; items: { item: string }[] }>('vg-fix', 'send', note);
  const item = items[0]!.item;
  await terminal.parley('vg-fix', 'tighten', item, '--caveat', `OTHER_RESTRICTION=${WORDS}`);
  await terminal.parley('ng-fia', 'inbox');
  expect(await terminal.shows('ng-fia', 'open', item)).toContain(`OTHER_RESTRICTION (VG-FIX) texts ${WORDS}`);
  const { exchange } = await terminal.parley('ng-fia', 'consent', 'ask', given, '--item', item, ...TO, '--until', '2d');
  await terminal.parley('vg-fix', 'inbox');
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange!, '--until', '1d', '--yes');

  const unsaid = await terminal.shows('ng-fia', 'explain', 'release', '--item', item, ...TO);
  expect(unsaid).toContain('CONDITION_NOT_MET (label/in-words)');
  expect(unsaid).toContain(`parley open ${WORDS}`);
  expect(unsaid).toContain(`--kept ${WORDS}`);
  // whoever has it from a holder may never have had the text
  expect(unsaid).toContain(`parley release ${WORDS}`);
  expect(await terminal.shows('ng-fia', 'explain', 'release', '--item', item, ...TO, '--kept', WORDS)).toMatch(/^Yes/);
  const release = ['release', item, ...TO, '--legal-basis', 'DOMESTIC_LAW:FIA-2003', '--consent', consent!];
  await expect(terminal.parley('ng-fia', ...release)).rejects.toMatchObject({ codes: ['CONDITION_NOT_MET'] });
  const { statement: made } = await terminal.parley('ng-fia', ...release, '--kept', WORDS);
  await expect(terminal.parley('ng-fia', ...release, '--kept', WORDS)).rejects.toMatchObject({
    code: 'DONE_BEFORE',
    what: expect.stringContaining(made!) as string,
  });
  await terminal.parley('ng-fia', ...release, '--kept', WORDS, '--again');
  await terminal.parley('ng-efcx', 'inbox');
  expect(await terminal.parley('ng-efcx', 'open', item, '--via', made!)).toMatchObject({ kept: [WORDS] });
  const shown = await terminal.shows('ng-efcx', 'open', item, '--via', made!);
  expect(shown).toContain(`NG-FIA states that this keeps to what is said in words, or is what its owner consented to: ${WORDS}.`);
});
