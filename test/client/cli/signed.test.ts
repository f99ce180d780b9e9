/** Whatever a command signs, its answer under --json calls it by one name. */
import { expect, it } from 'vitest';
import { openedDisclosure } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });

const FORMER = ['digest', 'envelope', 'consent', 'release', 'notice', 'approval', 'verification', 'receiptBody'];

async function signedBy(profile: string, ...words: string[]): Promise<string> {
  const answer = await terminal.parley(profile, ...words);
  expect([words, answer]).toEqual([words, expect.objectContaining({ statement: expect.stringMatching(/^[\w-]{43}$/) as string })]);
  expect(Object.keys(answer).filter((name) => FORMER.includes(name))).toEqual([]);
  expect(answer['receipt']).toMatchObject({ body: expect.stringContaining(answer['statement']!) as string });
  return answer['statement']!;
}

it('is a statement with its receipt, whichever command signed it', async () => {
  const { exchange, item } = await openedDisclosure(terminal);
  await signedBy('ng-fia', 'ack', exchange);
  await signedBy('ng-fia', 'reply', exchange, 'ACCEPT');
  const to = ['--to', 'NG-EFCX', '--purpose', 'INTELLIGENCE'];
  const asking = await terminal.parley('ng-fia', 'consent', 'ask', exchange, '--item', item, ...to, '--until', '2d');
  expect(asking).toMatchObject({ statement: expect.any(String) as string, exchange: expect.any(String) as string });
  const consent = await signedBy('vg-fix', 'consent', 'grant', asking['exchange']!, '--yes');
  await signedBy('ng-fia', 'release', item, ...to, '--legal-basis', 'RECIPROCITY', '--consent', consent);
  await signedBy('ng-fia', 'use', item, 'INTELLIGENCE');
  const revoked = await signedBy('vg-fix', 'consent', 'revoke', consent);
  expect(revoked).not.toBe(consent);
  const way = ['--way', 'EMERGENCY', '--emergency', 'THREAT_TO_LIFE', '--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT'];
  const notice = await signedBy('ng-fia', 'notice', 'give', item, ...way, '--legal-basis', 'UNCAC_46');
  await signedBy('vg-fix', 'notice', 'answer', notice, '--no-objection');
  await signedBy('vg-fix', 'notice', 'confirm', item, '--holder', 'NG-FIA');
  await signedBy('ng-fia', 'hold', item);
  await signedBy('ng-fia', 'lift', item);
  await signedBy('vg-fix', 'tighten', item, '--caveat', 'NO_EXPORT');
  await signedBy('vg-fix', 'relax', item, '--lift', 'NO_EXPORT');
  const correction = await signedBy('vg-fix', 'correct', item);
  await signedBy('ng-fia', 'unable', item, '--code', 'LEGAL_HOLD', '--answers', correction);
  await signedBy('vg-fix', 'retract', item);
  await signedBy('ng-fia', 'deleted', item);
  await signedBy('vg-fix', 'entry', 'confirm');
});
