/** What an originator says later of the label that it gave, what it is told of that, and what is told to anybody else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../../../client/cli/output.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'XX-NONE': 'FIU' });
let item: string;

beforeAll(async () => {
  item = await given();
});

const NOTE = disclosureTo('NG-FIA');

async function given(): Promise<string> {
  const { items } = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'send', '--again', terminal.write('note.json', NOTE));
  await terminal.parley('ng-fia', 'inbox', '--wait', '5');
  await terminal.parley('ng-fia', 'open', items[0]!.item);
  return items[0]!.item;
}

/** @returns the command by which NG-FIA may hand it to XX-NONE, which was granted */
async function releasable(one: string): Promise<readonly string[]> {
  const { exchange } = (await terminal.parley<{ exchange: string }[]>('ng-fia', 'inbox', '--all')).at(-1)!;
  const to = ['--to', 'XX-NONE', '--purpose', 'INTELLIGENCE'];
  const asked = await terminal.parley('ng-fia', 'consent', 'ask', exchange, '--item', one, ...to, '--until', '2d');
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', asked['exchange']!, '--yes');
  return ['ng-fia', 'release', one, ...to, '--legal-basis', 'RECIPROCITY', '--consent', consent!];
}

async function complaintAbout(...words: string[]): Promise<string> {
  const [profile = '', ...rest] = words;
  const refused: unknown = await terminal.shows(profile, ...rest).catch((error: unknown) => error);
  let complaint = '';
  createOutput(() => false, { answer: () => undefined, complaint: (text) => (complaint += text) }).complain(refused);
  return complaint;
}

describe('parley tighten', () => {
  it('says what is new in the label, and nothing else', async () => {
    const shown = await terminal.shows('vg-fix', 'tighten', item, '--add', 'CONFIDENTIAL_UNTIL=2031-06-30T12:00:00Z', '--add', 'NO_EXPORT');
    expect(shown).toContain('NO_EXPORT (VG-FIX)');
    expect(shown).toContain('CONFIDENTIAL_UNTIL (VG-FIX) until 2031-06-30T12:00:00');
    expect(shown).not.toContain('NO_THIRD_PARTY');
  });

  it('is refused where the label would stay as it is, which is shown, and signs nothing', async () => {
    const before = await terminal.parley<unknown[]>('ng-fia', 'inbox', '--all');
    const told = await complaintAbout('vg-fix', 'tighten', item, '--add', 'CONFIDENTIAL_UNTIL=2031-01-31T12:00:00Z', '--add', 'NO_EXPORT');
    for (const words of ['NOTHING_TIGHTENED', 'until 2031-06-30T12:00:00', `parley relax ${item} --lift`]) expect(told).toContain(words);
    expect(await terminal.parley<unknown[]>('ng-fia', 'inbox', '--all')).toHaveLength(before.length);
    expect(await terminal.shows('vg-fix', 'tighten', item, '--add', 'CONFIDENTIAL_UNTIL=2031-12-31T12:00:00Z')).toContain('2031-12-31');
  });

  it('is said anew on purpose, and ends what was granted before, as every tightening does, which it tells', async () => {
    const one = await given();
    const release = await releasable(one);
    await terminal.shows('ng-fia', 'open', one);
    const anew = ['vg-fix', 'tighten', one, '--caveat', 'NO_THIRD_PARTY'] as const;
    expect(await complaintAbout(...anew)).toMatch(/NOTHING_TIGHTENED[^]*--again/);
    const told = await terminal.shows(...anew, '--again');
    expect(told).toContain(`Said again of ${one}`);
    expect(told).toContain('grant anew');
    await terminal.parley('ng-fia', 'open', one);
    expect(await complaintAbout(...release)).toContain('NO_THIRD_PARTY_CONSENT');
    expect(await terminal.shows('vg-fix', 'tighten', one, '--caveat', 'NO_EXPORT')).toContain('grant anew');
    expect(await complaintAbout('vg-fix', 'tighten', one, '--again')).toContain('NOTHING_SAID');
  });

  it('asks first where the level rises, since it is never lowered again', async () => {
    const one = await given();
    const higher = ['vg-fix', 'tighten', one, '--level', 'CONFIDENTIAL'] as const;
    const told = await complaintAbout(...higher);
    expect(told).toMatch(/NOT_CONFIRMED: .*CONFIDENTIAL, was RESTRICTED[^]*--yes/);
    expect(told).toContain('This system carries RESTRICTED at most');
    expect(told).toContain('no longer opens or uses it: your o.1 (RESTRICTED), NG-FIA (RESTRICTED).');
    expect((await terminal.parley<{ label: { level: string } }>('ng-fia', 'open', one)).label.level).toBe('RESTRICTED');
    expect(await terminal.shows(...higher, '--yes')).toContain('level CONFIDENTIAL, was RESTRICTED');
  });

  it('tells a holder whose it is to say that, and what a holder may do', async () => {
    const told = await complaintAbout('ng-fia', 'tighten', item, '--add', 'NO_EXPORT');
    for (const words of ['NOT_ORIGINATOR', 'only VG-FIX may', 'source:', 'ask VG-FIX', 'parley compose', '--source ITEM'])
      expect(told).toContain(words);
    for (const words of [
      ['retract', item],
      ['correct', item],
    ])
      expect(await complaintAbout('ng-fia', ...words)).toContain('NOT_ORIGINATOR');
    expect(await complaintAbout('ng-fia', 'relax', item, '--lift', 'NO_EXPORT')).toContain('No such caveat of yours');
  });

  it('tells who never opened it that only an originator may, before it is opened for nothing', async () => {
    for (const one of [item, 'A'.repeat(43)])
      expect(await complaintAbout('xx-none', 'tighten', one, '--add', 'NO_EXPORT')).toContain('only an originator of it may tighten it');
  });

  it('tells somebody who holds nothing of it no more than that only an originator may', async () => {
    const [there, nowhere] = await Promise.all(
      [item, 'A'.repeat(43)].map(async (one) => (await complaintAbout('xx-none', 'retract', one)).replaceAll(one, 'ITEM')),
    );
    expect(there).toBe(nowhere);
  });
});

it('parley correct says the same once, and once more on purpose', async () => {
  const one = await given();
  await terminal.shows('vg-fix', 'correct', one);
  expect(await complaintAbout('vg-fix', 'correct', one)).toMatch(/^DONE_BEFORE: The same was said already[^]*--again/);
  expect(await terminal.shows('vg-fix', 'correct', one, '--again')).toContain(`Corrected: ${one}`);
});

describe('an originator that the issuer adds later', () => {
  it('says of it what the others may, though it opened it before it was one', async () => {
    const one = await given();
    const label = { level: 'PUBLIC', tlp: 'CLEAR', caveats: [], purposes: ['INTELLIGENCE'], destroyBy: null };
    await terminal.shows('vg-fix', 'tighten', one, terminal.write('more.json', { ...label, originators: ['NG-FIA', 'VG-FIX'] }));
    expect(await terminal.shows('ng-fia', 'tighten', one, '--tlp', 'AMBER+STRICT', '--level', 'CONFIDENTIAL', '--yes')).toContain(
      'CONFIDENTIAL',
    );
    expect(await terminal.shows('ng-fia', 'tighten', one, '--add', 'NO_EXPORT')).toContain('NO_EXPORT (NG-FIA)');
    expect(await terminal.shows('ng-fia', 'relax', one, '--lift', 'NO_EXPORT')).toContain('NO_EXPORT (NG-FIA)');
    expect(await terminal.shows('ng-fia', 'retract', one)).toContain(one);
  });
});

describe('a report under the freedom to provide services', () => {
  it('is sent under a label that such a report may bear, and gets a higher level and an earlier day, and no caveat', async () => {
    await terminal.enrol({ 'EE-FIN': 'FIU', 'FR-FIN': 'FIU' });
    const { spontaneousBasis: _, ...body } = NOTE.body as Record<string, unknown>;
    const report = { ...NOTE, to: 'FR-FIN', profile: 'EU_FIU', kind: 'FPS_REPORT', legalBasis: ['RECIPROCITY'], body };
    const draft = terminal.write('fps.json', { ...report, body: { ...body, fallbackReason: 'TECHNICAL_FAILURE' } });
    const { items } = await terminal.parley<{ items: { item: string }[] }>('ee-fin', 'send', draft);
    const fps = items[0]!.item;
    const told = await complaintAbout('ee-fin', 'tighten', fps, '--caveat', 'NO_EXPORT');
    expect(told).toContain('next step: fill in, or put right: the caveats of the label: leave out the one that is named');
    const more = ['--destroy-by', '2031-01-31T12:00:00Z', '--tlp', 'RED'];
    await expect(terminal.parley('ee-fin', 'tighten', fps, terminal.write('label.json', {}), ...more)).rejects.toMatchObject({
      code: 'LABEL_TWICE',
    });
    const shown = await terminal.shows('ee-fin', 'tighten', fps, '--destroy-by', '2031-01-31T12:00:00Z');
    expect(shown).toContain('to be destroyed by 2031-01-31T12:00:00');
    expect(shown).not.toContain('no more');
    await terminal.parley('fr-fin', 'inbox', '--wait', '5');
    const opened = await terminal.shows('fr-fin', 'open', fps);
    for (const words of ['FPS_REPORT (EE-FIN)', 'To be destroyed by 2031-01-31T12:00:00']) expect(opened).toContain(words);
    expect(opened).not.toContain('NO_THIRD_PARTY');
  });
});

describe('parley relax', () => {
  it('says in words what was lifted', async () => {
    const one = await given();
    await terminal.shows('vg-fix', 'tighten', one, '--add', 'ACTION_LIMIT=PASSIVE');
    const shown = await terminal.shows('vg-fix', 'relax', one, '--lift', 'ACTION_LIMIT');
    expect(shown).toContain('ACTION_LIMIT (VG-FIX) limit PASSIVE');
    expect(await complaintAbout('vg-fix', 'relax', one, '--lift', 'ACTION_LIMIT')).toContain('NOTHING_LIFTED');
    expect(await terminal.shows('vg-fix', 'tighten', one, '--add', 'ACTION_LIMIT=PASSIVE')).toContain('ACTION_LIMIT');
  });
});

describe('NAMED_RECIPIENTS', () => {
  it('names nobody who is not in the directory: that is said before anything is sealed', async () => {
    const named = 'NAMED_RECIPIENTS=NG-FIA,ZZ-NONE';
    const types = ['--to-type', 'FIU', '--from-type', 'FIU'];
    const label = { level: 'RESTRICTED', tlp: 'AMBER', purposes: ['INTELLIGENCE'], originators: ['VG-FIX'], destroyBy: null };
    const caveats = [{ code: 'NAMED_RECIPIENTS', by: 'VG-FIX', recipients: ['ZZ-NONE'] }];
    const draft = terminal.write('named.json', { ...NOTE, label: { ...label, caveats } });
    for (const words of [
      ['tighten', item, '--add', named],
      ['compose', 'SPONTANEOUS', '--to', 'NG-FIA', ...types, '--caveat', named],
      ['send', draft],
      ['explain', 'send', draft],
    ])
      expect(await complaintAbout('vg-fix', ...words)).toMatch(
        /ZZ-NONE, and the directory has no such authority\.[^]*parley directory list/,
      );
  });

  it('tells who addresses somebody whom its own label does not name what to change', async () => {
    const caveats = [{ code: 'NAMED_RECIPIENTS', by: 'VG-FIX', recipients: ['XX-NONE'] }];
    const label = { level: 'RESTRICTED', tlp: 'AMBER', caveats, purposes: ['INTELLIGENCE'], originators: ['VG-FIX'], destroyBy: null };
    const told = await complaintAbout('vg-fix', 'send', terminal.write('unnamed.json', { ...NOTE, label }));
    expect(told).toMatch(/RECIPIENT_NOT_NAMED[^]*next step: address somebody whom its label names/);
  });
});
