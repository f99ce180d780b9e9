import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPassphrase } from '../../../client/cli/passphrase.js';
import { beyondConsent, explanationLines, stepOf } from '../../../client/cli/explained.js';
import { createOutput } from '../../../client/cli/output.js';
import { certain } from '../../../domain/result.js';
import { defaultLabel, writeLabel, type Explanation } from '../../../client/sdk/index.js';
import { parseAuthorityId } from '../../../domain/ids.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });
let item: string;

beforeAll(async () => {
  const sent = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'send', terminal.write('note.json', NOTE));
  item = sent.items[0]!.item;
  await terminal.parley('ng-fia', 'inbox');
  await terminal.parley('ng-fia', 'open', item);
});

const NOTE = disclosureTo('NG-FIA');
const OWN_NOTE = { ...NOTE, to: 'VG-FIX' };
const onward = () => ['release', '--item', item, '--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INTELLIGENCE'];

describe('parley explain', () => {
  it('says no as an officer reads it: every rule with its source, and the consent that is lacking by originator', async () => {
    const shown = await terminal.shows('ng-fia', 'explain', ...onward());
    for (const words of [
      'No. 2 rules against it',
      'NO_THIRD_PARTY_CONSENT (consent/third-party)',
      'source: [S¶29]',
      'next step: ask VG-FIX to consent to NG-EFCX for INTELLIGENCE: parley consent ask --item',
      'Consent lacking, by originator:',
      'VG-FIX (TLP_EXCEEDED, NO_THIRD_PARTY_CONSENT): ask it as FIU on SPONTANEOUS',
      'this was no attempt',
      'not legal advice',
    ])
      expect(shown).toContain(words);
  });

  it('says it in the same words where the act itself is refused', async () => {
    const to = ['--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INTELLIGENCE', '--legal-basis', 'DOMESTIC_LAW:FIA-2003'];
    const refused: unknown = await terminal.parley('ng-fia', 'release', item, ...to).catch((error: unknown) => error);
    let complaint = '';
    createOutput(() => false, { answer: () => undefined, complaint: (text) => (complaint += text) }).complain(refused);
    expect(complaint).toContain('NO_THIRD_PARTY_CONSENT');
    expect(complaint).toContain('next step: ask VG-FIX to consent to NG-EFCX for INTELLIGENCE');
  });

  it('writes the consent request, which is sent as it is; with the consent it says yes, and on what it rests', async () => {
    const out = terminal.path('consent-request.json');
    expect(await terminal.shows('ng-fia', 'explain', ...onward(), '--out', out)).toContain(`parley send ${out}`);
    expect(statSync(out).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      to: 'VG-FIX',
      exchangeType: 'CONSENT_REQUEST',
      body: { consent: { items: [item] } },
    });
    const { exchange } = await terminal.parley('ng-fia', 'send', out);
    await terminal.parley('vg-fix', 'inbox');
    await expect(terminal.parley('vg-fix', 'consent', 'grant', exchange!)).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      what: expect.stringMatching(`NG-FIA could then hand ${item} to NG-EFCX as LAW_ENFORCEMENT, for INTELLIGENCE, until `),
    });
    // never more than was asked, not even for who says yes to it
    for (const [more, said] of [
      [['--purpose', 'TAX'], 'TAX'],
      [['--until', '9000d'], 'until '],
    ] as const)
      await expect(terminal.parley('vg-fix', 'consent', 'grant', exchange!, ...more, '--yes')).rejects.toMatchObject({
        code: 'BEYOND_REQUEST',
        what: expect.stringMatching(new RegExp(`^More than was asked: ${said}.*Asked was INTELLIGENCE, until `)) as string,
      });
    const bound = terminal.parley('vg-fix', 'consent', 'grant', exchange!, '--proceedings', 'case-1', '--proceedings', 'case-2');
    await expect(bound).rejects.toMatchObject({
      what: expect.stringContaining('for INTELLIGENCE in the proceedings case-1, case-2 alone, until'),
      // as it is shown, and not all that was asked
      next: expect.stringContaining(`parley consent grant ${exchange} --proceedings case-1 --proceedings case-2 --yes`),
    });
    const granted = await terminal.shows('vg-fix', 'consent', 'grant', exchange!, '--until', '1d', '--yes');
    const said = new RegExp(
      `^Granted: consent ([\\w-]{43})\\. NG-FIA may hand ${item} to NG-EFCX as LAW_ENFORCEMENT, for INTELLIGENCE, until \\d{4}-`,
    );
    expect(granted).toMatch(said);
    const consent = said.exec(granted)?.[1];
    const shown = await terminal.shows('ng-fia', 'explain', ...onward());
    expect(shown).toContain('Yes');
    expect(shown).toContain(consent!);
    expect(await terminal.parley('ng-fia', 'explain', ...onward())).toMatchObject({ allowed: true, restsOn: { consents: [consent] } });
    const release = [
      'release',
      item,
      '--to',
      'NG-EFCX',
      '--to-type',
      'LAW_ENFORCEMENT',
      '--purpose',
      'INTELLIGENCE',
      '--legal-basis',
      'DOMESTIC_LAW:FIA-2003',
    ];
    await expect(terminal.parley('ng-fia', ...release)).rejects.toMatchObject({
      code: 'NOTHING_CITED',
      what: expect.stringContaining(consent!),
    });
    await terminal.parley('ng-fia', ...release, '--consent', consent!);
    const came = await terminal.parley<{ kind: string; items: { item: string }[] }[]>('ng-efcx', 'inbox');
    expect(came.filter(({ kind }) => kind === 'release').map(({ items }) => items)).toEqual([[expect.objectContaining({ item })]]);
    expect(await terminal.parley('ng-efcx', 'open', item)).toMatchObject({ fields: NOTE.form, releasedFor: 'INTELLIGENCE' });
    expect(await terminal.shows('ng-efcx', 'open', item)).toContain('Released by NG-FIA for INTELLIGENCE.');
  });

  it('writes no consent request where no consent would help, and says what stands all the same', async () => {
    const out = terminal.path('needless.json');
    const asked = ['explain', 'release', '--item', item, '--to', 'VG-FIX', '--to-type', 'TAX_AUTHORITY', '--purpose', 'TAX', '--out', out];
    const { violations, missing } = await terminal.parley<Explanation>('ng-fia', ...asked);
    expect(violations.map(({ code }) => code)).toContain('CHANNEL_NOT_PERMITTED');
    expect(missing).not.toEqual([]);
    expect(existsSync(out)).toBe(false);
    const shown = await terminal.shows('ng-fia', ...asked);
    expect(shown).toMatch(/No consent helps: .*CHANNEL_NOT_PERMITTED/);
    expect(shown).not.toContain('filled in');
  });

  it('takes the one type that the reader has, and says of whom the directory has not', async () => {
    const asked = (to: string) => ['explain', 'release', '--item', item, '--to', to, '--purpose', 'INTELLIGENCE'];
    const { violations } = await terminal.parley<Explanation>('ng-fia', ...asked('VG-FIX'));
    expect(violations.map(({ remedy }) => remedy.action)).not.toContain('choose-addressee');
    for (const more of [[], ['--to-type', 'FIU']])
      await expect(terminal.parley('ng-fia', ...asked('ZZ-NONE'), ...more)).rejects.toMatchObject({ code: 'NO_SUCH_AUTHORITY' });
  });

  it('is followed by the release itself, which takes the one type that the reader has as well', async () => {
    const { items } = await terminal.parley<{ items: { item: string }[] }>('ng-fia', 'send', terminal.write('own.json', OWN_NOTE));
    const shown = terminal.shows(
      'ng-fia',
      ...['release', items[0]!.item, '--to', 'NG-EFCX', '--purpose', 'INTELLIGENCE', '--legal-basis', 'DOMESTIC_LAW:FIA-2003'],
    );
    expect(await shown).toMatch(/^Released to NG-EFCX: [\w-]{43}\. It may be read there until 20\S+Z\.\n$/);
  });

  it('says of a draft what sending it would say, where one part is named twice', async () => {
    const parts = [1, 2].map(() => ({ id: 'a', assistanceType: 'INFORMATION_HELD', coercive: false }));
    const twice = terminal.write('twice.json', { ...NOTE, body: { ...NOTE.body, parts } });
    const refused: unknown = await terminal.parley('vg-fix', 'send', twice).catch((error: unknown) => error);
    const { code, what } = refused as { code: string; what: string };
    expect(what).toBe('one part named twice: a');
    expect(await terminal.parley('vg-fix', 'explain', 'send', twice)).toMatchObject({ allowed: false, obstacle: { code, detail: what } });
    expect(await terminal.shows('vg-fix', 'explain', 'send', twice)).toContain(`No. ${code}: ${what}`);
  });

  it('names opening it again where a label was tightened since', () => {
    const weakened = { code: 'CAVEAT_WEAKENED', rule: 'label/weakened', sentence: '', remedy: { action: 'keep-label' as const } };
    expect(stepOf(weakened)).toMatch(/^open it again.*parley open ITEM/);
  });

  it('names the source and the next step of what no rule of the law stands behind', () => {
    const obstacle = { code: 'STEP_NOT_ALLOWED', detail: 'X does not follow Y', rule: 'before/step', source: 'A.3 [D]', next: 'Wait.' };
    const answer: Explanation = { act: 'send', allowed: false, violations: [], obstacle, restsOn: { consents: [] }, missing: [] };
    expect(explanationLines(answer, [])).toContain('No. STEP_NOT_ALLOWED: X does not follow Y\n  source: A.3 [D]\n  next step: Wait.');
  });

  it('names the wait where the other side was asked and may still answer', () => {
    const wait = (over: object) =>
      stepOf({ code: 'REFUSAL_WITHOUT_CONSULTATION', rule: 'r', sentence: '', remedy: { action: 'await-views', ...over } });
    expect(wait({ parts: ['request'], until: '2026-05-01T00:00:00.000Z' })).toBe(
      'the other side was asked: wait for its views, or until 2026-05-01T00:00:00.000Z, and refuse then',
    );
    expect(wait({ parts: ['a'], until: null })).toMatch(
      /^the other side was asked on a: wait for its views, for which no certain date is set: .*"closingDays".*: parley entry FACTS.json$/,
    );
  });

  it('says what is to be mended beside the consent', () => {
    const asked: Pick<Explanation['missing'][number], 'originator' | 'codes' | 'ask'> = { originator: 'VG-FIX', codes: ['A'], ask: null };
    const broken = (code: string, action: string) =>
      ({ code, rule: 'r', source: 's', sentence: 'x', offenders: [], remedy: { action } }) as unknown as Explanation['violations'][number];
    const answer: Explanation = {
      act: 'release',
      allowed: false,
      violations: [broken('A', 'consent-request'), broken('LEGAL_BASIS_MISSING', 'complete-field')],
      restsOn: { consents: [] },
      missing: [asked],
    };
    expect(beyondConsent(answer)).toEqual({ final: [], more: ['LEGAL_BASIS_MISSING'] });
    expect(explanationLines(answer, [])).toContain('Consent alone is not enough: LEGAL_BASIS_MISSING has to be mended as well.');
    const observer = { ...answer, violations: [broken('A', 'consent-request'), broken('A', 'choose-addressee')] };
    expect(beyondConsent(observer)).toEqual({ final: ['A'], more: [] });
    expect(beyondConsent({ ...answer, missing: [] })).toEqual({ final: [], more: [] });
  });

  it('asks of a use, of a copy and of a draft as well', async () => {
    expect(await terminal.parley('ng-fia', 'explain', 'use', '--item', item, '--purpose', 'TAX')).toMatchObject({ allowed: false });
    expect(await terminal.parley('ng-fia', 'explain', 'export', '--item', item, '--purpose', 'INTELLIGENCE')).toMatchObject({
      allowed: true,
    });
    // it has it as its FIU
    const codesAs = async (...words: string[]) =>
      (await terminal.parley<{ violations: { code: string }[] }>('ng-fia', 'explain', ...words, '--item', item)).violations.map(
        ({ code }) => code,
      );
    for (const act of ['use', 'export']) {
      expect(await codesAs(act, '--purpose', 'INTELLIGENCE', '--as', 'FIU')).toEqual([]);
      expect(await codesAs(act, '--purpose', 'INTELLIGENCE', '--as', 'COURT')).toContain('NOT_HOLDER');
    }
    const onward = ['release', '--to', 'NG-EFCX', '--purpose', 'INTELLIGENCE', '--as'];
    expect(await codesAs(...onward, 'COURT')).toContain('NOT_HOLDER');
    expect(await codesAs(...onward, 'FIU')).not.toContain('NOT_HOLDER');
    const missing = terminal.write('basis.json', { ...NOTE, legalBasis: [] });
    const answer = await terminal.parley<{ violations: { code: string }[] }>('vg-fix', 'explain', 'send', missing);
    expect(answer.violations.map(({ code }) => code)).toEqual(['LEGAL_BASIS_MISSING']);
  });
});

it('an originator opens its own item again without comparing its own root, and each holder learns which item a change is about', async () => {
  expect(await terminal.parley('vg-fix', 'open', item)).toMatchObject({ fields: NOTE.form });
  await terminal.parley('vg-fix', 'correct', item, '--reason', 'FACTS_WRONG');
  const came = await terminal.parley<{ kind: string; items: object[] }[]>('ng-fia', 'inbox', '--all');
  expect(came.filter(({ kind }) => kind === 'label').map(({ items }) => items)).toEqual([
    [{ item, said: 'CORRECT', reason: 'FACTS_WRONG' }],
  ]);
  expect(await terminal.shows('ng-fia', 'inbox', '--all')).toContain(`CORRECT (FACTS_WRONG) ${item}`);
});

it('nothing is sent that would say nothing', async () => {
  const [{ exchange }] = (await terminal.parley<{ exchange: string }[]>('ng-fia', 'inbox', '--all')) as [{ exchange: string }];
  for (const words of [
    ['clarify', exchange],
    ['reply', exchange, 'FINAL_REPLY'],
    ['reply', exchange, 'FINAL_REPLY', '--text', ' '],
  ])
    await expect(terminal.parley('ng-fia', ...words)).rejects.toMatchObject({ code: 'NOTHING_SAID' });
  await expect(terminal.parley('ng-fia', 'reply', exchange, 'FINAL_REPLY', '--body', 'none')).rejects.toMatchObject({ code: 'MALFORMED' });
});

it('what was not given as intelligence is not read as that because nobody said what it is read for', async () => {
  const label = { ...writeLabel(defaultLabel('SPONTANEOUS', certain(parseAuthorityId('VG-FIX')))), purposes: ['ASSET_TRACING'] };
  const note = terminal.write('tracing.json', { ...NOTE, purposes: ['ASSET_TRACING'], label });
  const sent = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'send', note);
  const given = sent.items[0]!.item;
  await terminal.parley('ng-fia', 'inbox', '--wait', '5');
  await expect(terminal.parley('ng-fia', 'open', given)).rejects.toMatchObject({
    code: 'PURPOSE_NOT_SAID',
    next: 'Say what you read it for: --purpose ASSET_TRACING',
  });
  expect(await terminal.parley('ng-fia', 'open', given, '--purpose', 'ASSET_TRACING')).toMatchObject({ fields: NOTE.form });
  // who sent it is asked nothing
  expect(await terminal.parley('vg-fix', 'open', given)).toMatchObject({ fields: NOTE.form });
});

it('a hold that ends in the past ends no hold that stands', async () => {
  await expect(terminal.parley('ng-fia', 'hold', item, '--until', '2020-01-01T00:00:00Z')).rejects.toThrow('has passed');
});

it('an agreement can be named by whoever is the operator, and by nobody else', async () => {
  const agreed = ['--kind', 'MOU', '--party', 'NG-FIA', '--party', 'VG-FIX', '--channel', 'BVI_BILATERAL_FIU', '--from', '2026-01-01'];
  await expect(terminal.parley('ng-fia', 'register', 'agree', 'MOU:2026-4', ...agreed)).rejects.toMatchObject({ code: 'KEY_NOT_TRUSTED' });
});

it('an empty passphrase opens and makes nothing', async () => {
  const file = terminal.path('empty');
  writeFileSync(file, '\n', { mode: 0o600 });
  await expect(readPassphrase(file, true)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
});

it('what the messages of an exchange say in clear is shown with who signed them, and opens nothing', async () => {
  const [first] = await terminal.parley<{ exchange: string }[]>('ng-fia', 'inbox', '--all');
  const { messages } = await terminal.parley<{ messages: Record<string, unknown>[] }>('ng-fia', 'show', first!.exchange);
  expect(messages[0]).toMatchObject({
    message: 'SUBMIT',
    from: 'VG-FIX',
    signedBy: 'o.1',
    purposes: ['INTELLIGENCE'],
    body: { spontaneousBasis: 'UNCAC_46_4' },
    items: [{ digest: item, itemRole: 'FORM' }],
  });
  const shown = await terminal.shows('ng-fia', 'show', first!.exchange);
  for (const words of [
    'SPONTANEOUS_DISCLOSURE on SPONTANEOUS: VG-FIX as FIU to NG-FIA as FIU',
    'VG-FIX, o.1',
    'spontaneousBasis: UNCAC_46_4',
  ])
    expect(shown).toContain(words);
  expect(shown).not.toContain('An account was closed');
  // what later statements name: CONDITIONS_ACCEPTED its proposal
  expect(shown).toContain(`envelope ${String(messages[0]!['envelope'])}`);
});

it('nothing is granted, or refused, where no consent is asked, with --yes or without', async () => {
  const [first] = await terminal.parley<{ exchange: string }[]>('ng-fia', 'inbox', '--all');
  for (const words of [
    ['grant', first!.exchange],
    ['grant', first!.exchange, '--yes'],
    ['refuse', first!.exchange, '--code', 'CONSENT_OUT_OF_SCOPE', '--text', 'No.'],
  ])
    await expect(terminal.parley('ng-fia', 'consent', ...words)).rejects.toMatchObject({ code: 'NOTHING_ASKED' });
});

describe('a draft that was sent', () => {
  const draft = () => ({ ...NOTE, form: { ...NOTE.form, facts: 'Another account was closed.' } });

  it('opens no second exchange unless that is said, and names the one that it opened', async () => {
    const file = terminal.write('once.json', draft());
    const { exchange } = await terminal.parley('vg-fix', 'send', file);
    writeFileSync(file, JSON.stringify(draft(), null, 2));
    await expect(terminal.parley('vg-fix', 'send', file)).rejects.toMatchObject({
      code: 'SENT_BEFORE',
      what: expect.stringContaining(exchange!) as string,
      next: expect.stringMatching(`parley show ${exchange}.*--again`) as string,
    });
    const again = await terminal.parley('vg-fix', 'send', '--again', file);
    expect(again['exchange']).not.toBe(exchange);
  });

  it('is a consent request as well', async () => {
    const out = terminal.path('consent-twice.json');
    const asked = ['--item', item, '--to', 'NG-EFCX', '--purpose', 'PREVENTION', '--out', out];
    await terminal.parley('ng-fia', 'explain', 'release', ...asked);
    const { exchange } = await terminal.parley('ng-fia', 'send', out);
    await expect(terminal.parley('ng-fia', 'send', out)).rejects.toMatchObject({
      code: 'SENT_BEFORE',
      next: expect.stringContaining(exchange!) as string,
    });
  });

  it('is words that were typed as well, however long the consent is to last', async () => {
    const received = (await terminal.parley<{ exchange: string }[]>('ng-fia', 'inbox', '--all'))[0]!.exchange;
    const words = [
      'consent',
      'ask',
      received,
      '--item',
      item,
      '--to',
      'NG-EFCX',
      '--to-type',
      'LAW_ENFORCEMENT',
      '--purpose',
      'PREVENTION',
    ];
    const { exchange } = await terminal.parley('ng-fia', ...words, '--until', '60d');
    await expect(terminal.parley('ng-fia', ...words, '--until', '61d')).rejects.toMatchObject({
      code: 'SENT_BEFORE',
      next: expect.stringContaining(exchange!) as string,
    });
    const again = await terminal.parley('ng-fia', ...words, '--until', '61d', '--again');
    expect(again['exchange']).not.toBe(exchange);
  });

  it('what is handed on by its answer is read for what it was released for, where nothing else is said, and for nothing else', async () => {
    const asked = await terminal.parley<{ exchange: string; message?: string }[]>('vg-fix', 'inbox', '--all');
    const { exchange } = asked.findLast(({ message }) => message === 'SUBMIT')!;
    const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--until', '1d', '--yes');
    const to = ['--to', 'NG-EFCX', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'PREVENTION', '--legal-basis', 'DOMESTIC_LAW:FIA-2003'];
    const { statement: release } = await terminal.parley('ng-fia', 'release', item, ...to, '--consent', consent!);
    expect(await terminal.parley('ng-efcx', 'open', item, '--via', release!)).toMatchObject({ releasedFor: 'PREVENTION' });
    const otherwise = terminal.parley('ng-efcx', 'open', item, '--via', release!, '--purpose', 'TAX');
    await expect(otherwise).rejects.toMatchObject({ codes: ['USE_BEYOND_PURPOSE', 'CONSENT_SCOPE_EXCEEDED'] });
  });

  it('was not sent where it was refused', async () => {
    const file = terminal.write('refused.json', { ...draft(), legalBasis: [] });
    for (const _try of [1, 2])
      await expect(terminal.parley('vg-fix', 'send', file)).rejects.toMatchObject({ codes: ['LEGAL_BASIS_MISSING'] });
  });
});
