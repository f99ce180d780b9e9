/** A draft that is in order: something told that nobody asked for. */
import type { Terminal } from './terminal.js';

export const disclosureTo = (to: string, facts = 'An account was closed.') => ({
  to,
  toType: 'FIU',
  fromType: 'FIU',
  exchangeType: 'SPONTANEOUS_DISCLOSURE',
  profile: 'SPONTANEOUS',
  legalBasis: ['UNCAC_46_4'],
  framework: [],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  body: { spontaneousBasis: 'UNCAC_46_4' },
  form: { relevance: 'A link.', facts, evaluation: 'A1', asOf: '2026-11-01' },
});

/** VG-FIX has disclosed something to NG-FIA, which has opened it. */
export async function openedDisclosure(terminal: Terminal): Promise<{ readonly exchange: string; readonly item: string }> {
  const note = terminal.write('note.json', disclosureTo('NG-FIA'));
  const { exchange, items } = await terminal.parley<{ exchange: string; items: { item: string }[] }>('vg-fix', 'send', note);
  const { item } = items[0]!;
  await terminal.parley('ng-fia', 'inbox', '--wait', '30');
  await terminal.parley('ng-fia', 'open', item);
  return { exchange, item };
}
