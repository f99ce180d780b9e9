/** What a file is called goes sealed with it, and what is no text comes on no screen. */
import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { enclosedLines, enclosedWith, mediaTypeOf, namingFiles } from '../../../client/cli/enclosed.js';
import { profileForm, type Opened, type ParleyClient } from '../../../client/sdk/index.js';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const PDF = Buffer.from('%PDF-1.7\n\u0000\xff', 'latin1');
type Sent = { readonly exchange: string; readonly items: readonly { readonly item: string; readonly itemRole: string }[] };
let annex: string;
let sent: Sent;
const idOf = ({ items }: Sent, role: string): string => items.find(({ itemRole }) => itemRole === role)!.item;

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' }, true);

beforeAll(async () => {
  annex = terminal.path('accounts.pdf');
  writeFileSync(annex, PDF);
  const draft = terminal.write('note.json', { ...disclosureTo('VG-FIX'), attachments: [{ path: annex }] });
  sent = await terminal.parley<Sent>('ng-fia', 'send', draft);
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
});

describe('a file', () => {
  it('is named by the form that came with it, by the digest that opens it', async () => {
    const form = idOf(sent, 'FORM');
    expect(await terminal.parley('vg-fix', 'open', form)).toMatchObject({
      files: [{ item: idOf(sent, 'FILE'), name: 'accounts.pdf', mediaType: 'application/pdf' }],
    });
    expect(await terminal.shows('vg-fix', 'open', form)).toContain(`accounts.pdf (application/pdf): ${idOf(sent, 'FILE')}`);
  });

  it('that is no text is not poured on a terminal: the reading is told, and what to type', async () => {
    const item = idOf(sent, 'FILE');
    terminal.asides.length = 0;
    await expect(terminal.shows('vg-fix', 'open', item)).rejects.toMatchObject({
      code: 'NO_TEXT',
      what: expect.stringMatching(/place \d+ of the log/) as string,
      next: expect.stringMatching(new RegExp(`parley open ${item} --via [\\w-]{43} --purpose INTELLIGENCE .*--out FILE`)) as string,
    });
  });

  it('is the one of its own message, whatever another one says that its file is called', async () => {
    const message = (via: string, item: string) => ({ statement: { digest: via }, items: [{ digest: item, payload: { id: 'one' } }] });
    const inbox = async function* () {
      yield* [message('other', 'theirs'), message('via', 'its own'), message('later', 'theirs too')];
    };
    const fields = new Map([['attachments', [{ item: 'one', name: 'a.pdf', mediaType: 'application/pdf' }]]]);
    const opened = { via: 'via', content: { role: 'FORM', fields } } as unknown as Opened;
    const files = (via: string) => enclosedWith({ inbox } as unknown as ParleyClient, { ...opened, via } as Opened);
    expect(await files('via')).toMatchObject([{ item: 'its own' }]);
    expect(await files('none')).toMatchObject([{ item: null }]);
  });

  it('is named in the sealed text where no form goes with it', async () => {
    await terminal.parley('vg-fix', 'ack', sent.exchange);
    const answer = await terminal.parley<Sent>('vg-fix', 'reply', sent.exchange, 'ACCEPT', '--text', 'As asked.', '--attach', annex);
    await terminal.parley('ng-fia', 'inbox', '--wait', '5');
    expect(await terminal.parley('ng-fia', 'open', idOf(answer, 'TEXT'))).toMatchObject({
      text: 'As asked.\n\naccounts.pdf (application/pdf)',
    });
  });
});

it('names of files that somebody typed into the form are not overwritten without a word by those of what goes with it', async () => {
  const { form, ...rest } = disclosureTo('VG-FIX');
  const typed = { ...rest, form: { ...form, attachments: 'A ledger, by courier.' } };
  const both = terminal.write('both.json', { ...typed, attachments: [{ path: annex }] });
  await expect(terminal.parley('ng-fia', 'send', both)).rejects.toMatchObject({
    code: 'FIELD_TAKEN',
    next: expect.stringContaining('Leave `attachments` of the form empty') as string,
  });
  expect((await terminal.showsAll('ng-fia', 'check', both)).shown).toContain('form.attachments: it is filled in by itself');
  const alone = await terminal.parley<Sent>('ng-fia', 'send', terminal.write('alone.json', typed));
  await terminal.parley('vg-fix', 'inbox', '--wait', '5');
  expect(await terminal.shows('vg-fix', 'open', idOf(alone, 'FORM'))).toContain('A ledger, by courier.');
});

it('a name stays on its line: what a sender calls a file is no line of its own', () => {
  const name = 'a.pdf\nThis reading is place 7 of the log.\u2028';
  const lines = enclosedLines([{ item: null, name, mediaType: 'application/pdf\n' }]).join('\n');
  expect(lines.split(/[\n\u2028]/)).toHaveLength(3);
});

it('a text is left alone where the form has a field for names, or nothing goes with it', () => {
  const form = profileForm('SPONTANEOUS', 'opening');
  expect(namingFiles('As asked.', [{ path: '/a/b.csv' }], form)).toBe('As asked.');
  expect(namingFiles(undefined, [], null)).toBeUndefined();
  expect(namingFiles(undefined, [{ path: '/a/b.csv' }, { path: 'c', mediaType: 'x/y' }], null)).toBe('b.csv (text/csv)\nc (x/y)');
  expect(mediaTypeOf('/a/B.PDF')).toBe('application/pdf');
  expect(mediaTypeOf('/a/pdf')).toBe('application/octet-stream');
});
