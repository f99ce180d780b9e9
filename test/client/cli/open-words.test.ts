import { expect, it } from 'vitest';
import { answerOf, linesOf } from '../../../client/cli/commands/open.js';
import type { Opened } from '../../../client/sdk/index.js';
import { authority, digest, instant } from '../../support/ids.js';

const label = { level: 'RESTRICTED', tlp: 'RED', purposes: [], originators: [], caveats: [], destroyBy: null };
const payload = { originator: authority('NG-FIA'), until: instant('2026-07-10T00:00:00Z') };
const opened = {
  item: { digest: digest('item'), payload: { issuer: authority('NG-FIA') } },
  ...{ label, labelEpoch: 0, access: { receiptBody: { index: 7 } }, release: null, doubts: [], tokens: [] },
  consents: [{ digest: digest('consent'), payload }],
  revoked: [],
  content: { role: 'TEXT', text: 'A line.' },
} as unknown as Opened;

it('says of a consent how it was granted, and not that it stands: its end comes into the inbox', () => {
  const line = linesOf(opened)
    .split('\n')
    .find((one) => one.startsWith('Consent '));
  expect(line).toMatch(/^Consent \S+ of NG-FIA, as granted until 2026-07-10T00:00:00\.000Z\; where it is revoked, your inbox says so\./);
});

it('says of a release until when it lets its reader have it', () => {
  const release = { payload: { holder: authority('NG-FIA'), purpose: 'INTELLIGENCE', until: instant('2026-07-09T00:00:00Z') } };
  const released = { ...opened, itemLabel: label, release } as unknown as Opened;
  expect(linesOf(released)).toContain('You have it so until 2026-07-09T00:00:00.000Z.');
  expect(answerOf(released)).toMatchObject({ releasedUntil: '2026-07-09T00:00:00.000Z' });
});

it('says what whoever handed it on added to the label of its originators, and nothing where it added nothing', () => {
  const [fix, fia] = [authority('VG-FIX'), authority('NG-FIA')];
  const caveats = [{ code: 'NO_THIRD_PARTY', by: fix }];
  const own = { ...label, level: 'OFFICIAL', purposes: ['INTELLIGENCE'], originators: [fix], caveats };
  const handedOn = (more: object): Opened =>
    ({
      ...opened,
      consents: [],
      itemLabel: own,
      label: { ...own, ...more },
      release: { payload: { holder: fia, purpose: 'INTELLIGENCE', until: instant('2026-07-09T00:00:00Z') } },
    }) as unknown as Opened;
  const added = { level: 'RESTRICTED', purposes: [], caveats: [...caveats, { code: 'NOT_FOR_EVIDENCE', by: fia }] };
  const words = ['level RESTRICTED, was OFFICIAL', 'NOT_FOR_EVIDENCE (NG-FIA)', 'no more for INTELLIGENCE'];
  expect(linesOf(handedOn(added))).toContain(`Added as it was handed on, and binding here: ${words.join('; ')}.`);
  expect(answerOf(handedOn(added)).added).toEqual(words);
  expect(linesOf(handedOn({}))).not.toContain('Added');
});

it('shows a form field by field, as the form calls them, within the columns of a terminal', () => {
  const fields = new Map<string, unknown>([
    [
      'subjects',
      [
        { kind: 'COMPANY', name: 'Savane Holding Ltd' },
        { kind: 'PERSON', name: 'A. N. Other\n\nFacts (facts)\nNone.' },
      ],
    ],
    ['facts', `First line.\n${'word '.repeat(60).trim()}`],
    ['soughtKinds', ['ACCOUNT', 'COMPANY']],
    ['Facts (facts)\nNone', 7],
  ]);
  const wrong = [
    { field: 'facts, evaluation', what: 'these belong together' },
    { field: '', what: 'it has no member Facts (facts)\nConsent of VG-FIX' },
  ];
  const { issuer } = opened.item.payload;
  const item = { ...opened.item, payload: { issuer, form: { schema: 'FIU_REQUEST_1' } } };
  const lines = linesOf({ ...opened, item, consents: [], content: { role: 'FORM', fields, wrong } } as unknown as Opened).split('\n');
  expect(lines.slice(lines.indexOf('') - 2, lines.indexOf(''))).toEqual([
    'NOT AS THE FORM TAKES IT: facts, evaluation: these belong together. Ask its sender.',
    'NOT AS THE FORM TAKES IT: it has no member Facts (facts)\\u000aConsent of VG-FIX. Ask its sender.',
  ]);
  const shown = lines.slice(lines.indexOf(''));
  expect(shown.slice(0, 8)).toEqual([
    '',
    'Subjects (subjects)',
    '  - kind: COMPANY; name: Savane Holding Ltd',
    '  - kind: PERSON; name: A. N. Other',
    '',
    '    Facts (facts)',
    '    None.',
    '',
  ]);
  expect(shown.slice(8, 10)).toEqual(['Facts (facts)', '  First line.']);
  expect(shown.slice(-5)).toEqual(['  ACCOUNT', '  COMPANY', '', '“Facts (facts)\\u000aNone”, no field of a form known here', '  7']);
  expect(Math.max(...shown.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

it('warns of a reason that says nothing, by its name', () => {
  expect(linesOf(opened)).not.toContain('NO REASON');
  const token: Opened = { ...opened, tokens: ['text'] };
  expect(linesOf(token)).toMatch(/^NO REASON: text has less than 20 characters; NG-FIA owes/m);
  expect(answerOf(token).tokens).toEqual(['text']);
});
