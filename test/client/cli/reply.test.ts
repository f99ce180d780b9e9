import { readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ownCaveat, type OwnCaveat } from '../../../client/cli/caveats.js';
import { stepOf } from '../../../client/cli/explained.js';
import { REQUEST } from './request.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU', 'ZZ-FIX': 'FIU' });
let exchange: string;

beforeAll(async () => {
  ({ exchange } = (await terminal.parley('ng-fia', 'send', terminal.write('request.json', REQUEST))) as { exchange: string });
  await terminal.parley('vg-fix', 'inbox');
  await terminal.parley('vg-fix', 'ack', exchange);
});

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

  it('names a ground that the channel does not know, and those that it does', async () => {
    const refused = reply('REFUSE', '--text', 'The bank may not tell.', '--body', '{"codes":["BANK_SECRECY"]}');
    await expect(refused).rejects.toMatchObject({
      violations: [{ sentence: expect.stringMatching(/^BANK_SECRECY may not .*; the grounds are .*OUT_OF_MANDATE/) as string }],
    });
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

describe('a file that holds nothing of its kind', () => {
  it('is told with where such a one comes from', async () => {
    const [empty, bare] = [terminal.path('empty.json'), terminal.write('bare.json', { answer: 'Yes.' })];
    writeFileSync(empty, '');
    const printed = { next: expect.stringContaining('parley form print PROFILE --blank') as string };
    for (const given of [empty, bare]) await expect(reply('FINAL_REPLY', '--form', given)).rejects.toMatchObject(printed);
    await expect(terminal.parley('ng-fia', 'reconcile', 'compare', empty)).rejects.toMatchObject({
      next: expect.stringContaining('parley reconcile export, by the other side') as string,
    });
  });
});

describe('conditions that were accepted', () => {
  it('stand on the answer by themselves, which names what it sent by its digests', async () => {
    const proposed = await reply('CONDITIONS_PROPOSED', '--text', 'Not before the search.', '--body', '{"proceedings":["case-7"]}');
    await terminal.parley('ng-fia', 'inbox');
    const accepted = JSON.stringify({ proposal: proposed['statement'] });
    await terminal.parley('ng-fia', 'reply', exchange, 'CONDITIONS_ACCEPTED', '--body', accepted);
    const words = ['reply', exchange, 'PARTIAL_REPLY', '--text', 'Company-A is known.', '--caveat', 'NO_EXPORT'];
    const shown = await terminal.shows('vg-fix', ...words);
    for (const said of ['CONDITIONS stands on what you sent', 'SPECIALITY stands on what you sent', 'TEXT']) expect(shown).toContain(said);
    const [item] = /[\w-]{43}(?= +│ TEXT)/.exec(shown) ?? [];
    await terminal.parley('ng-fia', 'inbox');
    const { label } = await terminal.parley<{ label: { caveats: object[] } }>('ng-fia', 'open', item!);
    expect(label.caveats).toEqual(
      expect.arrayContaining([
        { code: 'SPECIALITY', by: 'VG-FIX', proceedings: ['case-7'] },
        { code: 'CONDITIONS', by: 'VG-FIX', texts: [expect.any(String)], notBefore: null },
        { code: 'NO_EXPORT', by: 'VG-FIX' },
      ]),
    );
  });

  it('are said exactly where they lack, as every other rule whose remedy says less', () => {
    const broken = (rule: string, code: string, sentence: string, action: string, more = {}) =>
      stepOf({ rule, code, sentence, remedy: { action, ...more } } as Parameters<typeof stepOf>[0]);
    expect(broken('refusal/accepted-conditions', 'CONDITION_NOT_MET', 'x', 'keep-label')).toContain('--caveat CONDITIONS=DIGEST,TIME');
    expect(broken('label/condition', 'CONDITION_NOT_MET', 'x', 'ask-originator', { originators: ['VG-FIX'] })).toBe(
      'wait until then, or ask VG-FIX to change the condition',
    );
    const red = broken('label/contradictory', 'LABEL_CONTRADICTORY', 'The label contradicts itself: RED_WITH_DISTRIBUTION.', 'none');
    expect(red).toContain('add NAMED_RECIPIENTS with those it is for');
    expect(broken('label/own', 'CAVEAT_WEAKENED', 'x', 'keep-label')).toContain('its own label');
  });
});

describe('parley tighten', () => {
  it('adds caveats by name, and changes nothing else', async () => {
    const sent = (await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'reply', exchange, 'PARTIAL_REPLY', '--text', 'More.'))
      .items[0]!.item;
    const before = await opened(sent);
    const add = ['--caveat', 'NO_EXPORT', '--add', 'CONFIDENTIAL_UNTIL=2027-01-31T12:00:00Z', '--add', 'ACTION_LIMIT=PASSIVE'];
    const told = await terminal.shows('vg-fix', 'tighten', sent, ...add);
    for (const code of ['NO_EXPORT', 'CONFIDENTIAL_UNTIL', 'ACTION_LIMIT']) expect(told).toContain(code);
    const after = await opened(sent);
    expect({ ...after, caveats: [] }).toEqual({ ...before, caveats: [] });
    expect(after.caveats).toEqual(expect.arrayContaining(before.caveats));
    expect(after.caveats.filter((one) => !before.caveats.some(({ code }) => code === one.code))).toEqual([
      { code: 'ACTION_LIMIT', by: 'VG-FIX', limit: 'PASSIVE' },
      { code: 'CONFIDENTIAL_UNTIL', by: 'VG-FIX', until: '2027-01-31T12:00:00.000Z' },
      { code: 'NO_EXPORT', by: 'VG-FIX' },
    ]);
    await expect(terminal.parley('vg-fix', 'tighten', sent)).rejects.toMatchObject({ code: 'NOTHING_SAID' });
  });

  const opened = async (item: string) => {
    await terminal.parley('ng-fia', 'inbox');
    return (await terminal.parley<{ label: { caveats: { code: string; by: string }[] } }>('ng-fia', 'open', item)).label;
  };
});

describe('a caveat as it is typed', () => {
  const me = 'VG-FIX' as Parameters<OwnCaveat>[0];
  it('says what its code says', () => {
    const digest = 'A'.repeat(43);
    expect(ownCaveat('RETURN')(me)).toEqual({ code: 'RETURN', by: me });
    expect(ownCaveat('NAMED_RECIPIENTS=NG-FIA,EE-FIN')(me)).toEqual({ code: 'NAMED_RECIPIENTS', by: me, recipients: ['NG-FIA', 'EE-FIN'] });
    expect(ownCaveat('SPECIALITY=case-7')(me)).toEqual({ code: 'SPECIALITY', by: me, proceedings: ['case-7'] });
    expect(ownCaveat(`OTHER_RESTRICTION=${digest}`)(me)).toEqual({ code: 'OTHER_RESTRICTION', by: me, texts: [digest] });
    expect(ownCaveat(`CONDITIONS=${digest},1970-01-01T00:00:01Z`)(me)).toEqual({
      code: 'CONDITIONS',
      by: me,
      texts: [digest],
      notBefore: 1_000,
    });
  });

  it('is refused where it says too little, too much, or nothing known', () => {
    for (const [text, why] of [
      ['GOSSIP', 'one of INTEL_ONLY'],
      ['NO_EXPORT=1', 'says no more'],
      ['SPECIALITY', 'SPECIALITY=…'],
      ['SPECIALITY=a b', 'a reference'],
      ['ACTION_LIMIT=SOME', 'one of NONE'],
      ['CONFIDENTIAL_UNTIL=soon', /RFC 3339.*like 2027-01-31T23:59:59Z.*90d/],
      ['CONFIDENTIAL_UNTIL=2027-02-28', /a day without a time.*2027-02-28T23:59:59Z.*90d/],
    ] as const)
      expect(() => ownCaveat(text)).toThrow(why);
  });
});

it('a date that rests on days that nobody knows tells what makes it firm', async () => {
  const sent = await terminal.parley('ng-fia', 'send', terminal.write('elsewhere.json', { ...REQUEST, to: 'ZZ-FIX' }));
  await terminal.parley('zz-fix', 'inbox');
  const dates = (await terminal.shows('ng-fia', 'dates', sent['exchange']!)).replaceAll(/\s+/g, ' ');
  expect(dates).toContain('NO_HOLIDAY_DATA');
  for (const words of ['"weekend"', '"closingDays"', 'parley entry FACTS.json']) expect(dates).toContain(words);
  expect(await terminal.shows('ng-fia', 'dates', exchange)).not.toContain('closingDays');
});

it('status and dates say the same due time, in the zone that counts it', async () => {
  const dates = await terminal.shows('ng-fia', 'dates', exchange);
  const due = [...dates.matchAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g)].map(([time]) => time);
  expect(due.length).toBeGreaterThan(1);
  expect(dates.replaceAll('\n', ' ')).toContain('in the time zone of the authority that was asked, whoever owes it');
  const { dates: known } = await terminal.parley<{ dates: { metAt: string | null }[] }>('ng-fia', 'dates', exchange);
  const status = await terminal.shows('ng-fia', 'status');
  expect(known.some(({ metAt }) => metAt === null)).toBe(true);
  for (const [at, { metAt }] of known.entries()) if (metAt === null) expect(status).toContain(`due ${due[at]}`);
  // it stands in a terminal of 80 columns
  const ofExchanges = status.slice(0, status.indexOf('Who owes what'));
  expect(ofExchanges).toContain(exchange);
  for (const line of ofExchanges.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

it('a unit’s own request is promoted by what its fields say, and an exchange that knows no such step is told nothing', async () => {
  const out = terminal.path('formal.json');
  const shown = await terminal.shows('ng-fia', 'promote', exchange, '--to-profile', 'FORMAL_MLA', '--out', out);
  expect(shown).toContain('From your own words: offence, factualSummary (was facts), persons (was subjects).');
  expect(shown).not.toContain('PROMOTE_TO_FORMAL');
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
    matterType: 'CRIMINAL',
    form: { factualSummary: 'f', persons: 'Company-A', offence: 'NOT_YET_IDENTIFIED', purpose: '' },
  });
  // what was answered is not the asker's own
  expect(shown).toMatch(/Left out, since it is not yours alone:[^]*TEXT .* from VG-FIX/);
});

describe('a sealed text', () => {
  it('is taken from a file or from standard input, where no other user sees it', async () => {
    writeFileSync(terminal.path('secret.txt'), 'canary-5e1d\n');
    const read = async (sent: { items: { item: string }[] }) => {
      await terminal.parley('ng-fia', 'inbox');
      return terminal.parley('ng-fia', 'open', sent.items[0]!.item);
    };
    const answer = ['reply', exchange, 'PARTIAL_REPLY'];
    const sent = await terminal.parley<{ items: { item: string }[] }>('vg-fix', ...answer, '--text-file', terminal.path('secret.txt'));
    expect(await read(sent)).toMatchObject({ text: 'canary-5e1d' });
    const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([Buffer.from('canary-77aa')]) as never);
    const piped = await terminal
      .parley<{ items: { item: string }[] }>('vg-fix', ...answer, '--text-file', '-')
      .finally(() => stdin.mockRestore());
    expect(await read(piped)).toMatchObject({ text: 'canary-77aa' });
  });

  it('is refused where its file is none, or no text, or where it is given twice or not at all', async () => {
    const answer = ['reply', exchange, 'PARTIAL_REPLY', '--text-file'];
    await expect(terminal.parley('vg-fix', ...answer, terminal.path('none.txt'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
    writeFileSync(terminal.path('odd.bin'), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(terminal.parley('vg-fix', ...answer, terminal.path('odd.bin'))).rejects.toMatchObject({ code: 'TEXT_UNREADABLE' });
    await expect(terminal.parley('vg-fix', ...answer, terminal.path('odd.bin'), '--text', 'x')).rejects.toMatchObject({
      code: 'TEXT_TWICE',
    });
    await expect(terminal.parley('vg-fix', 'consent', 'refuse', exchange, '--code', 'CONSENT_DISPROPORTIONATE')).rejects.toMatchObject({
      code: 'NOTHING_SAID',
    });
  });
});

it('a refusal of a part, where nothing was asked for by parts, is to be said of the whole', async () => {
  const body = JSON.stringify({ codes: ['DISPROPORTIONATE'], parts: ['a'] });
  await expect(reply('REFUSE', '--body', body, '--text', 'It would be out of all proportion.')).rejects.toMatchObject({
    code: 'STEP_NOT_ALLOWED',
    what: 'it was asked for as a whole and not by parts: leave out a, and say it of the whole',
  });
});

it('who says nothing is told of a form where the message is said on one', async () => {
  await expect(reply('PARTIAL_REPLY')).rejects.toMatchObject({ next: expect.stringContaining('--answer --blank') as string });
  await expect(terminal.parley('vg-fix', 'clarify', exchange)).rejects.toMatchObject({
    next: 'Give --text, --text-file, --form or --attach.',
  });
});

describe('a form that is not in order', () => {
  it('is told by the titles of its fields, each once', async () => {
    const bare = terminal.write('bare.json', { ...REQUEST, form: { ...REQUEST.form, subjects: '' } });
    await expect(terminal.parley('ng-fia', 'send', bare)).rejects.toMatchObject({
      what: 'The form FIU_REQUEST_1 is not in order: Subjects (subjects): it is missing.',
    });
  });

  it('is told together with what the envelope lacks in clear', async () => {
    const { periodFrom: _, ...body } = REQUEST.body;
    const bare = terminal.write('bare-in-clear.json', { ...REQUEST, body, form: { ...REQUEST.form, subjects: '' } });
    const said = 'The form FIU_REQUEST_1 is not in order: Subjects (subjects): it is missing.';
    for (const words of [['send'], ['explain', 'send']])
      await expect(terminal.parley('ng-fia', ...words, bare)).rejects.toMatchObject({
        what: `${said} In clear, in the envelope: Period (periodFrom): it is missing.`,
      });
  });

  it('is told in plain words, with the command that prints it', async () => {
    const odd = terminal.write('odd-answer.json', { form: { unheard: 'canary-1' } });
    const refused: unknown = await reply('PARTIAL_REPLY', '--form', odd).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'FORM_INVALID', next: 'See what it asks for: parley form print BVI_BILATERAL_FIU --answer' });
    const { what } = refused as { what: string };
    expect(what).toContain('the form: it has no member unheard');
    expect(what).toContain('it is missing');
    expect(what).not.toMatch(/Invalid input|Too small|canary/);
  });
});

it('feedback is given on its own printed form', async () => {
  await reply('FINAL_REPLY', '--text', 'That is all.');
  await terminal.parley('ng-fia', 'inbox');
  const blank = await terminal.parley<{ form: object }>('ng-fia', 'form', 'print', 'BVI_BILATERAL_FIU', '--type', 'FEEDBACK', '--blank');
  const form = { ...blank.form, usefulness: 'DECISIVE', outcome: ['FREEZING'] };
  const file = terminal.write('fb.json', { form });
  for (const more of [[], ['--answer']]) {
    const check = ['check', '--form', 'BVI_BILATERAL_FIU', '--type', 'FEEDBACK', ...more];
    expect(await terminal.parley('nobody', ...check, file)).toMatchObject({ isComplete: true, missing: [], wrong: [] });
    const { missing, wrong } = await terminal.fails<{ missing: { field: string }[]; wrong: object[] }>(
      'NOT_COMPLETE',
      'nobody',
      ...check,
      terminal.write('fb-blank.json', blank),
    );
    expect([missing.map(({ field }) => field), wrong]).toEqual([expect.arrayContaining(['usefulness']), []]);
  }
  const sent = await terminal.parley<{ items: { item: string }[] }>('ng-fia', 'feedback', exchange, '--form', file);
  await terminal.parley('vg-fix', 'inbox');
  expect(await terminal.parley('vg-fix', 'open', sent.items[0]!.item)).toMatchObject({
    fields: { usefulness: 'DECISIVE', outcome: ['FREEZING'] },
  });
});
