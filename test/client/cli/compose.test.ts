import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeCommand } from '../../../client/cli/commands/compose.js';
import type { Workplace } from '../../../client/cli/workplace.js';
import { createTerminal, openTerminal } from './terminal.js';

const { terminal } = await openTerminal({
  'NG-NCB': 'INTERPOL_NCB',
  'EE-NCB': 'INTERPOL_NCB',
  'MY-AGX': 'CENTRAL_AUTHORITY_MLA',
  'US-OIX': 'CENTRAL_AUTHORITY_MLA',
  'NG-FIA': 'FIU',
});

const composeHelp = (): string => composeCommand({} as Workplace).options.find(({ long }) => long === '--form')!.description;

let drafts = 0;
async function composed(who: string, profile: string, to: string, ...more: string[]) {
  const out = terminal.path(`draft-${(drafts += 1)}.json`);
  await terminal.shows(who, 'compose', profile, '--to', to, ...more, '--out', out);
  return JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
}

describe('parley compose', () => {
  it('takes from the directory as what both write, whichever pair of the profile that is', async () => {
    expect(await composed('my-agx', 'FORMAL_MLA', 'US-OIX')).toMatchObject({
      fromType: 'CENTRAL_AUTHORITY_MLA',
      toType: 'CENTRAL_AUTHORITY_MLA',
    });
    expect(await composed('ng-ncb', 'FORMAL_MLA', 'EE-NCB')).toMatchObject({ fromType: 'INTERPOL_NCB', toType: 'INTERPOL_NCB' });
  });

  it('says so where the profile does not join the two, or the directory does not have the other', async () => {
    await expect(composed('my-agx', 'FORMAL_MLA', 'EE-NCB')).rejects.toMatchObject({
      code: 'CHANNEL_NOT_PERMITTED',
      next: expect.stringContaining('parley form print FORMAL_MLA') as string,
    });
    await expect(composed('my-agx', 'FORMAL_MLA', 'ZZ-AGX')).rejects.toMatchObject({
      code: 'NO_SUCH_AUTHORITY',
      what: 'The directory has no ZZ-AGX.',
    });
    const named = ['--from-type', 'CENTRAL_AUTHORITY_MLA', '--to-type', 'CENTRAL_AUTHORITY_MLA'];
    expect(await composed('my-agx', 'FORMAL_MLA', 'ZZ-AGX', ...named)).toMatchObject({ to: 'ZZ-AGX' });
  });

  it('lists what stands in clear, the choice of confidentiality among it, to be filled in', async () => {
    const { body } = await composed('my-agx', 'FORMAL_MLA', 'US-OIX');
    expect(body).toEqual({ confidentiality: '', parts: [{ id: '1', assistanceType: '', coercive: false }] });
    const types = ['--from-type', 'FIU', '--to-type', 'FIU'];
    const asked = await composed('ng-fia', 'DIAGONAL', 'US-OIX', ...types);
    expect(asked).toMatchObject({ onBehalfOf: '', body: { chain: [], ultimatePurpose: '' } });
    const { missing } = await terminal.fails<{ missing: { field: string }[] }>(
      'NOT_COMPLETE',
      'nobody',
      'check',
      terminal.write('diagonal.json', asked),
    );
    expect(missing.map(({ field }) => field)).toEqual(expect.arrayContaining(['onBehalfOf', 'ultimatePurpose']));
  });

  it('proposes a matter that fits the channel, and parts that count once they say what is asked', async () => {
    expect(await composed('ng-fia', 'EGMONT_FIU', 'US-OIX', '--from-type', 'FIU', '--to-type', 'FIU')).toMatchObject({
      matterType: 'INTELLIGENCE',
    });
    const draft = await composed('my-agx', 'FORMAL_MLA', 'US-OIX');
    expect(draft).toMatchObject({ matterType: 'CRIMINAL', purposes: ['PROSECUTION_JUDICIAL', 'CONFISCATION', 'INVESTIGATION'] });
    const wrongIn = async (one: object) => {
      const file = terminal.write('parts.json', { ...one, body: { ...(one as { body: object }).body, confidentiality: 'NONE' } });
      return (await terminal.fails<{ wrong: object[] }>('NOT_COMPLETE', 'nobody', 'check', file)).wrong;
    };
    expect(await wrongIn(draft)).toEqual([
      { field: 'draft', what: expect.stringMatching(/^body\.parts\.0: .* take the part out$/) as string },
    ]);
    expect(await wrongIn({ ...draft, body: { parts: [] } })).toEqual([]);
    const parts = [{ id: '1', assistanceType: 'FREEZING', coercive: true }];
    expect(await wrongIn({ ...draft, body: { parts } })).toEqual([]);
  });

  it('takes from --form each member that its help names, and no other', async () => {
    const named = /JSON file with any of ([^;]*);/.exec(composeHelp())?.[1] ?? '';
    const label = { level: 'RESTRICTED', tlp: 'AMBER', caveats: [], purposes: ['INTELLIGENCE'], originators: ['MY-AGX'], destroyBy: null };
    const given = { form: { purpose: 'p' }, text: 't', attachments: [], label, kind: 'OWN', sources: [], sourcesComplete: true };
    expect(named.replaceAll('`', '').split(', ')).toEqual(Object.keys(given));
    expect(await composed('my-agx', 'FORMAL_MLA', 'US-OIX', '--form', terminal.write('all.json', given))).toMatchObject(given);
    const more = terminal.write('more.json', { ...given, body: {} });
    await expect(composed('my-agx', 'FORMAL_MLA', 'US-OIX', '--form', more)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('writes the usual label by options: the profile’s own, and what they add', async () => {
    const options = ['--confidential-until', '2027-01-31T12:00:00Z', '--caveat', 'NO_EXPORT', '--destroy-by', '2028-01-31T12:00:00Z'];
    expect(await composed('my-agx', 'INFORMAL_MLA_CONSULT', 'US-OIX', ...options)).toMatchObject({
      label: {
        level: 'RESTRICTED',
        tlp: 'AMBER+STRICT',
        caveats: [
          { code: 'CONFIDENTIAL_FACT', by: 'MY-AGX' },
          { code: 'CONFIDENTIAL_UNTIL', by: 'MY-AGX', until: '2027-01-31T12:00:00.000Z' },
          { code: 'INTEL_ONLY', by: 'MY-AGX' },
          { code: 'NO_EXPORT', by: 'MY-AGX' },
          { code: 'NO_THIRD_PARTY', by: 'MY-AGX' },
        ],
        originators: ['MY-AGX'],
        destroyBy: '2028-01-31T12:00:00.000Z',
      },
    });
  });

  it('writes no label where none is asked for, and needs nobody where both types are named', async () => {
    const [nobodys, out] = [createTerminal(), terminal.path('unlabelled.json')];
    await nobodys.shows('nobody', 'compose', 'EGMONT_FIU', '--to', 'VG-FIX', '--from-type', 'FIU', '--to-type', 'FIU', '--out', out);
    expect(readFileSync(out, 'utf8')).not.toContain('"label"');
    await expect(nobodys.shows('nobody', 'compose', 'EGMONT_FIU', '--to', 'VG-FIX')).rejects.toMatchObject({
      next: expect.stringContaining('name both: --from-type, --to-type') as string,
    });
  });
});
