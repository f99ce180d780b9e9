/** Holds on an item, and what its issuer is told who takes it back. */
import { expect, it } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU' });

const NOTE = disclosureTo('NG-FIA');

async function given(): Promise<string> {
  const { items } = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'send', '--again', terminal.write('note.json', NOTE));
  return items[0]!.item;
}

it('a hold is lifted once, and by whoever holds the item back', async () => {
  const item = await given();
  const nothing = { code: 'NOT_FOUND', what: expect.stringContaining('holds nothing back') as unknown };
  await expect(terminal.shows('ng-fia', 'lift', item)).rejects.toMatchObject(nothing);
  expect(await terminal.shows('ng-fia', 'hold', item)).toContain('Held back');
  await expect(terminal.shows('vg-fix', 'lift', item)).rejects.toMatchObject(nothing);
  expect(await terminal.shows('ng-fia', 'lift', item)).toContain('Lifted');
  await expect(terminal.shows('ng-fia', 'lift', item)).rejects.toMatchObject(nothing);
  await expect(terminal.shows('ng-fia', 'lift', 'A'.repeat(43))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('an item that is taken back stays at the gateway where a holder holds it back, and its issuer is told by whom', async () => {
  const [held, free, lifted] = [await given(), await given(), await given()];
  await terminal.shows('ng-fia', 'hold', held, '--until', '90d');
  for (const word of ['hold', 'lift']) await terminal.shows('ng-fia', word, lifted);
  const told = async () =>
    (await terminal.parley<{ kind: string }[]>('vg-fix', 'inbox', '--all')).filter(({ kind }) => kind === 'inability');
  await expect.poll(told).toHaveLength(5);
  const shown = await terminal.shows('vg-fix', 'erase', held, '--take-back');
  expect(await terminal.shows('vg-fix', 'audit', '--events')).toContain('RETRACT');
  expect(shown).toMatch(
    /^Taken back from everybody.*\nHELD BACK: the gateway keeps its sealed copy, because of NG-FIA \(LEGAL_HOLD, until 20/,
  );
  expect(shown).not.toContain('removes');
  expect(await terminal.shows('vg-fix', 'erase', free, '--take-back')).toContain('removes its sealed copy, unless');
  expect(await terminal.parley('vg-fix', 'erase', lifted, '--take-back')).toMatchObject({ heldBack: [] });
});

it('the end of a hold is told as one, and until when another lasts', async () => {
  const [held, lifted] = [await given(), await given()];
  await terminal.shows('ng-fia', 'hold', held, '--until', '90d');
  for (const word of ['hold', 'lift']) await terminal.shows('ng-fia', word, lifted);
  const shown = () => terminal.shows('vg-fix', 'inbox', '--all');
  await expect.poll(shown, { timeout: 10_000 }).toContain(`HELD NO MORE ${lifted}`);
  expect(await shown()).toContain(`UNABLE (LEGAL_HOLD) ${lifted}`);
  expect(await shown()).toMatch(new RegExp(`UNABLE \\(LEGAL_HOLD until \\S+Z\\) ${held}`));
});

it('a certificate of deletion answers the newest that asked for it, where nobody names another', async () => {
  const [asked, erased, unasked] = [await given(), await given(), await given()];
  const { statement: wrong } = await terminal.parley('vg-fix', 'correct', erased);
  const corrected = await terminal.parley('vg-fix', 'correct', asked);
  const retracted = await terminal.parley('vg-fix', 'retract', asked);
  const came = () => terminal.shows('ng-fia', 'inbox', '--all');
  await expect.poll(came, { timeout: 10_000 }).toContain(retracted['statement']);
  expect(await came()).toContain(corrected['statement']);
  expect(await came()).toContain(`  parley deleted ${asked}\n  parley unable ${asked} --code WHY`);
  expect(await terminal.shows('vg-fix', 'inbox', '--all')).not.toContain('parley deleted');
  expect(await terminal.parley('ng-fia', 'deleted', asked)).toMatchObject({ answers: retracted['statement'] });
  expect(await terminal.parley('ng-fia', 'erase', erased)).toMatchObject({ answers: wrong });
  expect(await terminal.parley('ng-fia', 'deleted', unasked)).not.toHaveProperty('answers');
});

it('a holder that is not its issuer is told whom to ask, and nothing is taken back', async () => {
  const item = await given();
  await terminal.parley('ng-fia', 'open', item);
  await expect(terminal.parley('ng-fia', 'erase', item, '--take-back')).rejects.toMatchObject({
    violations: [{ code: 'NOT_ORIGINATOR', sentence: expect.stringContaining('only VG-FIX') as string }],
  });
  expect(await terminal.shows('vg-fix', 'inbox', '--all')).not.toContain('RETRACT');
});

it('what its issuer deleted already is not deleted, nor taken back, a second time', async () => {
  const [erased, takenBack] = [await given(), await given()];
  await terminal.parley('vg-fix', 'erase', erased);
  await terminal.parley('vg-fix', 'erase', takenBack, '--take-back');
  const again = (item: string) => terminal.parley('vg-fix', 'erase', item, '--take-back');
  await expect(again(erased)).rejects.toMatchObject({
    code: 'DELETED_BEFORE',
    what: expect.stringMatching(/certified already.*Nothing was signed/) as string,
    next: expect.stringContaining(`parley retract ${erased}`) as string,
  });
  await expect(again(takenBack)).rejects.toMatchObject({
    code: 'DELETED_BEFORE',
    what: expect.stringMatching(/taken back already, by the statement .* holds it no more.*Nothing was handed in/) as string,
    next: expect.not.stringContaining('parley retract') as string,
  });
  // by its own word, which others hear of
  const { statement } = await terminal.parley('vg-fix', 'retract', erased);
  const shown = () => terminal.shows('ng-fia', 'inbox', '--all');
  await expect.poll(shown, { timeout: 10_000 }).toContain(statement);
  const words = await shown();
  for (const item of [erased, takenBack]) expect(words.split(`RETRACT ${item}`)).toHaveLength(2);
});

it('a hold takes no reason that holds nothing back', async () => {
  const item = await given();
  for (const code of ['PUBLIC_PROCEEDINGS', 'DISCLOSURE_REQUIRED_BY_LAW', 'DEFENCE_ACCESS_TO_FILE'])
    await expect(terminal.shows('ng-fia', 'hold', item, '--code', code)).rejects.toThrow('It is one of LEGAL_HOLD, ');
  expect(await terminal.shows('ng-fia', 'hold', item, '--code', 'STILL_NEEDED')).toContain('Held back');
});
