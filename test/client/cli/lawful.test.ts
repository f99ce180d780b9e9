import { beforeAll, describe, expect, it } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'CH-FIN': 'FIU', 'EE-FIN': 'FIU', 'EE-PRO': 'PROSECUTION' });
const { parley } = terminal;
let item: string;

beforeAll(async () => {
  const sent = await parley<{ items: { item: string }[] }>('ch-fin', 'send', terminal.write('draft.json', disclosureTo('EE-FIN')));
  item = sent.items[0]!.item;
  await parley('ee-fin', 'inbox', '--wait', '5');
  await parley('ee-fin', 'open', item);
});

const to = ['--to', 'EE-PRO', '--to-type', 'PROSECUTION'];

describe('the command line', () => {
  it('tells of an exculpatory disclosure, and waits for the second person', async () => {
    const told = ['--way', 'EXCULPATORY', ...to, '--legal-basis', 'UNCAC_46', '--impossible', 'HEARING_UNDER_WAY'];
    const { statement: notice } = await parley('ee-fin', 'notice', 'give', item, ...told);
    await expect(parley('ee-fin', 'notice', 'approve', notice!)).rejects.toMatchObject({ codes: ['TWO_PERSONS_REQUIRED'] });
    expect(await parley('ch-fin', 'notice', 'answer', notice!)).toMatchObject({ statement: expect.any(String) as unknown });
    expect(await parley('ch-fin', 'notice', 'answer', notice!, '--no-objection')).toMatchObject({
      statement: expect.any(String) as unknown,
    });
    const release = ['release', item, ...to, '--purpose', 'EXCULPATORY', '--legal-basis', 'UNCAC_46', '--notice', notice!];
    await expect(parley('ee-fin', ...release)).rejects.toMatchObject({
      codes: expect.arrayContaining(['TWO_PERSONS_REQUIRED']) as unknown,
    });
  });

  it('says which option a way needs', async () => {
    const basis = ['--legal-basis', 'UNCAC_46'];
    await expect(parley('ee-fin', 'notice', 'give', item, '--way', 'EMERGENCY', ...to, ...basis)).rejects.toMatchObject({
      code: 'MALFORMED',
    });
    const urgent = ['--way', 'EMERGENCY', ...to, ...basis, '--emergency', 'THREAT_TO_LIFE'];
    expect(await parley('ee-fin', 'notice', 'give', item, ...urgent)).toMatchObject({ statement: expect.any(String) as unknown });
  });

  it('confirms an item, relaxes and corrects it, and sees what each holder answered', async () => {
    const { statement: verification } = await parley('ch-fin', 'notice', 'confirm', item, '--holder', 'EE-FIN');
    const came = () => parley<object[]>('ee-fin', 'inbox', '--all', '--wait', '5');
    const says = expect.objectContaining({ item, answer: 'CONFIRMED' }) as unknown;
    await expect.poll(came).toContainEqual(expect.objectContaining({ kind: 'verification', statement: verification, says }));
    await parley('ee-fin', 'use', item, 'INTELLIGENCE', '--action', 'PASSIVE', '--verification', verification!);
    await parley('ch-fin', 'relax', item, '--lift', 'NO_THIRD_PARTY');
    const { statement: digest } = await parley('ch-fin', 'correct', item);
    await parley('ee-fin', 'inbox', '--wait', '5');
    await parley('ee-fin', 'unable', item, '--code', 'LEGAL_HOLD', '--answers', digest!);
    const answers = () => parley<object[]>('ch-fin', 'answers', digest!);
    expect(await answers()).toMatchObject([{ holder: 'EE-FIN', answer: 'UNABLE' }]);
    await parley('ee-fin', 'deleted', item, '--answers', digest!);
    expect(await answers()).toMatchObject([{ holder: 'EE-FIN', answer: 'DELETED' }]);
  });
});
