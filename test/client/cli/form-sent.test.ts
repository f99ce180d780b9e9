import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markDigests } from '../../../client/cli/arguments.js';
import { createProgram } from '../../../client/cli/program.js';
import { PolicyRefusal } from '../../../client/sdk/index.js';
import type { AuthorityType, Seat } from '../../../domain/vocabulary.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';

const home = mkdtempSync(join(tmpdir(), 'parley-forms-'));
const at = (name: string): string => join(home, name);
let gateway: LiveGateway;

async function parley<T>(who: string, ...words: string[]): Promise<T> {
  let answer = '';
  const env = { PARLEY_HOME: home, PARLEY_GATEWAY: gateway.origin, PARLEY_PASSPHRASE_FILE: at('passphrase'), PARLEY_SCRYPT_LOG_N: '2' };
  const { program } = createProgram(env, { answer: (text) => void (answer += String(text)), complaint: () => undefined });
  program.exitOverride();
  await program.parseAsync(markDigests(['--profile', who.toLowerCase(), ...words]), { from: 'user' });
  return JSON.parse(answer) as T;
}

/** Enrols and publishes an entry. @returns the fingerprint of its root */
async function enrolled(code: string, type: AuthorityType, declares: { readonly networks?: readonly Seat[] }): Promise<string> {
  const { root } = await parley<{ root: string }>(code, '--json', 'enrol', '--authority', code, '--officer', 'o.1', '--suite', 'age-pq-1');
  await gateway.designate(code, root, type, declares.networks);
  const entry = {
    name: code,
    territory: code.slice(0, 2),
    types: [type],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    declares,
  };
  writeFileSync(at(`${code}.json`), JSON.stringify(entry));
  await parley(code, '--json', 'entry', at(`${code}.json`));
  return root;
}

let drafts = 0;
/** Fills in the blank form, makes a draft of it and completes what stands in clear. @returns the draft's path */
async function drafted(from: string, to: string, profile: string, values: object, clear: object = {}): Promise<string> {
  const blank = await parley<{ form: object }>(from, 'form', 'print', profile, '--blank');
  writeFileSync(at('form.json'), JSON.stringify({ form: { ...blank.form, ...values } }));
  const path = at(`draft-${(drafts += 1)}.json`);
  await parley(from, '--json', 'compose', profile, '--to', to, '--form', at('form.json'), '--out', path);
  const draft = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...draft, legalBasis: ['UNCAC_48'], matterType: 'CRIMINAL', ...clear }));
  return path;
}

const TRACING = {
  contactPoint: 'KZ-1',
  investigatingAuthority: 'Investigation team 4',
  caseType: 'Criminal, embezzlement',
  assetStage: 'TRACING',
  facts: 'Money left a public fund.',
  subjects: [{ kind: 'PERSON', role: 'SUSPECT', name: 'Subject-2' }],
  suspectedLocation: 'A company there was paid.',
  questions: 'Does the company exist? What must a freezing request contain?',
  mlaIntended: 'YES',
};
const seated = (seat: Seat['seat']) => ({ networks: [{ network: 'CARIN' as const, seat }] });
const CARIN = seated('MEMBER');
const KNOWS = { KZ: 'KZ-ARC', GG: 'GG-ARC', OBS: 'ZA-OBS' };

beforeAll(async () => {
  writeFileSync(at('passphrase'), 'four words of fiction\n', { mode: 0o600 });
  gateway = await openGateway();
  const roots = [
    [KNOWS.KZ, await enrolled(KNOWS.KZ, 'ARIN_CONTACT_LE', CARIN)],
    [KNOWS.GG, await enrolled(KNOWS.GG, 'ARIN_CONTACT_LE', CARIN)],
    [KNOWS.OBS, await enrolled(KNOWS.OBS, 'ARIN_CONTACT_LE', seated('OBSERVER'))],
  ] as const;
  for (const who of Object.values(KNOWS)) for (const [code, root] of roots) await parley(who, '--json', 'directory', 'trust', code, root);
});
afterAll(() => gateway.running.drain());

const refusalOf = async (draft: string): Promise<string[]> => {
  const error: unknown = await parley(KNOWS.KZ, '--json', 'send', draft).catch((thrown: unknown) => thrown);
  if (!(error instanceof PolicyRefusal)) throw error;
  return error.violations.map(({ code, offenders }) => `${code} ${offenders.join(',')}`);
};

describe('a form that was filled in', () => {
  it('goes to a member of the network, and is read there field by field', async () => {
    const draft = await drafted(KNOWS.KZ, KNOWS.GG, 'CARIN', TRACING);
    const sent = await parley<{ items: { item: string }[] }>(KNOWS.KZ, '--json', 'send', draft);
    await vi.waitFor(async () => expect(await parley<object[]>(KNOWS.GG, '--json', 'inbox')).not.toEqual([]), { timeout: 5000 });
    const opened = await parley<{ fields: object }>(KNOWS.GG, '--json', 'open', sent.items[0]!.item);
    expect(opened.fields).toEqual(TRACING);
  });

  it('goes to no observer of it', async () => {
    expect(await refusalOf(await drafted(KNOWS.KZ, KNOWS.OBS, 'CARIN', TRACING))).toEqual(['OBSERVER_NO_CASE_DATA ZA-OBS']);
  });

  it('says why it is urgent: that the reason is filled is told, and what it is stays sealed', async () => {
    const clear = { urgency: 'URGENT', body: { urgencyThresholds: ['DISSIPATION_OF_ASSETS'], alsoRequestedVia: [] } };
    expect(await refusalOf(await drafted(KNOWS.KZ, KNOWS.GG, 'CARIN', TRACING, clear))).toEqual(['URGENCY_UNJUSTIFIED urgencyReason']);
    const reasoned = { ...TRACING, urgencyReason: 'The account is being emptied.' };
    await parley(KNOWS.KZ, '--json', 'send', await drafted(KNOWS.KZ, KNOWS.GG, 'CARIN', reasoned, clear));
  });

  it('is not sealed while it is not in order', async () => {
    const draft = await drafted(KNOWS.KZ, KNOWS.GG, 'CARIN', { ...TRACING, assetStage: 'LOST', facts: '' });
    await expect(parley(KNOWS.KZ, '--json', 'send', draft)).rejects.toMatchObject({
      code: 'FORM_INVALID',
      what: expect.stringMatching(/assetStage.*facts|facts.*assetStage/),
    });
  });

  it('has no form where the exchange has none', async () => {
    const draft = await drafted(KNOWS.KZ, KNOWS.GG, 'CARIN', TRACING, { exchangeType: 'CONSENT_REQUEST' });
    await expect(parley(KNOWS.KZ, '--json', 'send', draft)).rejects.toMatchObject({ code: 'NO_FORM' });
    await expect(parley(KNOWS.KZ, '--json', 'compose', 'CARIN', '--to', KNOWS.GG, '--type', 'FIU_REQUEST')).rejects.toMatchObject({
      code: 'NOT_ON_PROFILE',
    });
  });
});

it('an FIU’s request names what explains its link and its period by itself, from what the form says', async () => {
  const [ng, vg] = ['NG-FIA', 'VG-FIX'];
  const roots = [
    [ng, await enrolled(ng, 'FIU', {})],
    [vg, await enrolled(vg, 'FIU', {})],
  ] as const;
  for (const who of [ng, vg]) for (const [code, root] of roots) await parley(who, '--json', 'directory', 'trust', code, root);
  const told = {
    subjects: [{ kind: 'COMPANY', role: 'SUSPECT', name: 'Company-A' }],
    facts: 'f',
    background: 'b',
    reasons: 'r',
    offence: [{ conduct: 'c', provision: 'p', category: 'CORRUPTION' }],
    countryLink: 'Its registered office is in VG.',
    intendedUse: 'u',
  };
  const profile = 'BVI_BILATERAL_FIU';
  const ask = async (more: object): Promise<string> => {
    const draft = await drafted(ng, vg, profile, { ...told, ...more }, { legalBasis: ['RECIPROCITY'], matterType: 'INTELLIGENCE' });
    const { body, ...rest } = JSON.parse(readFileSync(draft, 'utf8')) as { body: object };
    expect(body).toMatchObject({ periodFrom: '', intendedRecipients: [] });
    writeFileSync(draft, JSON.stringify({ ...rest, body: { ...body, periodFrom: '2010-01-01' } }));
    return draft;
  };
  await expect(parley(ng, '--json', 'send', await ask({}))).rejects.toMatchObject({ codes: ['PERIOD_NOT_JUSTIFIED'] });
  await expect(parley(ng, '--json', 'send', await ask({ periodJustification: 'The payments began then.' }))).resolves.toHaveProperty(
    'exchange',
  );
});
