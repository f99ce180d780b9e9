import { describe, expect, it } from 'vitest';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import { concernsAbout } from '../../../client/sdk/concerns.js';
import { directoryCsv, exportDirectory, planImport, readDirectoryFile } from '../../../client/sdk/directory-file.js';
import { createDirectory, type Authority } from '../../../domain/authority.js';
import type { AgreementPayload } from '../../../domain/wire/register.js';
import { designated, EFCX, efcx, FIA, fia, FIX, fix, LONG_AGO, NOW, PROS } from '../../support/facts.js';
import { digest, uuid } from '../../support/ids.js';

const root = digest('root');
const agreement: AgreementPayload = {
  v: 1,
  aud: 'parley.example/test',
  id: uuid(1),
  at: LONG_AGO,
  operator: PROS,
  agreement: 'MOU:1',
  kind: 'MOU',
  parties: [FIA, FIX],
  from: '2025-01-01',
  profiles: ['BVI_BILATERAL_FIU'],
};
const viewOf = (authorities: readonly Authority[], over: Partial<DirectoryView['directory']> = {}, pins: object = {}): DirectoryView => ({
  epoch: 3,
  revocations: [],
  pins: { [FIA]: root, ...pins },
  waiting: [],
  doubts: [],
  slots: new Map(),
  directory: { ...createDirectory(1, [], [], []), authorities: new Map(authorities.map((one) => [one.id, one])), ...over },
});
const problems = (text: string, format: 'csv' | 'json' = 'csv'): readonly string[] => {
  const read = readDirectoryFile(text, format);
  return read.ok ? [] : read.error;
};
const planned = (text: string, view: DirectoryView, format: 'csv' | 'json' = 'csv') => {
  const rows = readDirectoryFile(text, format);
  if (!rows.ok) throw new Error(rows.error.join('\n'));
  return planImport(rows.value, view);
};

describe('a directory file', () => {
  const view = viewOf([fia, { ...efcx, entry: null, standing: 'OBSERVER' }], { successors: new Map([[FIX, EFCX]]) });

  it('has one row an authority, with what it says and whether that is stale', () => {
    const { authorities } = exportDirectory(view, NOW);
    expect(authorities[0]).toMatchObject({ authority: FIA, types: ['FIU'], standing: 'ACTIVE', root, compared: true, stale: true });
    expect(authorities[1]).toMatchObject({
      authority: EFCX,
      name: null,
      standing: 'OBSERVER',
      succeeds: [FIX],
      compared: false,
      stale: false,
    });
  });

  it('says on one line what an authority calls itself, whatever it writes there', () => {
    const { authorities } = exportDirectory(viewOf([{ ...fia, entry: { ...fia.entry!, name: 'A\nB \u001b[2J' } }]), NOW);
    expect(directoryCsv({ authorities })).toContain('A\\u000aB \\u001b[2J');
  });

  it('has each agreement of the register, in texts that anybody reads', () => {
    const { agreements } = exportDirectory(viewOf([], { agreements: new Map([['MOU:1', agreement]]) }), NOW);
    expect(agreements).toEqual([
      {
        agreement: 'MOU:1',
        kind: 'MOU',
        parties: [FIA, FIX],
        from: '2025-01-01',
        profiles: ['BVI_BILATERAL_FIU'],
        registeredAt: '2025-01-01T00:00:00.000Z',
      },
    ]);
  });

  it.each(['csv', 'json'] as const)('as %s comes back and changes nothing', (format) => {
    const exported = exportDirectory(view, NOW);
    const text = format === 'csv' ? directoryCsv(exported) : JSON.stringify(exported);
    expect(planned(text, view, format)).toMatchObject({
      ok: true,
      value: { proposals: [], unchanged: 2, toCompare: [{ authority: EFCX }] },
    });
  });

  it('proposes who is new and who has changed, and whose root is still to be compared', () => {
    const text = `authority,root,types,standing,reason,succeeds\n${FIA},${root},FIU COURT,,,\n${FIX},${root},FIU,SUSPENDED,REVIEW,${EFCX}`;
    expect(planned(text, view)).toEqual({
      ok: true,
      value: {
        proposals: [
          { place: 'line 2', change: 'CHANGED', facts: { authority: FIA, root, types: ['FIU', 'COURT'], status: 'ACTIVE', succeeds: [] } },
          {
            place: 'line 3',
            change: 'NEW',
            facts: { authority: FIX, root, types: ['FIU'], status: 'SUSPENDED', reason: 'REVIEW', succeeds: [EFCX] },
          },
        ],
        toCompare: [{ authority: FIX, root }],
        unchanged: 0,
      },
    });
  });

  it('is refused whole where a root is another than the directory’s, or than the one that was compared', () => {
    const other = digest('other');
    const text = `authority,root,types\n${FIA},${other},FIU\n${FIX},${root},FIU`;
    expect(planned(text, viewOf([fia], {}, { [FIX]: other }))).toEqual({
      ok: false,
      error: [`line 2: ${FIA} has another root in the directory`, `line 3: another root of ${FIX} was compared`],
    });
  });

  it('is told all that is wrong with it at once, by line', () => {
    const text = [
      'authority,root,types,standing',
      `nobody,${root},FIU,ACTIVE`,
      `${FIA},x,FIU SPY,GONE`,
      `${FIX},${root},FIU,SUSPENDED`,
    ].join('\n');
    expect(problems(text).map((problem) => problem.split(': ').slice(0, 2).join(' '))).toEqual([
      'line 2 authority',
      'line 3 root',
      'line 3 types.1',
      'line 3 standing',
      'line 4 reason',
    ]);
    expect(problems(`authority,root,types\n${FIA},${root},FIU\n${FIA},${root},FIU`)).toEqual([`line 3: ${FIA} stands in line 2 already`]);
  });

  it.each([
    ['an unknown column', 'authority,secret\n', 'csv', 'line 1: no column is called "secret"'],
    ['one column twice', 'authority,authority\n', 'csv', 'line 1: one column twice'],
    ['a short row', 'authority,root\nNG-FIA', 'csv', 'line 2: 1 cells under 2 headings'],
    ['no heading', '', 'csv', 'line 1: no heading'],
    ['a quote that is never closed', 'authority\n"', 'csv', 'line 2'],
    ['no JSON', '{', 'json', 'no JSON'],
    ['no list', '{}', 'json', 'no list called authorities'],
    ['a row that is none', '{"authorities":[7]}', 'json', 'authorities[0]: row'],
    ['too much', 'x'.repeat(5_000_000), 'csv', 'more than'],
    ['too many', JSON.stringify({ authorities: Array.from({ length: 10_001 }, () => 0) }), 'json', 'more than 10000'],
  ] as const)('is not read with %s', (_, text, format, why) => {
    expect(problems(text, format)[0]).toContain(why);
  });
});

describe('a sender', () => {
  const about = { from: FIA, fromType: 'FIU', to: FIX, toType: 'FIU', profile: 'BVI_BILATERAL_FIU' } as const;
  const fresh = (id: typeof FIA, over: object = {}) => {
    const { entry, ...rest } = designated(id, ['FIU']);
    return { ...rest, entry: { ...entry!, lastConfirmedAt: NOW, ...over } };
  };
  const codes = (view: DirectoryView) => concernsAbout(view, about, NOW).map(({ code }) => code);

  it('is told nothing where nothing is known against the addressee', () => {
    expect(codes(viewOf([fresh(FIA), fresh(FIX)]))).toEqual([]);
    expect(codes(viewOf([]))).toEqual([]);
  });

  it('is told who came after the addressee, and that its entry is stale', () => {
    expect(codes(viewOf([fia, fix, efcx], { successors: new Map([[FIX, EFCX]]) }))).toEqual(['ENTRY_STALE', 'SUCCEEDED']);
  });

  it('is told that a law wants a memorandum, on either side, until one is in force for the channel', () => {
    const law = { law: { requiresMou: true } };
    const agreements = new Map([[agreement.agreement, agreement]]);
    expect(codes(viewOf([fresh(FIA), fresh(FIX, law)]))).toEqual(['NO_AGREEMENT']);
    expect(codes(viewOf([fresh(FIA, { byType: [{ type: 'FIU', ...law }] }), fresh(FIX)]))).toEqual(['NO_AGREEMENT']);
    expect(codes(viewOf([fresh(FIA), fresh(FIX, law)], { agreements }))).toEqual([]);
    const ended = new Map([['MOU:1', { ...agreement, until: '2025-02-01' }]]);
    expect(codes(viewOf([fresh(FIA, law), fresh(FIX, law)], { agreements: ended }))).toEqual(['NO_AGREEMENT']);
  });

  it('is told where nothing informal came before a formal request, which is advice', () => {
    const formal = { ...about, exchangeType: 'FORMAL_MLA_REQUEST' } as const;
    const of = (draft: object) => concernsAbout(viewOf([]), { ...formal, ...draft }, NOW).map(({ code }) => code);
    for (const body of [{}, { relatesTo: [] }]) expect(of({ body })).toEqual(['NO_PRIOR_CONSULTATION']);
    expect(of({ body: { relatesTo: ['0f8fad5b-d9cb-469f-a165-70867728950e'] } })).toEqual([]);
    expect(of({ exchangeType: 'INFORMAL_CONSULTATION', body: {} })).toEqual([]);
  });
});
