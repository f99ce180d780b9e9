/** The quorum and a change of root by the command line, from set-up to what a person reads. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProfiles } from './profiles.js';
import { openGateway, type LiveGateway, type Member } from '../sdk/live-gateway.js';
import { noteTo } from '../sdk/notes.js';
import { certain } from '../../../domain/result.js';
import { parseAuthorityId } from '../../../domain/ids.js';
import { AGREEMENT_KINDS } from '../../../domain/wire/register.js';

let gateway: LiveGateway;
const { home, shows, parley } = createProfiles(() => gateway.origin);
let partner: Member;
let root: string;

async function admit(code: string, ...seat: string[]): Promise<object> {
  const card = join(home, `${code}.json`);
  await parley(code, 'officer', 'new', '--authority', 'CH-FIN', '--officer', code, '--root', root, '--out', card);
  expect(readFileSync(card, 'utf8')).toContain(code);
  return parley<object>('o1', 'officer', 'admit', card, ...seat, '--yes');
}

beforeAll(async () => {
  gateway = await openGateway();
  partner = await gateway.join('VG-FIX', 'FIU');
  root = (await parley('o1', 'enrol', '--authority', 'CH-FIN', '--officer', 'o.1', '--suite', 'age-pq-1')).root!;
  await gateway.designate('CH-FIN', root, 'FIU');
  const facts = join(home, 'facts.json');
  const said = { name: 'FIU of fiction', territory: 'CH', types: ['FIU'], languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' };
  writeFileSync(facts, JSON.stringify(said));
  await parley('o1', 'entry', facts);
  for (const code of ['c1', 'c2', 'c3']) await admit(code, '--role', 'COMPLIANCE');
  await partner.client.pinRoot('CH-FIN', root);
});
afterAll(() => gateway.running.drain());

describe('a quorum by the command line', () => {
  it('is set up, asked, agreed to and opened, and says that its key must turn', async () => {
    expect(await shows('o1', 'quorum')).toContain('has no quorum');
    const holders = ['c1', 'c2', 'c3'].flatMap((code) => ['--holder', code]);
    await expect(shows('o1', 'quorum', 'set-up', '--of', '4', '--need', '2', ...holders)).rejects.toThrow('--of says 4');
    expect(await shows('o1', 'quorum', 'set-up', '--of', '3', '--need', '2', ...holders)).toContain('2 of 3 open together');
    expect(await shows('o1', 'quorum', 'show')).toContain('You hold no share.');
    expect(await shows('c1', 'quorum', 'show')).toContain('Your share opens.');
    expect(await shows('c1', 'quorum', 'list')).toContain('None.');

    const authority = certain(parseAuthorityId('CH-FIN'));
    const sent = await partner.client.send(noteTo(partner.client, { authority } as typeof partner.client));
    await parley('c1', 'directory', 'trust', 'VG-FIX', partner.client.identity.root!.kid);
    const { statement: digest } = await parley('c1', 'quorum', 'ask', sent.exchange, '--reason', 'COURT_ORDER');
    await expect(shows('c2', 'quorum', 'approve', digest!)).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      what: expect.stringMatching(`^c1 asks for case ${sent.exchange}, reason COURT_ORDER, until 20`) as unknown,
    });
    expect(await shows('c2', 'quorum', 'list')).toContain('0 of 2');
    for (const code of ['c2', 'c3'])
      expect(await shows(code, 'quorum', 'approve', digest!, '--yes')).toMatch(/^c1 asks for case .*COURT_ORDER.*\nAgreed/);
    const list = await shows('c2', 'quorum', 'list');
    for (const word of ['2 of 2', 'c1', sent.exchange, 'COURT_ORDER']) expect(list).toContain(word);
    // an item that stays shut fails the command, after what it shows
    const real = fetch;
    const shut = { code: 'ITEM_RETRACTED', detail: 'Taken back.' };
    vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
      String(input).endsWith('/v1/access') ? Promise.resolve(Response.json(shut, { status: 403 })) : real(input, init),
    );
    const half = shows('c1', 'quorum', 'open', digest!);
    await expect(half.finally(() => vi.unstubAllGlobals())).rejects.toMatchObject({
      code: 'NOT_ALL_OPENED',
      what: expect.stringMatching(/^1 of 1 items stayed shut: \S{43} \(ITEM_RETRACTED\)/) as unknown,
    });
    // where nothing can be kept, no reading is stated
    const stated = vi.fn((input: string, init?: RequestInit) => real(input, init));
    vi.stubGlobal('fetch', stated);
    const unkept = shows('c1', 'quorum', 'open', digest!, '--out', join(home, 'passphrase')).finally(() => vi.unstubAllGlobals());
    await expect(unkept).rejects.toMatchObject({ code: 'EEXIST' });
    expect(stated.mock.calls.filter(([url]) => url.endsWith('/v1/access'))).toEqual([]);
    const shown = await shows('c1', 'quorum', 'open', digest!, '--justification', 'SUPERVISION');
    expect(shown).toContain('An account was closed.');
    expect(shown).not.toContain('nothing is written');
    expect(shown).toContain('turns it now');
    // the log proves to each what it handed in, and what it read by the quorum's right
    expect(await shows('c1', 'status')).toContain('Your roles show you no exchanges.');
    for (const code of ['c1', 'c2', 'o1'])
      await vi.waitFor(async () => expect(await parley(code, 'status')).toMatchObject({ proofs: { waiting: 0, alarms: [] } }), 20_000);
    // the case stays provable, request and agreements included
    expect(await shows('c1', 'evidence', sent.exchange, '--out', join(home, 'case.zip'))).toMatch(/checks hold/);
    // a sealed body is a reading of a case: said before any is tried
    const bodies = ['--with-bodies', '--purpose', 'INTELLIGENCE', '--justification', 'SUPERVISION'];
    await expect(shows('c1', 'evidence', sent.exchange, '--out', join(home, 'no.zip'), ...bodies)).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      what: expect.stringContaining('beside COMPLIANCE') as unknown,
    });
    expect(await shows('c1', 'verify', join(home, 'case.zip'), '--root', root)).toContain('parley-quorum-request+json');
  });

  it('gives an officer the desk’s secrets back', async () => {
    await admit('o2', '--role', 'OFFICER', '--desk', 'INTAKE');
    const { statement: digest } = await parley('o2', 'quorum', 'recover', 'INTAKE');
    for (const code of ['c1', 'c2']) await parley(code, 'quorum', 'approve', digest!, '--yes');
    expect(await shows('o2', 'quorum', 'recover', digest!)).toContain('Back: INTAKE.1.');
    expect(await shows('o2', 'keys', 'list')).toContain('INTAKE 1');
    // entries from before it came are no alarm
    await expect(shows('o2', 'status')).resolves.not.toContain('ALARM');
  });
});

describe('keys that cannot be shared yet', () => {
  it('fail no command: each says what it did, and how the keys are shared later', async () => {
    const real = fetch;
    vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
      init?.method === 'PUT' ? Promise.resolve(Response.json({ code: 'STALE', detail: 'Not now.' }, { status: 409 })) : real(input, init),
    );
    try {
      const later = /NOT SHARED yet \(STALE: Not now\.\).*parley keys share/;
      const turned = await shows('o1', 'keys', 'turn');
      expect(turned).toMatch(later);
      expect(turned).toContain('has a new generation');
      expect(await parley('o1', 'keys', 'turn')).toMatchObject({
        turned: true,
        shared: [],
        notShared: { code: 'STALE', what: 'Not now.' },
      });
      expect(await admit('o3', '--role', 'OFFICER', '--desk', 'INTAKE')).toMatchObject({ officer: 'o3', notShared: { code: 'STALE' } });
      const dismissed = await shows('o1', 'officer', 'dismiss', 'o3');
      expect(dismissed).toMatch(later);
      expect(dismissed).toContain('o3 signs nothing more');
      await expect(shows('o1', 'keys', 'share')).rejects.toMatchObject({ code: 'STALE' });
    } finally {
      vi.unstubAllGlobals();
    }
    for (const again of [1, 2]) expect(await shows('o1', 'keys', 'share'), `${again}`).toContain('Shared: INTAKE.1, INTAKE.2, INTAKE.3');
    expect(await shows('o2', 'keys', 'fetch')).toContain('INTAKE.4');
  });
});

describe('a holder whose key was revoked', () => {
  const holders = ['c1', 'c2', 'c3'].flatMap((code) => ['--holder', code]);

  it('is marked among the holders and the officers, and gets no share anew', async () => {
    const { officers } = await parley<{ officers: { officer: string; signing: string }[] }>('o1', 'officer', 'list');
    const { signing } = officers.find(({ officer }) => officer === 'c3')!;
    expect(await shows('o1', 'quorum', 'show')).not.toContain('CANNOT AGREE');
    await shows('o1', 'keys', 'revoke', signing, 'LOST');
    const shown = await shows('o1', 'quorum', 'show');
    expect(shown).toMatch(/c1, c2, c3 \(CANNOT AGREE\)\..*\n.*not now: c3\..*\nNO CASE OPENS/);
    expect(await parley('o1', 'quorum', 'show')).toMatchObject({ quorum: { unable: ['c3'] } });
    expect(await shows('o1', 'officer', 'list')).toContain('REVOKED: signing, auth, encryption');
    await expect(shows('o1', 'quorum', 'set-up', '--need', '2', ...holders)).rejects.toMatchObject({
      code: 'QUORUM_UNFIT',
      what: expect.stringContaining('c3.') as unknown,
    });
  });

  it('is dealt to by whoever has the root and is a SUPERVISOR, and told so before anything is made', async () => {
    const facts = { name: 'FIU of fiction', territory: 'CH', types: ['FIU'], languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' };
    const file = join(home, 'no-supervisor.json');
    writeFileSync(file, JSON.stringify({ ...facts, roles: ['OFFICER'] }));
    await parley('o1', 'entry', file);
    await expect(shows('o1', 'quorum', 'set-up', '--need', '2', ...holders)).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      what: expect.stringContaining('SUPERVISOR') as unknown,
    });
    await parley('o1', 'entry', join(home, 'facts.json'));
  });
});

describe('a word that a command does not know', () => {
  it('is refused with those that it knows', async () => {
    const kid = 'A'.repeat(43);
    for (const [words, allowed] of [
      [['keys', 'revoke', kid, 'NOPE'], 'SCHEDULED, LOST, COMPROMISED'],
      [['designate', 'CH-FIN', kid, '--type', 'FIU', '--status', 'NOPE'], 'ACTIVE, SUSPENDED, OBSERVER'],
      [['register', 'agree', 'MOU:1', '--kind', 'NOPE'], AGREEMENT_KINDS.join(', ')],
    ] as const)
      await expect(shows('o1', ...words)).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringContaining(`It is one of ${allowed}.`) as unknown,
      });
  });
});

describe('a root by the command line', () => {
  it('gives way to another that it names, and whoever compared it is told nothing worse', async () => {
    expect(await shows('o1', 'keys', 'new-root')).toContain('The root is');
    const { doubts } = await partner.client.directory(true);
    expect(doubts).toEqual([]);
    expect(await shows('c1', 'directory', 'list')).not.toContain('ALARM');
    await expect(shows('c1', 'directory', 'accept-root', 'CH-FIN', root)).rejects.toMatchObject({ code: 'NO_ALARM' });
    expect(await shows('o1', 'keys', 'new-root', '--lost')).toContain('would be');
  });

  it('ends keys, and says what that means', async () => {
    const { officers } = await parley<{ officers: { officer: string; signing: string }[] }>('o1', 'officer', 'list');
    const { signing } = officers.find(({ officer }) => officer === 'o2')!;
    await expect(shows('o1', 'keys', 'revoke', signing, 'COMPROMISED')).rejects.toMatchObject({ code: 'MALFORMED' });
    const since = ['--doubtful-since', '2026-01-01T00:00:00Z'];
    expect(await shows('o1', 'keys', 'revoke', signing, 'COMPROMISED', ...since)).toContain('is marked for every reader');
    await expect(shows('o2', 'inbox')).rejects.toMatchObject({ code: 'NOT_CALLER' });
    expect(await shows('o1', 'keys', 'reseal')).toContain('Sealed anew: 0.');
  });
});
