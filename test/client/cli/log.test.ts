import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openFileKeyStore } from '../../../client/cli/file-key-store.js';
import { formatVerifierKey } from '../../../crypto/note-key.js';
import { leaves, noteOf, witnessSigner } from '../sdk/log-faces.js';
import { openTerminal } from './terminal.js';

const keys = [1, 2].map((n) => formatVerifierKey(witnessSigner(n).key));
const pins = (...more: string[]): string[] => [...keys.flatMap((key) => ['--witness', key]), ...more];

const { gateway, terminal } = await openTerminal({});

beforeAll(async () => {
  await gateway.join('NG-FIA', 'FIU');
});

describe('parley log', () => {
  it('holds the newest checkpoint against the one remembered, and says that no witness has seen it', async () => {
    await terminal.parley('fix', 'enrol', '--authority', 'VG-FIX', '--officer', 'o.1', '--suite', 'age-pq-1');
    let size = 0;
    // the first checkpoint is a fifth of a second away
    for (let tries = 0; tries < 50 && size === 0; tries += 1)
      size = await terminal.parley<{ size: number }>('fix', 'log').then(
        (shown) => shown.size,
        () => 0,
      );
    expect(size).toBeGreaterThan(0);
    expect(await terminal.shows('fix', 'log', 'show')).toContain('No pinned witness has seen it.');
    expect(await terminal.shows('fix', 'log', 'alarms')).toBe('None.\n');
  });

  it('believes no checkpoint that the pinned witnesses have not seen', async () => {
    await terminal.parley('fix', 'log', 'pin', ...pins());
    await expect(terminal.shows('fix', 'log')).rejects.toThrow(/CHECKPOINT_UNTRUSTED: 0 of the 2 witnesses.*parley log pin/s);
  });
});

describe('parley status', () => {
  it('says of a checkpoint that the pinned witnesses have not seen that they are to be asked, or others pinned', async () => {
    await terminal.enrol({ 'LV-FIN': 'FIU' });
    await terminal.parley('lv-fin', 'log', 'pin', ...pins());
    const { shown, code } = await terminal.showsAll('lv-fin', 'status', '--acknowledge');
    expect([code, shown]).toEqual([
      'ALARM',
      expect.stringMatching(/ALARM CHECKPOINT: which entry of yours.*0 of the 2 witnesses.*parley log pin/s),
    ]);
  });

  it('fails on a contradiction of the log until it is acknowledged; both notes stay', async () => {
    await terminal.enrol({ 'SE-FIN': 'FIU' });
    expect(await terminal.shows('se-fin', 'status')).not.toContain('ALARM');
    const contradiction = {
      kind: 'FORK',
      why: 'two roots of one size',
      at: '2026-11-01T00:00:00.000Z',
      remembered: 'one\n',
      shown: 'other\n',
    };
    const store = await openFileKeyStore(terminal.path('se-fin'), 'four words of fiction');
    await store.write(`alarms/${'A'.repeat(43)}`, new TextEncoder().encode(JSON.stringify(contradiction)));
    await expect(terminal.shows('se-fin', 'status')).rejects.toThrow(/^ALARM: 1 alarms stand/);
    const shown = await terminal.shows('se-fin', 'status', '--acknowledge');
    expect(shown).toContain('Contradictions of the log that were dealt with: 1.');
    expect(shown).not.toContain('ALARM');
    expect(await terminal.shows('se-fin', 'log', 'alarms')).toMatch(/FORK: two roots of one size; acknowledged .*\n\none\n\nother\n/);
    expect(await terminal.parley('se-fin', 'status')).toMatchObject({ log: [contradiction] });
  });
});

describe('parley status --acknowledge', () => {
  it('says what it ends, and says it once', async () => {
    await terminal.enrol({ 'DK-FIN': 'FIU' });
    await terminal.parley('dk-fin', 'status');
    const store = await openFileKeyStore(terminal.path('dk-fin'), 'four words of fiction');
    const write = (name: string, value: object) => store.write(name, new TextEncoder().encode(JSON.stringify(value)));
    const watched = JSON.parse(new TextDecoder().decode((await store.read('watch'))!)) as object;
    const at = '2026-11-01T00:00:00.000Z';
    const own = { check: 'UNSIGNED', epoch: 7, entry: null, why: 'an entry that nobody here signed', at };
    await write('watch', { ...watched, alarms: [own] });
    await write(`alarms/${'B'.repeat(43)}`, { kind: 'FORK', why: 'two roots of one size', at, remembered: 'one\n', shown: 'other\n' });
    // whoever could not be told yet has ended nothing
    const real = fetch;
    const cut: typeof fetch = (url, init) =>
      String(url).includes('/v1/exchanges') ? Promise.reject(new TypeError('cut')) : real(url, init);
    vi.stubGlobal('fetch', cut);
    await expect(terminal.shows('dk-fin', 'status', '--acknowledge')).rejects.toThrow(/GATEWAY_UNREACHABLE/);
    vi.unstubAllGlobals();
    // no look at it was taken in between: raised by another program, or by another command
    const shown = await terminal.shows('dk-fin', 'status', '--acknowledge');
    expect(shown).toContain(`Ended by your word: FORK: two roots of one size, noticed ${at}.`);
    expect(shown).toContain(`Ended by your word: UNSIGNED: an entry that nobody here signed, noticed ${at}.`);
    expect(await terminal.shows('dk-fin', 'status', '--acknowledge')).not.toContain('Ended by');
  });
});

describe('a client that was ahead of a log which was lawfully restored', () => {
  it('goes on without what it remembers of the log, as the operator’s page says; both notes stay', async () => {
    const folder = terminal.path('se-fin');
    const store = await openFileKeyStore(folder, 'four words of fiction');
    const write = (name: string, value: object) => store.write(name, new TextEncoder().encode(JSON.stringify(value)));
    const before = noteOf(leaves(9_000));
    await write('checkpoint/newest', { note: before });
    await write('watch', { n: 4_000, size: 9_000, seq: 1, alarms: [] });
    await write('stream', { size: 9_000, frontier: [], n: 4_000, upTo: 8_999, head: 'A'.repeat(43), from: 1 });
    await write('sights', { size: 9_000, at: 0 });
    await expect(terminal.shows('se-fin', 'log')).rejects.toThrow(/LOG_CONTRADICTION: ROLLBACK/);
    await expect(terminal.shows('se-fin', 'status', '--acknowledge')).rejects.toThrow(/ALARM/);
    // a reading's leaf lies before what is remembered: that is told as what it is
    const told = /LOG_CONTRADICTION: ROLLBACK: .*parley log alarms.*whether it was restored.*RESTORED/s;
    for (const words of [['audit'], ['report', 'security']]) await expect(terminal.shows('se-fin', ...words)).rejects.toThrow(told);

    const page = readFileSync('docs/OPERATING.md', 'utf8');
    const listed = /move ((?:`[a-z]+(?:\.age|\/)`(?:, | and )?)+) out of the profile’s folder/.exec(page)![1]!;
    const moved = listed.match(/[a-z]+(?:\.age|\/)/g)!;
    mkdirSync(terminal.path('aside'));
    for (const name of moved.map((one) => one.replace('/', '')).filter((one) => existsSync(join(folder, one))))
      renameSync(join(folder, name), join(terminal.path('aside'), name));
    expect((await terminal.parley<{ size: number }>('se-fin', 'log')).size).toBeLessThan(9_000);
    await terminal.shows('se-fin', 'status', '--acknowledge');
    await terminal.shows('se-fin', 'status');
    expect(await terminal.shows('se-fin', 'log', 'alarms')).toContain(before);
    await terminal.parley('se-fin', 'entry', 'confirm');
    expect(await terminal.shows('se-fin', 'report', 'events')).not.toContain('NOT COMPLETE');
  });
});

describe('parley enrol', () => {
  it('pins witnesses, and makes nothing where they are wrong', async () => {
    const enrol = ['enrol', '--authority', 'KE-FRC', '--officer', 'o.1', '--suite', 'age-pq-1'];
    await expect(terminal.shows('frc', ...enrol, ...pins('--quorum', '3'))).rejects.toThrow(/WITNESSES_MALFORMED/);
    await terminal.parley('frc', ...enrol, ...pins('--quorum', '1'));
    await expect(terminal.shows('frc', 'log')).rejects.toThrow(/CHECKPOINT_UNTRUSTED: 0 of the 1 witnesses/);
  });

  it('has its officers pin them as they make their own keys', async () => {
    const officer = ['officer', 'new', '--authority', 'KE-FRC', '--officer', 'o.2', '--root', 'A'.repeat(43)];
    await expect(terminal.shows('frc2', ...officer, ...pins('--quorum', '3'))).rejects.toThrow(/WITNESSES_MALFORMED/);
    await terminal.shows('frc2', ...officer, ...pins('--quorum', '1'));
    await expect(terminal.shows('frc2', 'log')).rejects.toThrow(/CHECKPOINT_UNTRUSTED: 0 of the 1 witnesses/);
  });
});
