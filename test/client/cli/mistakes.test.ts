/** What people get wrong when they type: told in a sentence, before anything is signed. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileKeyStore, isKeyStore } from '../../../client/cli/file-key-store.js';
import { createProgram } from '../../../client/cli/program.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { openedDisclosure } from './disclosure.js';
import { createTerminal, type Terminal } from './terminal.js';

const containing = (words: string) => expect.stringContaining(words) as string;
const NONE = 'A'.repeat(43);

/** @returns what a person is told */
async function complaintOf(...words: string[]): Promise<string> {
  let complaint = '';
  const { program, out } = createProgram({}, { answer: () => undefined, complaint: (text) => (complaint += text) });
  out.complain(await program.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => thrown));
  return complaint;
}

describe('an argument', () => {
  it.each([
    [['release', NONE, '--to', 'VG-FIX', '--to', 'NG-FIA'], 'given twice'],
    [['--profile', 'a', '--profile', 'b', 'status'], 'given twice'],
    [['enrol', '--authority', 'VG-FIX', '--officer', 'CLERK-1'], 'small letters'],
    [['show', '0F8FAD5B-D9CB-469F-A165-70867728950E'], 'such as 0f8fad5b'],
    [['open', NONE.slice(1)], 'the 43 characters'],
    [['inbox', '--wait', 'soon'], 'whole number'],
    [['inbox', '--after', 'yesterday'], 'parley --json inbox --all'],
    [['ack', '0f8fad5b-d9cb-469f-a165-70867728950e', '--expected', '31.12.2026'], 'Write it like 2027-01-31'],
    [['ack', '0f8fad5b-d9cb-469f-a165-70867728950e', '--handler', 'two words'], 'letters, digits'],
    [['use', NONE, 'TAX', '--proceedings', 'two words'], 'letters, digits'],
    [['correct', NONE, '--reason', 'wrong name'], 'such as INACCURATE_DATA'],
    [['release', NONE, '--to', 'VG-FIX', '--purpose', 'TAX', '--legal-basis', 'the law'], 'Write it like UNCAC_46'],
    [['tighten', NONE, '--caveat', 'ACTION_LIMIT=PASSIVE,INQUIRIES'], 'says one thing'],
    [['tighten', NONE, '--caveat', 'CONFIDENTIAL_UNTIL=90d,80d'], 'says one thing'],
    [['tighten', NONE, '--caveat', 'CONDITIONS=2090-01-31T12:00:00Z,2091-01-31T12:00:00Z'], 'has one time'],
    [['compose', 'SPONTANEOUS', '--to', 'VG-FIX', '--confidential-until', '2020-01-01T00:00:00Z'], 'has passed'],
    [['keys', 'revoke', NONE, 'COMPROMISED', '--doubtful-since', '2026-01-31'], 'For its beginning in UTC write 2026-01-31T00:00:00Z'],
    [['audit', '--events', '--counts'], 'cannot be used with'],
    [['consent', 'ask', '--to', 'VG-FIX'], 'missing: --item <digest>, --purpose <purpose>, --until <time>'],
    [['consent', 'ask', '0f8fad5b-d9cb-469f-a165-70867728950e'], 'missing: --item <digest>, --to <authority>,'],
    [['advise', '--need', 'COMPANY_DATA', '--to', 'VG-FIX', '--from', 'FIU'], 'cannot be used with'],
  ])('%j', async (words, told) => {
    expect(await complaintOf(...words)).toContain(told);
  });

  it('of a whole page is not told back whole', async () => {
    for (const words of [['show'], ['report'], ['--json', 'report']])
      expect((await complaintOf(...words, 'a'.repeat(9000))).length).toBeLessThan(1500);
  });

  it('the time of something that is over may have passed', async () => {
    const told = await complaintOf('keys', 'revoke', NONE, 'COMPROMISED', '--doubtful-since', '2020-01-01T00:00:00Z');
    expect(told).not.toContain('passed');
  });
});

describe('a gateway’s address', () => {
  it.each(['http://127.0.0.1:1/parley', 'https://me:secret@parley.example', 'https://parley.example/?a', 'parley.example'])(
    '%s is none',
    async (gateway) => {
      const terminal = createTerminal();
      await createFileKeyStore(terminal.path('ng-fia'), 'four words of fiction', 1);
      await expect(terminal.parley('ng-fia', '--gateway', gateway, 'status')).rejects.toMatchObject({ code: 'MALFORMED' });
    },
  );

  it('is looked at before keys are made', async () => {
    const terminal = createTerminal();
    const enrol = ['enrol', '--authority', 'NG-FIA', '--officer', 'o-1'];
    await expect(terminal.parley('ng-fia', '--gateway', 'nonsense', ...enrol)).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(await isKeyStore(terminal.path('ng-fia'))).toBe(false);
  });
});

describe('keys that cannot be written', () => {
  it('leave no key store in the way of the next try, and what was there before', async () => {
    const terminal = createTerminal();
    const enrol = ['enrol', '--authority', 'NG-FIA', '--officer', 'o-1', '--suite', 'age-pq-1'];
    const inTheWay = terminal.path('ng-fia/identity.age');
    mkdirSync(inTheWay, { recursive: true });
    writeFileSync(terminal.path('ng-fia/old.age'), 'of a store that lost its lock');
    await expect(terminal.parley('ng-fia', ...enrol)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await isKeyStore(terminal.path('ng-fia'))).toBe(false);
    expect(readFileSync(terminal.path('ng-fia/old.age'), 'utf8')).toContain('lost');
    rmdirSync(inTheWay);
    expect(await terminal.parley('ng-fia', ...enrol)).toMatchObject({ authority: 'NG-FIA' });
  });
});

describe('a file', () => {
  const terminal = createTerminal();
  const file = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(terminal.path(name), bytes);
    return terminal.path(name);
  };
  const contents = (text: string): Buffer => Buffer.from(JSON.stringify({ form: {}, text }));
  const check = (path: string) => terminal.showsAll('none', 'check', path, '--form', 'SPONTANEOUS', '--answer');

  it('in another encoding than UTF-8 is refused, and not read with other letters', async () => {
    const latin = file('latin.json', Buffer.from(contents('Zürich').toString('utf8'), 'latin1'));
    for (const words of [
      ['check', latin],
      ['entry', latin],
      ['directory', 'import', latin],
      ['officer', 'admit', latin, '--role', 'OFFICER'],
    ])
      await expect(terminal.parley('none', ...words)).rejects.toMatchObject({ code: 'TEXT_UNREADABLE', what: containing(latin) });
  });

  it('with the mark that an editor put first is read without it', async () => {
    const marked = file('marked.json', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), contents('Zürich')]));
    expect((await check(marked)).shown).toContain('SPONTANEOUS');
  });

  it('of broken JSON is told with the line that is broken, and nothing of what stands in it', async () => {
    const broken = file('broken.json', '{\n "text": "canary-7f3a",\n "kind": "REQUEST"\n "form": {}\n}');
    const told: unknown = await terminal.parley('none', 'check', broken).catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 'DRAFT_UNREADABLE', what: containing('near line 4') });
    expect(JSON.stringify([told, String(told)])).not.toContain('canary');
    await expect(check(file('empty.json', ''))).rejects.toMatchObject({ what: containing('is empty') });
  });

  it('that is a folder is named', async () => {
    const folder = terminal.path('folder');
    mkdirSync(folder);
    for (const words of [
      ['check', folder],
      ['entry', folder],
      ['verify', folder],
      ['directory', 'import', folder],
    ])
      await expect(terminal.parley('none', ...words)).rejects.toMatchObject({ code: 'EISDIR', path: folder });
  });

  it('that is attached is named from where one stands, wherever the draft goes, and beside those of its contents', async () => {
    const [own, annex] = [file('own.txt', 'own'), file('annex.txt', 'annex')];
    mkdirSync(terminal.path('drafts'));
    const form = file('drafts/contents.json', JSON.stringify({ attachments: ['../annex.txt'] }));
    const draft = terminal.path('draft.json');
    const compose = ['compose', 'SPONTANEOUS', '--to', 'VG-FIX', '--to-type', 'FIU', '--from-type', 'FIU', '--form', form];
    await terminal.parley('none', ...compose, '--attach', relative('.', own), '--out', draft);
    const { attachments } = JSON.parse(readFileSync(draft, 'utf8')) as { attachments: { path: string }[] };
    expect(attachments.map(({ path }) => resolve(dirname(draft), path))).toEqual([annex, own]);
    await expect(terminal.parley('none', ...compose, '--attach', 'none.txt')).rejects.toMatchObject({
      code: 'FILE_MISSING',
      what: containing(resolve('none.txt')),
    });
  });

  it('that is to be made in a folder which is not there: the folder is named', async () => {
    const away = terminal.path('away');
    const compose = ['compose', 'SPONTANEOUS', '--to', 'VG-FIX', '--to-type', 'FIU', '--from-type', 'FIU', '--out', `${away}/draft.json`];
    await expect(terminal.parley('none', ...compose)).rejects.toMatchObject({ code: 'ENOENT', path: away });
  });
});

describe('what is said of an item', () => {
  let gateway: LiveGateway;
  let terminal: Terminal;
  let given = '';
  let item = '';

  beforeAll(async () => {
    gateway = await openGateway();
    terminal = createTerminal(gateway);
    await terminal.enrol({ 'VG-FIX': 'FIU', 'NG-FIA': 'FIU', 'NG-EFCX': 'LAW_ENFORCEMENT' });
    ({ exchange: given, item } = await openedDisclosure(terminal));
  });
  afterAll(() => gateway.running.drain());

  const READER = ['--purpose', 'INTELLIGENCE', '--legal-basis', 'RECIPROCITY'];
  const ask = (to: string) =>
    terminal.parley(
      'ng-fia',
      ...['consent', 'ask', given!, '--item', item!, '--to', to, '--to-type', 'LAW_ENFORCEMENT'],
      ...READER.slice(0, 2),
      '--until',
      '2d',
    );

  it('a consent is not asked for a reader that the directory has not, nor granted by who asks', async () => {
    await expect(ask('NG-EFCC')).rejects.toMatchObject({ code: 'NO_SUCH_AUTHORITY' });
    const { exchange } = await ask('NG-EFCX');
    await expect(terminal.parley('ng-fia', 'consent', 'grant', exchange!)).rejects.toMatchObject({
      code: 'NOT_ASKED_HERE',
      what: containing('VG-FIX is asked'),
    });
  });

  it('a release to oneself, or to a reader as what it is not, is told as that', async () => {
    const consent = ['--consent', NONE];
    await expect(terminal.parley('ng-fia', 'release', item!, '--to', 'NG-FIA', ...READER, ...consent)).rejects.toMatchObject({
      code: 'OWN_AUTHORITY',
    });
    const court = ['--to', 'NG-EFCX', '--to-type', 'COURT'];
    await expect(terminal.parley('ng-fia', 'release', item!, ...court, ...READER, ...consent)).rejects.toMatchObject({
      what: containing('receives as COURT'),
    });
  });

  it('what is attached to an answer is looked for where one stands, also where its contents lie elsewhere', async () => {
    const form = terminal.write('contents.json', { text: 'Thank you.' });
    const reply = ['reply', given!, 'FEEDBACK', '--form', form];
    await expect(terminal.parley('ng-fia', ...reply, '--attach', 'none.txt')).rejects.toMatchObject({
      what: containing(resolve('none.txt')),
    });
    await expect(terminal.parley('ng-fia', ...reply, '--attach', '.')).rejects.toMatchObject({ what: containing('is no file') });
  });

  it('a form that is opened into a file is shown, and no file is claimed', async () => {
    const out = terminal.path('opened');
    const opened = await terminal.parley<object>('ng-fia', 'open', item!, '--out', out);
    expect([opened, existsSync(out)]).toEqual([expect.objectContaining({ fields: expect.any(Object) as object }), false]);
    expect(opened).not.toHaveProperty('file');
    expect(await terminal.shows('ng-fia', 'open', item!, '--out', out)).toContain(`nothing is written to ${out}`);
  });

  it('a deletion that is refused takes nothing away here', async () => {
    await expect(terminal.parley('ng-fia', 'deleted', item!, '--answers', NONE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const explained = terminal.parley('ng-fia', 'release', item!, '--to', 'NG-EFCX', ...READER, '--consent', NONE);
    await expect(explained).rejects.not.toMatchObject({ code: 'NOT_HELD' });
    await terminal.parley('ng-fia', 'deleted', item!);
    await expect(terminal.parley('ng-fia', 'release', item!, '--to', 'NG-EFCX', ...READER, '--consent', NONE)).rejects.toMatchObject({
      code: 'NOT_HELD',
    });
  });

  it('no answers are shown to what was never said', async () => {
    await expect(terminal.parley('vg-fix', 'answers', item!)).rejects.toMatchObject({ code: 'NO_SUCH_CHANGE' });
    await expect(terminal.parley('vg-fix', 'correct', item!, '--replacement', item!)).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});
