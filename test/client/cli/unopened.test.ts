/** A request whose seal does not open, from the word that says so to the same, sealed anew. */
import { expect, it } from 'vitest';
import { REQUEST } from './request.js';
import { openTerminal } from './terminal.js';

interface Shown {
  readonly state: string;
  readonly messages: readonly { readonly seals: readonly { readonly item: string; readonly seal: string }[] }[];
}

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });

it('is owed anew by who asked, on the form of the request', async () => {
  const { exchange } = await terminal.parley<{ exchange: string }>('ng-fia', 'send', terminal.write('request.json', REQUEST));
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  const { messages } = await terminal.parley<Shown>('vg-fix', 'show', exchange);
  const { item, seal: proof } = messages[0]!.seals[0]!;
  await terminal.parley('vg-fix', 'reply', exchange, 'UNDECIPHERABLE', '--body', JSON.stringify({ item, proof }));
  const words = (await terminal.shows('ng-fia', 'show', exchange)).replaceAll(/\s+/g, ' ');
  expect(words).toMatch(/You owe what could not be opened, sealed anew by [^()]* UTC \(RESUBMIT_5BD\)\./);
  const anew = terminal.write('anew.json', { form: REQUEST.form });
  await terminal.parley('ng-fia', 'reply', exchange, 'RESUBMIT', '--form', anew);
  expect((await terminal.parley<Shown>('ng-fia', 'show', exchange)).state).toMatch(/SUBMITTED|DELIVERED/);
});
