/** What was granted is shown where the exchange is, to whom asked, and by the names of the options that grant it. */
import { beforeAll, expect, it } from 'vitest';
import { disclosureTo, openedDisclosure } from './disclosure.js';
import { openTerminal } from './terminal.js';

const { gateway, terminal } = await openTerminal({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });
let given = '';
let item = '';

beforeAll(async () => {
  ({ exchange: given, item } = await openedDisclosure(terminal));
});

const TO = ['--to', 'NG-EFCX', '--purpose', 'INTELLIGENCE'];
const ask = async (...more: string[]) =>
  (await terminal.parley('ng-fia', 'consent', 'ask', given!, '--item', item!, ...TO, '--until', '2d', ...more)).exchange!;

it('a grant and its end stand in `show`, and `proceedings` in the inbox', async () => {
  const exchange = await ask();
  // as what it receives may be left out of one type, and is the same question then
  await expect(ask('--to-type', 'LAW_ENFORCEMENT')).rejects.toMatchObject({ code: 'SENT_BEFORE' });
  const grant = ['consent', 'grant', exchange, '--proceedings', 'case-1'];
  const { statement: consent } = await terminal.parley('vg-fix', ...grant, '--yes');
  await expect(terminal.parley('vg-fix', ...grant, '--yes')).rejects.toMatchObject({
    code: 'DONE_BEFORE',
    what: expect.stringContaining(consent!) as string,
  });
  await expect(terminal.parley('vg-fix', ...grant, '--again')).rejects.toMatchObject({
    next: expect.stringContaining(`${grant.join(' ')} --again`) as string,
  });
  await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
  await expect(terminal.parley('vg-fix', 'consent', 'revoke', consent!)).rejects.toMatchObject({
    code: 'STEP_NOT_ALLOWED',
    what: expect.stringMatching(new RegExp(`consent ${consent} ended at 20\\S+Z, by the revocation [\\w-]{43}$`)) as string,
    next: expect.stringContaining('where it says when something ended, nothing is left to do') as string,
  });
  const shown = await terminal.shows('ng-fia', 'show', exchange);
  expect(shown).toContain(`consent ${consent}\n`);
  expect(shown).toContain('  proceedings: case-1\n');
  expect(shown).toMatch(/\nrevocation [\w-]{43}\n/);
  expect(shown).not.toContain('conditions:');
  expect(await terminal.parley('ng-fia', 'show', exchange)).toMatchObject({
    consents: [
      { kind: 'consent', statement: consent, says: { conditions: ['case-1'], recipient: { authorityType: 'LAW_ENFORCEMENT' } } },
      { kind: 'revocation', says: { consent } },
    ],
  });
  const inbox = await terminal.shows('ng-fia', 'inbox', '--all');
  expect(inbox).toMatch(/^\d+ envelope SUBMIT, SPONTANEOUS_DISCLOSURE on \w+, from VG-FIX$/m);
  expect([inbox.includes('  proceedings: case-1'), inbox.includes('conditions:')]).toEqual([true, false]);
});

it('a grant that stands is shown with the command for which it was asked, and one that was ended is not', async () => {
  const exchange = await ask('--again');
  const asked = await terminal.shows('vg-fix', 'show', exchange);
  expect(asked).not.toContain('consent revoke');
  // of no message `parley body` tells the grounds
  expect(asked).toContain(`parley consent refuse ${exchange} --code … --text-file …   its grounds: parley consent refuse --help\n`);
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--yes');
  const command = `  parley release ${item} --to NG-EFCX --to-type LAW_ENFORCEMENT --purpose INTELLIGENCE --legal-basis … --consent ${consent}\n`;
  expect(await terminal.shows('ng-fia', 'show', exchange)).toContain(
    `unless its originator added a caveat since (after parley open, within the hour):\n${command}`,
  );
  expect(await terminal.shows('ng-fia', 'explain', 'release', '--item', item!, ...TO)).toContain(`cite it, --consent ${consent}`);
  const own = await terminal.shows('vg-fix', 'show', exchange);
  expect(own).toContain(`consent ${consent}\n  items: ${item}\n`);
  expect(own).toMatch(/\n {2}until: \S+\n {2}state: GRANTED\n/);
  expect(own).toContain(`parley audit):\n  parley consent revoke ${consent}\n`);
  expect(own.match(/consent revoke/g)).toHaveLength(1);
  expect(own).not.toContain('parley release');
  await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
  expect(await terminal.shows('ng-fia', 'show', exchange)).not.toContain('parley release');
  for (const side of ['ng-fia', 'vg-fix']) {
    const shown = await terminal.parley(side, 'show', exchange);
    expect(shown).toMatchObject({
      consents: [
        { statement: consent, state: 'REVOKED' },
        { kind: 'revocation', says: { consent } },
      ],
    });
    expect(await terminal.shows(side, 'show', exchange)).not.toContain(`consent revoke ${consent}`);
  }
});

it('whoever has something on a grant learns that it ended, and nothing of the exchange in which it was asked', async () => {
  const exchange = await ask('--again');
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--yes');
  await terminal.parley('ng-fia', 'open', item);
  const released = await terminal.shows('ng-fia', 'release', item, ...TO, '--legal-basis', 'DOMESTIC_LAW:1', '--consent', consent!);
  // the two ends differ: a consent ends new use, and takes no reading away (rulings 4)
  expect(released).toMatch(/may be read there until 20\S+Z\. Used, or handed on, it may be while the consent stands\./);
  expect(await terminal.shows('ng-efcx', 'open', item)).toContain(`Consent ${consent} of VG-FIX, as granted until`);
  const { statement: digest } = await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
  const came = (profile: string) => terminal.parley<{ statement: string }[]>(profile, 'inbox', '--all');
  for (const profile of ['ng-efcx', 'ng-fia'])
    await expect.poll(() => came(profile)).toContainEqual(expect.objectContaining({ kind: 'revocation', statement: digest }));
  const told = async (profile: string) => (await came(profile)).find(({ statement }) => statement === digest);
  expect(await told('ng-fia')).toMatchObject({ exchange });
  expect(await told('ng-efcx')).toMatchObject({ exchange: null });
  expect(await terminal.shows('ng-efcx', 'open', item)).toContain(`REVOKED: consent ${consent} of VG-FIX.`);
  expect(await terminal.parley('ng-efcx', 'open', item)).toMatchObject({ consents: [consent], revoked: [consent] });
});

it('a grant that its time ended is shown as that, with nothing to type on it', async () => {
  const exchange = await ask('--again');
  await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--until', new Date(Date.now() + 6_000).toISOString(), '--yes');
  const shown = (): Promise<string> => terminal.shows('ng-fia', 'show', exchange);
  await expect.poll(shown, { timeout: 60_000 }).toContain('  state: EXPIRED\n');
  expect(await shown()).not.toContain('parley release');
  expect(await terminal.shows('vg-fix', 'show', exchange)).not.toMatch(/consent revoke [\w-]{43}/);
});

it('of two items one is granted, and the other one is refused, each by its name', async () => {
  const note = terminal.write('other.json', disclosureTo('NG-FIA', 'Another account was closed.'));
  const { items } = await terminal.parley<{ items: { item: string }[] }>('vg-fix', 'send', note);
  const other = items[0]!.item;
  const exchange = await ask('--item', other, '--again');
  const grant = ['consent', 'grant', exchange, '--item', other];
  await expect(terminal.parley('vg-fix', ...grant)).rejects.toMatchObject({
    what: expect.stringContaining(`NG-FIA could then hand ${other} to NG-EFCX`) as string,
    next: expect.stringContaining(`parley ${grant.join(' ')} --yes`) as string,
  });
  expect(await terminal.parley('vg-fix', ...grant, '--yes')).toMatchObject({ items: [other] });
  const refuse = ['consent', 'refuse', exchange, '--code', 'CONSENT_DISPROPORTIONATE', '--text', 'It would warn those whom we look at.'];
  await expect(terminal.parley('vg-fix', ...refuse, '--item', 'A'.repeat(43))).rejects.toMatchObject({
    code: 'BEYOND_REQUEST',
    next: expect.stringContaining('Grant or refuse') as string,
  });
  // what is granted is left out, and that is said
  await terminal.shows('vg-fix', ...refuse);
  expect(terminal.asides.join('\n')).toContain(`Granted, and not refused: ${other}.`);
  expect(await terminal.parley('ng-fia', 'show', exchange)).toMatchObject({
    consents: [
      { kind: 'consent', state: 'GRANTED', says: { items: [other] } },
      { kind: 'consent-refusal', says: { items: [item] } },
    ],
  });
  const could = (one: string) => terminal.parley('ng-fia', 'explain', 'release', '--item', one, ...TO);
  expect([await could(other), await could(item)]).toMatchObject([{ allowed: true }, { allowed: false }]);
});

it('a refusal is shown to both sides, on its ground', async () => {
  const exchange = await ask('--again');
  await terminal.parley(
    'vg-fix',
    'consent',
    'refuse',
    exchange,
    '--code',
    'CONSENT_DISPROPORTIONATE',
    '--text',
    'It would warn those whom we look at in a case of our own.',
  );
  for (const side of ['ng-fia', 'vg-fix'])
    expect(await terminal.parley(side, 'show', exchange)).toMatchObject({
      consents: [{ kind: 'consent-refusal', says: { codes: ['CONSENT_DISPROPORTIONATE'] } }],
    });
});

it('a ground that no list has is told before anything is signed, and who only handed it on says that alone', async () => {
  const exchange = await ask('--again');
  await expect(
    terminal.parley('vg-fix', 'consent', 'refuse', exchange, '--code', 'OTHER', '--text', 'It would warn those whom we look at.'),
  ).rejects.toMatchObject({
    message: expect.stringMatching(/It is one of .*CONSENT_DISPROPORTIONATE/) as string,
  });
  expect(await terminal.parley('vg-fix', 'show', exchange)).not.toHaveProperty('consents');
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange, '--yes');
  await terminal.parley('ng-fia', 'open', item);
  await terminal.parley('ng-fia', 'release', item, ...TO, '--legal-basis', 'DOMESTIC_LAW:1', '--consent', consent!, '--again');
  await terminal.parley('ng-efcx', 'inbox', '--wait', '5');
  await terminal.parley('ng-efcx', 'open', item);
  await terminal.enrol({ 'NG-PROS': 'PROSECUTION' });
  const out = terminal.path('through.json');
  const onward = ['--item', item, '--to', 'NG-PROS', '--purpose', 'INVESTIGATION'];
  await terminal.parley('ng-efcx', 'explain', 'release', ...onward, '--out', out);
  const asked = await terminal.parley('ng-efcx', 'send', out);
  await terminal.parley('ng-fia', 'inbox', '--wait', '5');
  expect(await terminal.parley('ng-fia', 'consent', 'refuse', asked.exchange!, '--code', 'CANNOT_PROVIDE')).toHaveProperty('statement');
  await terminal.parley('vg-fix', 'consent', 'revoke', consent!);
});

it('who is suspended refuses on a ground alone, since nothing sealed leaves it', async () => {
  const exchange = await ask('--again');
  const refuse = ['consent', 'refuse', exchange, '--code', 'CONSENT_DISPROPORTIONATE'];
  await expect(terminal.parley('vg-fix', ...refuse)).rejects.toMatchObject({ code: 'NOTHING_SAID' });
  const { keys } = await terminal.parley<{ keys: { use: string; kid: string }[] }>('vg-fix', 'keys', 'list');
  const designation = { authority: 'VG-FIX', root: keys.find(({ use }) => use === 'root')!.kid, types: ['FIU'] } as const;
  await gateway.operator.designate({ ...designation, status: 'SUSPENDED', reason: 'SECURITY' });
  expect(await terminal.parley('vg-fix', ...refuse)).toHaveProperty('statement');
  await gateway.operator.designate({ ...designation, status: 'ACTIVE' });
});

it('a draft that encloses nothing shows no table of items', async () => {
  const onward = ['--item', item!, ...TO];
  await terminal.parley('ng-fia', 'explain', 'release', ...onward, '--out', terminal.path('request.json'));
  const shown = await terminal.shows('ng-fia', 'send', terminal.path('request.json'));
  expect(shown).toMatch(/^Accepted: exchange /);
  expect(shown).not.toContain('what');
});

it('a grant to another type of one’s own is shown with the command that hands it over', async () => {
  const { keys } = await terminal.parley<{ keys: { use: string; kid: string }[] }>('ng-fia', 'keys', 'list');
  const types = ['FIU', 'LAW_ENFORCEMENT'] as const;
  const kid = keys.find(({ use }) => use === 'root')!.kid;
  await gateway.operator.designate({ authority: 'NG-FIA', root: kid, types, status: 'ACTIVE' });
  const facts = { name: 'NG-FIA', territory: 'NG', types, languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' };
  await terminal.parley('ng-fia', 'entry', terminal.write('two.json', facts));
  const own = ['--to', 'NG-FIA', '--to-type', 'LAW_ENFORCEMENT', '--purpose', 'INTELLIGENCE'];
  const { exchange } = await terminal.parley('ng-fia', 'consent', 'ask', given, '--item', item, ...own, '--until', '2d');
  const { statement: consent } = await terminal.parley('vg-fix', 'consent', 'grant', exchange!, '--yes');
  const command = `release ${item} ${own.join(' ')} --as FIU --legal-basis … --consent ${consent}`;
  expect(await terminal.shows('ng-fia', 'show', exchange!)).toContain(`  parley ${command}\n`);
  await terminal.parley('ng-fia', 'open', item);
  await terminal.parley('ng-fia', ...command.replace('…', 'DOMESTIC_LAW:1').split(' '));
});
