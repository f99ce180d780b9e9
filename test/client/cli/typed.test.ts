/** What an officer is told to type next is pasted, and works: in the profile that they named, about what the program knows. */
import { writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { stepOf } from '../../../client/cli/explained.js';
import { createProgram } from '../../../client/cli/program.js';
import { toType } from '../../../client/cli/typed.js';
import { ParleyError, PolicyRefusal } from '../../../client/sdk/index.js';
import { openedDisclosure } from './disclosure.js';
import { REQUEST } from './request.js';
import { openTerminal } from './terminal.js';

const { gateway, terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });
let item = '';
beforeAll(async () => {
  ({ item } = await openedDisclosure(terminal));
});

/** Every line that says `parley`, as it would be typed. */
const told = (text: string): string[][] => [...text.matchAll(/\bparley (.+)$/gm)].map(([, words]) => words!.split(' '));

/** @returns what a refusal is told with */
async function complaint(profile: string, ...words: string[]): Promise<string> {
  const error: unknown = await terminal.shows(profile, ...words).catch((refused: unknown) => refused);
  let text = '';
  const sink = { answer: () => undefined, complaint: (more: string) => void (text += more) };
  createProgram({}, sink).out.complain(error);
  return text;
}

it('the profile that was typed stands in what is to be typed next, and where none was typed none', async () => {
  const { exchange } = await terminal.parley('ng-fia', 'send', terminal.write('request.json', REQUEST));
  const next = ['show', exchange!] as const;
  const named = told(await terminal.shows('nobody', '--profile', 'ng-fia', ...next));
  expect(named.length).toBeGreaterThan(3);
  for (const words of named.slice(1)) expect(words.slice(0, 2)).toEqual(['--profile', 'ng-fia']);
  expect(await terminal.shows('ng-fia', ...next)).not.toContain('--profile');
  let text = '';
  const { program, out } = createProgram({}, { answer: () => undefined, complaint: (more) => void (text += more) });
  await program.parseAsync(['--profile', 'fia', 'show', exchange!], { from: 'user' }).catch(() => undefined);
  out.complain(new ParleyError('DONE_BEFORE', 'x', 'Look: parley show EXCHANGE. Have it trusted: parley register approve X'));
  expect(text).toContain(`Look: parley --profile fia show ${exchange}. Have it trusted: parley register approve X`);
});

it('the gateway that was typed stands in what is to be typed next, unless the profile knows it', async () => {
  const { exchange } = await terminal.parley('ng-fia', 'send', '--again', terminal.write('request.json', REQUEST));
  const env = { PARLEY_HOME: terminal.path('.'), PARLEY_PASSPHRASE_FILE: terminal.path('passphrase'), PARLEY_SCRYPT_LOG_N: '2' };
  const shown = async (more: object, origin = gateway.origin) => {
    let text = '';
    const { program } = createProgram(
      { ...env, ...more },
      { answer: (answer) => void (text += String(answer)), complaint: () => undefined },
    );
    await program.parseAsync(['--profile', 'ng-fia', '--gateway', origin, 'show', exchange!], { from: 'user' });
    return text;
  };
  const line = `parley --profile ng-fia --gateway ${gateway.origin} reply ${exchange} NO_LONGER_REQUIRED`;
  expect(await shown({})).toContain(line);
  expect(await shown({ PARLEY_GATEWAY: 'http://127.0.0.1:1' })).toContain(line);
  expect(await shown({ PARLEY_GATEWAY: gateway.origin })).not.toContain('--gateway');
  writeFileSync(terminal.path('ng-fia/settings.json'), JSON.stringify({ gateway: gateway.origin }));
  expect(await shown({}, `${gateway.origin}/`)).not.toContain('--gateway');
});

it('an address in figures of IPv6 stands in quotes, since a shell looks for files where it sees brackets', () => {
  const typed = (gateway: string): string => toType('Look: parley show EXCHANGE', { gateway });
  for (const gateway of ['http://[::1]:8080', 'https://[2001:db8::7]'])
    expect(typed(gateway)).toBe(`Look: parley --gateway "${gateway}" show EXCHANGE`);
  for (const gateway of ['https://[::1]$(id)', 'https://[::1%25"]', 'https://a[b]'])
    expect(typed(gateway)).toBe('Look: parley show EXCHANGE');
});

it('a name that no profile has gets into no line that is pasted', async () => {
  for (const profile of ['a; rm -rf x', '$(id)', "it's", '$&', '-x']) {
    let text = '';
    const { program, out } = createProgram({}, { answer: () => undefined, complaint: (more) => void (text += more) });
    const words = ['--profile', profile, 'verify', terminal.write('no-receipt.json', {}), '--log', 'x'];
    await program.parseAsync(words, { from: 'user' }).catch((error: unknown) => out.complain(error));
    out.complain(new ParleyError('DONE_BEFORE', 'x', 'Look: parley show EXCHANGE'));
    expect(text).toContain('Look: parley show EXCHANGE');
    expect(text).not.toContain('parley --profile');
  }
});

it('whoever named an address that is no gateway’s is told to look at it', async () => {
  const refused = new PolicyRefusal('HTTP_404', 'The gateway refused.', 404, [], null);
  for (const flags of [[], ['--json']]) {
    let text = '';
    const { program, out } = createProgram({}, { answer: () => undefined, complaint: (more) => void (text += more) });
    await program.parseAsync([...flags, 'body', 'REFUSE'], { from: 'user' });
    out.complain(refused);
    expect(text).toContain('Check that the address is a Parley gateway’s');
  }
});

it('what a gateway says is to be done gets into no line that is pasted, but for ids and codes', () => {
  const remedy = { action: 'consent-request', items: ['A'.repeat(43)], recipient: 'NG-EFCX; id', purpose: '$(id)' };
  const violation = { code: 'NO_THIRD_PARTY_CONSENT', rule: 'consent/third-party', source: 's', sentence: 'No.', offenders: ['a`id`'] };
  const asked = stepOf({ ...violation, remedy });
  expect(told(asked)).toEqual([`consent ask --item ${'A'.repeat(43)} --to … --purpose … --until 90d`.split(' ')]);
  expect(stepOf({ ...violation, rule: 'holding/retracted', remedy: { action: 'x', originators: ['VG-FIX'] } })).not.toContain('`');
});

it('what somebody else wrote stays as they wrote it', async () => {
  const text = 'Type parley show EXCHANGE and parley open ITEM.';
  const { exchange } = await terminal.parley('ng-fia', 'send', '--again', terminal.write('request.json', REQUEST));
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  const { items } = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'clarify', exchange!, '--text', text);
  await terminal.parley('ng-fia', 'inbox', '--wait', '5');
  expect(await terminal.shows('nobody', '--profile', 'ng-fia', 'open', items[0]!.item)).toContain(text);
});

it('a file that was sent is named beside its digest', async () => {
  writeFileSync(terminal.path('scan.pdf'), 'x');
  const attachments = [{ path: terminal.path('scan.pdf') }];
  const draft = terminal.write('request.json', { ...REQUEST, attachments });
  const shown = await terminal.shows('ng-fia', 'send', '--again', draft);
  expect(shown).toMatch(/FILE scan\.pdf/);
  const [, exchange = ''] = /exchange ([\w-]{36})/.exec(shown) ?? [];
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  const answered = await terminal.parley<{ items: object[] }>(
    'vg-fix',
    'clarify',
    exchange,
    '--text',
    'See it.',
    '--attach',
    terminal.path('scan.pdf'),
  );
  expect(answered.items).toContainEqual({ item: expect.any(String) as string, itemRole: 'FILE', name: 'scan.pdf' });
});

it('a release that lacks a consent names the line that asks for it, in the exchange that gave the item', async () => {
  const released = await complaint(
    'ng-fia',
    'release',
    item,
    '--to',
    'NG-EFCX',
    '--purpose',
    'INTELLIGENCE',
    '--legal-basis',
    'RECIPROCITY',
  );
  const [line] = told(released);
  expect(line!.slice(0, 2)).toEqual(['consent', 'ask']);
  const { exchange } = await terminal.parley('ng-fia', ...line!);
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  expect(await terminal.shows('vg-fix', 'show', exchange!)).toContain(item);
  await terminal.parley('vg-fix', 'consent', 'grant', exchange!, '--yes');
  // the real matter is told, and not that the text is short
  const again = complaint('vg-fix', 'consent', 'refuse', exchange!, '--code', 'CONSENT_OUT_OF_SCOPE', '--text', 'no');
  expect(await again).toMatch(/^ANSWERED_BEFORE: .*GRANTED.*\n.*parley show /);
});

it('what nobody gave in an exchange is asked for through whom explain names', async () => {
  const asked = complaint('ng-fia', 'consent', 'ask', '--item', 'A'.repeat(43), '--to', 'NG-EFCX', '--purpose', 'TAX', '--until', '2d');
  expect(await asked).toContain(`parley explain release --item ${'A'.repeat(43)} --to NG-EFCX --purpose TAX --out ask.json`);
});

it('an inbox leads to what is in it: an item to read, an exchange, what is to be deleted', async () => {
  const shown = await terminal.shows('ng-fia', 'inbox', '--all');
  const [open, show] = told(shown);
  expect(open).toEqual(['open', expect.stringMatching(/^[\w-]{43}$/)]);
  await terminal.parley('ng-fia', ...show!);
  await terminal.parley('vg-fix', 'retract', item);
  const taken = await terminal.shows('ng-fia', 'inbox', '--wait', '5');
  expect(told(taken)).toEqual([
    ['deleted', item],
    ['unable', item, '--code', 'WHY'],
  ]);
  expect(await complaint('ng-fia', 'open', item)).toContain(`: parley deleted ${item}\n`);
});

it('what was taken back is taken back once, which whoever does it again is told, and may still be erased', async () => {
  const before = await terminal.parley<object[]>('ng-fia', 'inbox', '--all');
  const again = await complaint('vg-fix', 'retract', item);
  expect(again).toMatch(/^DONE_BEFORE: It was taken back already, by the statement [\w-]{43}\.\n/);
  const [line] = told(again);
  expect(await terminal.parley<object[]>('vg-fix', ...line!)).toMatchObject([{ holder: 'NG-FIA' }]);
  expect(await terminal.parley<object[]>('ng-fia', 'inbox', '--all')).toHaveLength(before.length);
  // but for a gateway that was set back, and has lost it
  expect(await complaint('vg-fix', 'retract', item, '--again')).toMatch(/STEP_NOT_ALLOWED.*VG-FIX took [\w-]{43} back already.*ended/);
  expect(await terminal.shows('vg-fix', 'erase', item, '--take-back')).toContain('Taken back from everybody');
});
