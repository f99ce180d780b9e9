/** A window whose date becomes certain since the authority that is asked declares its days: what each side reads of that, and what is left in evidence and reports. */
import { readFileSync } from 'node:fs';
import { afterAll, expect, it, vi } from 'vitest';
import { openGateway } from '../sdk/live-gateway.js';
import { createTerminal } from './terminal.js';

const gateway = await openGateway();
afterAll(() => gateway.running.drain());
const terminal = createTerminal(gateway);
// no calendar data has ZZ
await terminal.enrol({ 'KE-EXT': 'CENTRAL_AUTHORITY_EXTRADITION', 'ZZ-EXT': 'CENTRAL_AUTHORITY_EXTRADITION' });

const DRAFT = {
  to: 'ZZ-EXT',
  toType: 'CENTRAL_AUTHORITY_EXTRADITION',
  fromType: 'CENTRAL_AUTHORITY_EXTRADITION',
  exchangeType: 'EXTRADITION_CONSULTATION',
  profile: 'EXTRADITION_CONSULT',
  legalBasis: ['UNCAC_44'],
  framework: [],
  purposes: ['EXTRADITION'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  body: {},
  form: {
    person: 'Subject-5',
    nationality: 'Not known.',
    location: 'There.',
    offence: 'Bribery.',
    dualCriminality: 'MET',
    question: 'Would a request have prospects?',
    treatyBasis: 'None.',
    custody: 'None.',
  },
};
const FACTS = {
  name: 'ZZ-EXT',
  territory: 'ZZ',
  types: ['CENTRAL_AUTHORITY_EXTRADITION'],
  languages: ['en'],
  clearance: 'RESTRICTED',
  timeZone: 'UTC',
  roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
};

it('a date that becomes certain is told to who owes, and to whoever reads the log, as that', async () => {
  const { exchange } = await terminal.parley('ke-ext', 'send', terminal.write('draft.json', DRAFT));
  await vi.waitFor(async () => {
    expect(await terminal.shows('zz-ext', 'inbox')).toContain(exchange);
  });
  await terminal.parley('zz-ext', 'ack', exchange!);
  await terminal.parley(
    'zz-ext',
    'reply',
    exchange!,
    'PRE_REFUSAL_CONSULTATION',
    '--body',
    '{"codes":["NATIONALITY"]}',
    '--text',
    'Nationality is in the way: what do you say?',
  );
  const window = (): Promise<string> => terminal.shows('ke-ext', 'dates', exchange!);
  const [, day] = /due (\d{4}-\d\d-\d\d 23:59 UTC): runs; provisional: NO_HOLIDAY_DATA/.exec(await window()) ?? [];
  const closingDays = ['2099-12-25'];
  await terminal.parley('zz-ext', 'entry', terminal.write('facts.json', { ...FACTS, calendar: { weekend: ['SAT', 'SUN'], closingDays } }));
  expect(await gateway.recountClocks()).toBe(1);

  // who owes is told; both read the same date, which is firm now, since when it counts, and nobody's calendar is called missing any more
  expect(await terminal.shows('ke-ext', 'inbox', '--all')).toContain(`CLOCK_MOVED PRE_REFUSAL_10BD ${day}, certain now`);
  expect(await terminal.shows('zz-ext', 'inbox', '--all')).not.toContain('CLOCK_MOVED');
  expect(await window()).toContain(`due ${day}: runs\n`);
  expect(await window()).toMatch(/stood\s+still \d{4}-\d\d-\d\d to/);
  expect(await terminal.shows('zz-ext', 'dates', exchange!)).toBe(await window());
  expect(await terminal.shows('ke-ext', 'show', exchange!)).toContain(`You owe views by ${day}`);

  // the file that an inspector is handed says it in the same words from either side's log
  for (const side of ['ke-ext', 'zz-ext']) {
    const out = terminal.path(`${side}.zip`);
    await terminal.shows(side, 'evidence', exchange!, '--out', out);
    const timeline = readFileSync(out, 'latin1');
    expect(timeline).toMatch(/basis DUE \S+ CERTAIN BY test 1; entry 2/);
    expect(timeline).not.toMatch(/DUE (\S+) WAS \1 /);
  }
  // nothing is late by it
  expect(await terminal.shows('zz-ext', 'report', 'quarterly')).toMatch(/Overdue\s+│\s+│ 0/);
});
