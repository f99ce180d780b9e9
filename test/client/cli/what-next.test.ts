import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dueFirst, owedLine, stepLines } from '../../../client/cli/what-next.js';
import { possibleSteps } from '../../../domain/exchange.js';
import { REQUEST } from './request.js';
import { openTerminal } from './terminal.js';

let exchange: string;

interface Shown {
  readonly state: string;
  readonly possible: readonly { readonly step: string; readonly command: string }[];
  readonly owed: readonly { readonly by: string; readonly clock: string; readonly due: string }[];
}

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });

beforeAll(async () => {
  ({ exchange } = (await terminal.parley('ng-fia', 'send', terminal.write('request.json', REQUEST))) as { exchange: string });
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
});

const shown = (profile: string) => terminal.parley<Shown>(profile, 'show', exchange);
/** The words of a command that was shown, as a shell would give them. */
const typed = (command: string): string[] => (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", '')).slice(1);

it('what is owed first comes first', () => {
  const clocks = ['2026-12-18T23:59:00Z', '2026-11-30T13:00:00Z', '2026-12-01T23:59:00Z'].map((due) => ({ due }));
  expect(dueFirst(clocks).map(({ due }) => due.slice(5, 10))).toEqual(['11-30', '12-01', '12-18']);
});

describe('parley show', () => {
  it('names what each side may do now, with the command for it, and nothing that its table does not allow', async () => {
    const [asked, asking] = [await shown('vg-fix'), await shown('ng-fia')];
    expect(asked.possible.map(({ step }) => step)).toEqual([...new Set(possibleSteps('FIU_REQUEST', 'DELIVERED', 'Q'))]);
    expect(asking.possible.map(({ step }) => step)).toEqual([...new Set(possibleSteps('FIU_REQUEST', 'DELIVERED', 'R'))]);
    const words = await terminal.shows('vg-fix', 'show', exchange);
    for (const line of [
      'DELIVERED',
      `  parley ack ${exchange}\n`,
      `  parley clarify ${exchange} --text-file …\n`,
      `  parley reply ${exchange} REFUSE --body '{"codes":["…"]}' --text-file …\n`,
    ])
      expect(words).toContain(line);
    // what is seldom needed is not what one is told first
    expect(words.trimEnd().split('\n').at(-1)).toContain('UNDECIPHERABLE');
    expect(await terminal.shows('ng-fia', 'show', exchange)).not.toContain('parley ack');
  });

  it('and inbox and dates, fit a terminal of 80 columns, but for commands to copy', async () => {
    const said = await Promise.all(
      [
        ['show', exchange],
        ['dates', exchange],
        ['inbox', '--all'],
      ].map((words) => terminal.shows('vg-fix', ...words)),
    );
    const lines = said.flatMap((text) => text.split('\n'));
    expect(lines).toContain(`  exchange ${exchange}`);
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('  parley '))).toEqual([]);
  });

  it('says who owes what by when, to either side, and of a clock that stands still that it does', async () => {
    expect(await terminal.shows('ng-fia', 'show', exchange)).toMatch(
      /VG-FIX owes an acknowledgement by \d{4}-\d\d-\d\d \d\d:\d\d UTC \(ACK/,
    );
    expect(await terminal.shows('vg-fix', 'show', exchange)).toContain('You owe an acknowledgement by ');
    await terminal.parley('vg-fix', 'ack', exchange);
    await terminal.parley('vg-fix', 'clarify', exchange, '--text', 'Which of the two companies is meant?');
    const waiting = await terminal.shows('vg-fix', 'show', exchange);
    expect(waiting).not.toContain('an acknowledgement');
    expect(waiting).toMatch(/NG-FIA owes a clarification by .* \(CLARIFICATION_10BD\)/);
    expect(waiting).toMatch(/You owe .* \(BVI_21D\), which stands still/);
    expect((await shown('ng-fia')).owed).toContainEqual(
      expect.objectContaining({ by: 'NG-FIA', clock: 'CLARIFICATION_10BD', due: expect.stringMatching(/Z$/) as string }),
    );
  });

  it('fills in what the answer to conditions has to name, so that the command can be typed as it stands', async () => {
    await terminal.parley('ng-fia', 'clarified', exchange, '--text', 'The one in Road Town.');
    expect(await terminal.shows('vg-fix', 'show', exchange)).toContain(`  parley reply ${exchange} CONDITIONS_PROPOSED --text-file …\n`);
    const words = ['--text', 'Not before the search.', '--body', '{"proceedings":["case-7"]}'];
    await terminal.parley('vg-fix', 'reply', exchange, 'CONDITIONS_PROPOSED', ...words);
    const { possible } = await shown('ng-fia');
    const { command } = possible.find(({ step }) => step === 'CONDITIONS_ACCEPTED')!;
    await terminal.parley('ng-fia', ...typed(command));
    expect((await shown('ng-fia')).state).toBe('IN_PROGRESS');
  });

  it('says until when it waits for a word after the answer', async () => {
    await terminal.parley('vg-fix', 'reply', exchange, 'FINAL_REPLY', '--text', 'It is known here.', '--caveat', 'NO_EXPORT');
    expect(await terminal.shows('ng-fia', 'show', exchange)).toMatch(
      /\nWithout a word of yours it closes after .* UTC \(SILENCE_30CD\)\.\n/,
    );
    expect(await terminal.shows('vg-fix', 'show', exchange)).toContain('Without a word of NG-FIA it closes');
    await terminal.parley('ng-fia', 'reply', exchange, 'CLOSE');
    await terminal.parley('ng-fia', 'reply', exchange, 'REOPEN', '--text', 'One question more.');
  });

  it('leads to the commands of consent where a consent was asked', async () => {
    const answer = await terminal.parley<{ items: { item: string }[] }>(
      'vg-fix',
      'reply',
      exchange,
      'PARTIAL_REPLY',
      '--text',
      'It is known here.',
    );
    const cell = ['--item', answer.items[0]!.item, '--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INVESTIGATION'];
    const asked = await terminal.parley('ng-fia', 'consent', 'ask', exchange, ...cell, '--until', '90d');
    const shows = () => terminal.shows('vg-fix', 'show', asked['exchange']!);
    await expect.poll(shows, { timeout: 10_000 }).toContain('It is DELIVERED.');
    const words = await shows();
    for (const command of ['grant', 'refuse']) expect(words).toContain(`parley consent ${command} ${asked['exchange']}`);

    // the consent names its holder, so that nobody has to
    const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', asked['exchange']!, '--yes');
    const saidOfConsent = async () => {
      const came = await terminal.parley<{ kind: string; says?: object }[]>('ng-fia', 'inbox', '--all');
      return came.find(({ kind }) => kind === 'consent')?.says;
    };
    await expect.poll(saidOfConsent, { timeout: 10_000 }).toMatchObject({
      items: answer.items.map((one) => one.item),
      recipient: { authority: 'NG-EFCX', authorityType: 'LAW_ENFORCEMENT' },
      purposes: ['INVESTIGATION'],
    });
    expect(await terminal.shows('ng-fia', 'inbox', '--all')).toContain(`  items: ${answer.items[0]!.item}\n`);
    await expect(terminal.parley('ng-fia', 'consent', 'revoke', consent!)).rejects.toMatchObject({ code: 'NO_CONSENT' });
    expect(await terminal.shows('vg-fix', 'consent', 'revoke', consent!)).toBe(`Revoked: ${consent}.\n`);
    const after = await terminal.parley<Shown>('ng-fia', 'show', asked['exchange']!);
    expect(after.state).toBe('REVOKED');
  });
});

it('asks for the answer to each recipient that a request names, where an answer owes it', async () => {
  const body = {
    ...REQUEST.body,
    intendedRecipients: [{ authority: 'NG-EFCX', authorityType: 'LAW_ENFORCEMENT', purposes: ['INTELLIGENCE'] }],
  };
  const named = await terminal.parley('ng-fia', 'send', terminal.write('named.json', { ...REQUEST, body }));
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  const { possible } = await terminal.parley<Shown>('vg-fix', 'show', named['exchange']!);
  const { command } = possible.find(({ step }) => step === 'FINAL_REPLY')!;
  writeFileSync(terminal.path('answer.txt'), 'It is known here.\n');
  const answered = command.replace('"answer":"…"', '"answer":"SILENT"');
  const words = typed(answered).map((word) => (word === '…' ? terminal.path('answer.txt') : word));
  await terminal.parley('vg-fix', ...words, '--caveat', 'NO_EXPORT');
});

it('a refusal that is lawful only after a consultation is marked so', () => {
  const lines = stepLines([
    { step: 'REFUSE', command: 'parley reply X REFUSE', isAfterConsultation: true },
    { step: 'CLOSE', command: 'parley reply X CLOSE', isAfterConsultation: false },
  ]);
  expect(lines).toEqual(['  parley reply X REFUSE   once the other side was consulted', '  parley reply X CLOSE']);
});

it('a date that runs for some parts says for which', () => {
  const said = (parts?: string[]) =>
    owedLine(
      {
        ...{ code: 'REVIEW_DATE', kind: 'REVIEW', owes: 'VG-FIX', amount: 0, unit: 'STATED', source: '', binding: 'internal target' },
        ...{ startedAt: '2026-01-05T09:00:00.000Z', startedBy: 'POSTPONE', startedOn: '2026-01-05', due: '2026-02-20T23:59:59.999Z' },
        ...{ dueOn: '2026-02-20', timeZone: 'UTC', calendar: 'test 1', doubts: [], skipped: [], suspensions: [] },
        ...{ metAt: null, isOverdue: false },
        ...(parts === undefined ? {} : { parts }),
      },
      'NG-FIA',
    );
  expect(said(['a'])).toBe('VG-FIX owes another look at it on part a by 2026-02-20 23:59 UTC (REVIEW_DATE).');
  expect(said(['a', 'b'])).toContain('on parts a, b by');
  expect(said()).toContain('another look at it by');
});
