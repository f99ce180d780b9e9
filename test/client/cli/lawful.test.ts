import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markDigests } from '../../../client/cli/arguments.js';
import { createProgram } from '../../../client/cli/program.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';

const home = mkdtempSync(join(tmpdir(), 'parley-lawful-'));
const passphraseFile = join(home, 'passphrase');
let gateway: LiveGateway;
let item: string;

/** Runs one command in one authority's profile. @returns its JSON answer */
async function parley<T = Record<string, string>>(profile: string, ...words: string[]): Promise<T> {
  let answer = '';
  const env = { PARLEY_HOME: home, PARLEY_GATEWAY: gateway.origin, PARLEY_PASSPHRASE_FILE: passphraseFile, PARLEY_SCRYPT_LOG_N: '2' };
  const { program } = createProgram(env, { answer: (text) => void (answer += String(text)), complaint: () => undefined });
  program.exitOverride();
  await program.parseAsync(markDigests(['--json', '--profile', profile, ...words]), { from: 'user' });
  return JSON.parse(answer) as T;
}

async function enrolled(code: string, type: 'FIU' | 'PROSECUTION'): Promise<readonly [string, string]> {
  const profile = code.toLowerCase();
  const { root } = await parley(profile, 'enrol', '--authority', code, '--officer', 'o.1', '--suite', 'age-pq-1');
  await gateway.designate(code, root!, type);
  const facts = join(home, `${profile}.json`);
  const entry = { name: code, territory: code.slice(0, 2), types: [type], languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' };
  writeFileSync(facts, JSON.stringify({ ...entry, roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'] }));
  await parley(profile, 'entry', facts);
  return [code, root!];
}

beforeAll(async () => {
  writeFileSync(passphraseFile, 'four words of fiction\n');
  gateway = await openGateway();
  const roots = [await enrolled('CH-FIN', 'FIU'), await enrolled('EE-FIN', 'FIU'), await enrolled('EE-PRO', 'PROSECUTION')];
  for (const profile of ['ch-fin', 'ee-fin', 'ee-pro']) for (const root of roots) await parley(profile, 'directory', 'trust', ...root);
  const draft = join(home, 'draft.json');
  await parley('ch-fin', 'compose', 'SPONTANEOUS', '--to', 'EE-FIN', '--to-type', 'FIU', '--from-type', 'FIU', '--out', draft);
  const form = { relevance: 'A link.', facts: 'Another did it.', evaluation: 'A1', asOf: '2026-11-01' };
  const { readFileSync } = await import('node:fs');
  const skeleton = JSON.parse(readFileSync(draft, 'utf8')) as { form: object };
  const body = { spontaneousBasis: 'UNCAC_46_4' };
  writeFileSync(draft, JSON.stringify({ ...skeleton, legalBasis: ['UNCAC_46_4'], body, form: { ...skeleton.form, ...form } }));
  const sent = await parley<{ items: { item: string }[] }>('ch-fin', 'send', draft);
  item = sent.items[0]!.item;
  await parley('ee-fin', 'inbox', '--wait', '5');
  await parley('ee-fin', 'open', item);
});
afterAll(() => gateway.running.drain());

const to = ['--to', 'EE-PRO', '--to-type', 'PROSECUTION'];

describe('the command line', () => {
  it('tells of an exculpatory disclosure, and waits for the second person', async () => {
    const told = ['--way', 'EXCULPATORY', ...to, '--legal-basis', 'UNCAC_46', '--impossible', 'HEARING_UNDER_WAY'];
    const { statement: notice } = await parley('ee-fin', 'notice', 'give', item, ...told);
    await expect(parley('ee-fin', 'notice', 'approve', notice!)).rejects.toMatchObject({ codes: ['TWO_PERSONS_REQUIRED'] });
    expect(await parley('ch-fin', 'notice', 'answer', notice!)).toMatchObject({ statement: expect.any(String) as unknown });
    expect(await parley('ch-fin', 'notice', 'answer', notice!, '--no-objection')).toMatchObject({
      statement: expect.any(String) as unknown,
    });
    const release = ['release', item, ...to, '--purpose', 'EXCULPATORY', '--legal-basis', 'UNCAC_46', '--notice', notice!];
    await expect(parley('ee-fin', ...release)).rejects.toMatchObject({
      codes: expect.arrayContaining(['TWO_PERSONS_REQUIRED']) as unknown,
    });
  });

  it('says which option a way needs', async () => {
    const basis = ['--legal-basis', 'UNCAC_46'];
    await expect(parley('ee-fin', 'notice', 'give', item, '--way', 'EMERGENCY', ...to, ...basis)).rejects.toMatchObject({
      code: 'MALFORMED',
    });
    const urgent = ['--way', 'EMERGENCY', ...to, ...basis, '--emergency', 'THREAT_TO_LIFE'];
    expect(await parley('ee-fin', 'notice', 'give', item, ...urgent)).toMatchObject({ statement: expect.any(String) as unknown });
  });

  it('confirms an item, relaxes and corrects it, and sees what each holder answered', async () => {
    const { statement: verification } = await parley('ch-fin', 'notice', 'confirm', item, '--holder', 'EE-FIN');
    const came = () => parley<object[]>('ee-fin', 'inbox', '--all', '--wait', '5');
    const says = expect.objectContaining({ item, answer: 'CONFIRMED' }) as unknown;
    await expect.poll(came).toContainEqual(expect.objectContaining({ kind: 'verification', statement: verification, says }));
    await parley('ee-fin', 'use', item, 'INTELLIGENCE', '--action', 'PASSIVE', '--verification', verification!);
    await parley('ch-fin', 'relax', item, '--lift', 'NO_THIRD_PARTY');
    const { statement: digest } = await parley('ch-fin', 'correct', item);
    await parley('ee-fin', 'inbox', '--wait', '5');
    await parley('ee-fin', 'unable', item, '--code', 'LEGAL_HOLD', '--answers', digest!);
    const answers = () => parley<object[]>('ch-fin', 'answers', digest!);
    expect(await answers()).toMatchObject([{ holder: 'EE-FIN', answer: 'UNABLE' }]);
    await parley('ee-fin', 'deleted', item, '--answers', digest!);
    expect(await answers()).toMatchObject([{ holder: 'EE-FIN', answer: 'DELETED' }]);
  });
});
