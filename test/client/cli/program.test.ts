import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markDigests } from '../../../client/cli/arguments.js';
import { createNoteSigner, formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../../crypto/note-key.js';
import { createProgram } from '../../../client/cli/program.js';
import { ParleyError } from '../../../client/sdk/index.js';
import { createProfiles } from './profiles.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';

const CANARY = 'canary-7f3a';
let gateway: LiveGateway;
const { home, shows, parley } = createProfiles(() => gateway.origin);
const passphraseFile = join(home, 'passphrase');
/** the maker's, as it would be told by another way than its evidence */
let root = '';

beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.running.drain());

/** In an environment of one's own. */
async function ran(env: Record<string, string>, ...words: string[]): Promise<string> {
  let answer = '';
  const { program } = createProgram(env, { answer: (text) => void (answer += String(text)), complaint: () => undefined });
  program.exitOverride();
  await program.parseAsync(markDigests(words), { from: 'user' });
  return answer;
}

const manifestIn = (file: string) => JSON.parse(Buffer.from(unzipSync(readFileSync(file))['manifest.json']!).toString()) as { log: string };
function parsedKey(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (!key.ok) throw new RangeError(key.error);
  return key.value;
}
async function enrolled(code: string): Promise<string> {
  const profile = code.toLowerCase();
  const { root } = await parley(profile, 'enrol', '--authority', code, '--officer', 'o.1', '--suite', 'age-pq-1');
  await gateway.designate(code, root!, 'FIU');
  const facts = join(home, `${profile}.json`);
  const entry = {
    name: code,
    territory: code.slice(0, 2),
    types: ['FIU'],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    calendar: { roundTheClock: true },
  };
  writeFileSync(facts, JSON.stringify(entry));
  await parley(profile, 'entry', facts);
  return root!;
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((file) =>
    file.isFile() ? [join(file.parentPath, file.name)] : [],
  );

describe('the command line', () => {
  it('enrols, composes, sends, opens and acknowledges', async () => {
    const [ch, ee] = [await enrolled('CH-FIN'), await enrolled('EE-FIN')];
    for (const profile of ['ch-fin', 'ee-fin'])
      for (const [code, root] of [
        ['CH-FIN', ch],
        ['EE-FIN', ee],
      ] as const)
        await parley(profile, 'directory', 'trust', code, root);

    const draft = join(home, 'draft.json');
    await parley('ch-fin', 'compose', 'SPONTANEOUS', '--to', 'EE-FIN', '--to-type', 'FIU', '--from-type', 'FIU', '--out', draft);
    const skeleton = JSON.parse(readFileSync(draft, 'utf8')) as { form: Record<string, string>; body: object };
    const filled = {
      ...skeleton,
      legalBasis: ['UNCAC_46_4'],
      body: { spontaneousBasis: 'UNCAC_46_4' },
      form: { ...skeleton.form, relevance: 'A link.', facts: CANARY, evaluation: 'A1', asOf: '2026-11-01' },
    };
    writeFileSync(draft, JSON.stringify(filled));
    const sent = await parley<{ exchange: string; statement: string; items: { item: string }[]; receipt: object }>('ch-fin', 'send', draft);

    const inbox = await parley<{ kind: string; items: { item: string }[] }[]>('ee-fin', 'inbox');
    expect(inbox).toMatchObject([{ kind: 'envelope', statement: sent.statement, from: 'CH-FIN' }]);
    const opened = await parley<{ fields: object }>('ee-fin', 'open', sent.items[0]!.item);
    expect(opened.fields).toMatchObject({ facts: CANARY });
    await parley('ee-fin', 'ack', sent.exchange);
    expect(await parley('ch-fin', 'status')).toMatchObject({ exchanges: [{ id: sent.exchange, state: 'ACKNOWLEDGED' }] });

    const told = await parley<{ dates: { skipped: { day: string; name?: string }[] }[] }>('ch-fin', 'dates', sent.exchange);
    expect(told).toMatchObject({
      dates: [{ code: 'ACK_5BD', owes: 'EE-FIN', unit: 'BUSINESS_DAYS', timeZone: 'UTC', doubts: [], isOverdue: false }],
    });
    const shown = await shows('ch-fin', 'dates', sent.exchange);
    for (const words of ['ACK_5BD', '5 business days', 'since DELIVERY_RECEIPT', 'internal target']) expect(shown).toContain(words);
    // from a Sunday to the Friday there is none
    for (const { day, name = 'weekend' } of told.dates[0]!.skipped) expect(shown.replaceAll(/\s+/g, ' ')).toContain(`${day} ${name}`);

    const receipt = join(home, 'receipt.json');
    writeFileSync(receipt, JSON.stringify(sent));
    expect(await parley('ch-fin', 'verify', receipt)).toMatchObject({ outcome: 'ALLOW', statement: sent.statement, included: true });
    expect(await parley('ee-fin', 'inbox')).toEqual([]);

    const evidence = join(home, 'evidence.zip');
    const made = await parley<{ root: string; checks: number }>('ch-fin', 'evidence', sent.exchange, '--out', evidence);
    expect(made.root).toBe(ch);
    root = made.root;
    await expect(parley('ch-fin', 'evidence', sent.exchange, '--out', evidence)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  });

  it('checks a file of evidence in another folder, with no gateway, no key store and no network', async () => {
    const evidence = join(home, 'evidence.zip');
    const elsewhere = { PARLEY_HOME: join(home, 'elsewhere'), PARLEY_GATEWAY: 'http://127.0.0.1:1' };
    const { log } = manifestIn(evidence);
    const told = await ran(elsewhere, 'verify', evidence, '--root', root, '--log', log);
    expect(told).toMatch(/Evidence of exchange [^]*Everything that is in it holds\./);
    // what holds of each leaf is said once, and fits a terminal but for a digest
    expect(told.match(/receipt signed, included/g)).toHaveLength(1);
    expect(told.split('\n').filter((line) => line.length > 80 && !/[\w-]{43}/.test(line))).toEqual([]);
    await expect(ran(elsewhere, 'verify', evidence)).rejects.toMatchObject({ code: 'ROOT_NEEDED' });
    await expect(ran(elsewhere, 'verify', evidence, '--root', 'A'.repeat(43))).rejects.toMatchObject({ code: 'ROOT_DIFFERS' });
    const altered = readFileSync(evidence);
    altered[200]! ^= 1;
    writeFileSync(join(home, 'altered.zip'), altered);
    await expect(ran(elsewhere, 'verify', join(home, 'altered.zip'), '--root', root)).rejects.toMatchObject({ code: 'FILE_MALFORMED' });
    for (const [name, bytes] of [
      ['half.zip', altered.subarray(0, altered.length / 2)],
      ['three.zip', altered.subarray(0, 3)],
    ] as const) {
      writeFileSync(join(home, name), bytes);
      await expect(ran(elsewhere, 'verify', join(home, name), '--root', root)).rejects.toMatchObject({ code: 'FILE_MALFORMED' });
    }
    await expect(ran(elsewhere, 'verify', join(home, 'half.zip'), '--root', root)).rejects.toThrow('broken off');
    expect(existsSync(elsewhere.PARLEY_HOME)).toBe(false);
  });

  it('checks a receipt there as well, where the log’s key is given, and says which key it lacks', async () => {
    const elsewhere = { PARLEY_HOME: join(home, 'elsewhere'), PARLEY_GATEWAY: 'http://127.0.0.1:1' };
    const receipt = join(home, 'receipt.json');
    const { log } = manifestIn(join(home, 'evidence.zip'));
    expect(JSON.parse(await ran(elsewhere, '--json', 'verify', receipt, '--log', log))).toMatchObject({ outcome: 'ALLOW', included: null });
    const other = join(home, 'other-receipt.json');
    writeFileSync(other, JSON.stringify({ ...(JSON.parse(readFileSync(receipt, 'utf8')) as object), statement: 'A'.repeat(43) }));
    await expect(ran(elsewhere, 'verify', other, '--log', log)).rejects.toThrow('a receipt of another statement');
    const own = formatVerifierKey(createNoteSigner(parsedKey(log).name, 'ED25519', new Uint8Array(32)).key);
    await expect(ran(elsewhere, 'verify', receipt, '--log', own)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    const renamed = formatVerifierKey({ ...parsedKey(log), name: 'other.example' });
    await expect(ran(elsewhere, 'verify', receipt, '--log', renamed)).rejects.toThrow('another log');
    await expect(ran(elsewhere, 'verify', receipt)).rejects.toMatchObject({
      code: 'NOT_ENROLLED',
      next: expect.stringContaining('--log') as string,
    });
    expect(existsSync(elsewhere.PARLEY_HOME)).toBe(false);
  });

  it('says of a receipt that roots and witnesses are of evidence, before it checks anything', async () => {
    const receipt = join(home, 'receipt.json');
    for (const words of [
      ['--root', 'A'.repeat(43)],
      ['--witness', manifestIn(join(home, 'evidence.zip')).log, '--quorum', '1'],
      ['--quorum', '1'],
    ])
      await expect(ran({ PARLEY_HOME: home }, 'verify', receipt, ...words)).rejects.toMatchObject({
        code: 'OF_EVIDENCE',
        what: expect.stringContaining(words[0]!) as string,
      });
  });

  it.skipIf(!existsSync('/dev/zero'))('ends where a file does not (skipped where there is no /dev/zero)', async () => {
    await expect(ran({ PARLEY_HOME: home }, 'verify', '/dev/zero')).rejects.toMatchObject({ code: 'MALFORMED' });
    await expect(ran({ PARLEY_HOME: home }, 'officer', 'admit', '/dev/zero', '--role', 'OFFICER')).rejects.toMatchObject({
      code: 'TEXT_UNREADABLE',
    });
  });

  it('quotes nothing of a file that is neither evidence nor a receipt', async () => {
    const words = CANARY.slice(0, 8);
    for (const text of [`${words} is no JSON`, `{"${words}": 1}`, 'null', '[]', '"x"', '']) {
      writeFileSync(join(home, 'other.txt'), text);
      const said: unknown = await ran({ PARLEY_HOME: home }, 'verify', join(home, 'other.txt')).catch((error: unknown) => error);
      expect(said).toMatchObject({ code: 'MALFORMED', what: expect.stringContaining('is no file of evidence') as unknown });
      expect(String(said)).not.toContain(words);
    }
  });

  it('quotes nothing of a file that holds no facts of an authority, and no value of one that does', async () => {
    const words = CANARY.slice(0, 8);
    for (const [text, told] of [
      [`${words} is no JSON`, 'no facts'],
      [`{"${words}": "${words}", "secret": {"${words}": 1}}`, 'no facts'],
      [`["${words}"]`, 'no facts'],
      [`"${words}"`, 'no facts'],
      ['null', 'no facts'],
      [JSON.stringify({ name: 1, territory: words, types: [words], clearance: words, timeZone: words }), 'types'],
    ] as const) {
      writeFileSync(join(home, 'other.json'), text);
      const said: unknown = await parley('ch-fin', 'entry', join(home, 'other.json')).catch((error: unknown) => error);
      expect(said).toMatchObject({ code: 'MALFORMED', what: expect.stringContaining(told) as unknown });
      expect(JSON.stringify([said, (said as Error).message, (said as Error).cause])).not.toContain(words);
    }
  });

  it('takes no time zone by which nobody could count its dates', async () => {
    const facts = { name: 'Unit', territory: 'CH', types: ['FIU'], languages: ['en'], clearance: 'RESTRICTED', timeZone: 'Zurich' };
    writeFileSync(join(home, 'facts.json'), JSON.stringify(facts));
    await expect(parley('ch-fin', 'entry', join(home, 'facts.json'))).rejects.toMatchObject({
      code: 'MALFORMED',
      what: expect.stringContaining('timeZone: it is a time zone of the IANA list, as Africa/Lagos') as unknown,
    });
  });

  it('fails where a sealed body that was asked for is not in the evidence, and says which', async () => {
    const { exchanges } = await parley<{ exchanges: { id: string }[] }>('ch-fin', 'status');
    const exchange = exchanges[0]!.id;
    const real = fetch;
    const why = { code: 'ITEM_RETRACTED', detail: 'Taken back.', violations: [] };
    vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
      String(input).endsWith('/v1/access') ? Promise.resolve(Response.json(why, { status: 403 })) : real(input, init),
    );
    const words = ['--with-bodies', '--purpose', 'INTELLIGENCE', '--justification', 'SUPERVISION', '--out', join(home, 'bare.zip')];
    const made = shows('ch-fin', 'evidence', exchange, ...words).finally(() => vi.unstubAllGlobals());
    await expect(made).rejects.toMatchObject({
      code: 'BODIES_WITHHELD',
      what: expect.stringMatching(/^\d sealed bodies are not in .*bare\.zip: \S{43} \(ITEM_RETRACTED\)/) as unknown,
    });
    expect(existsSync(join(home, 'bare.zip'))).toBe(true);
  });

  it('keeps every file to its owner, sealed, and without a word of content', () => {
    const stored = files(join(home, 'ee-fin'));
    expect(stored.length).toBeGreaterThan(4);
    for (const file of stored) {
      expect(statSync(file).mode & 0o077, file).toBe(0);
      if (file.endsWith('.age')) expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption\.org\/v1\n/);
      expect(readFileSync(file, 'latin1')).not.toContain(CANARY);
    }
  });

  it('shows the form of a profile', async () => {
    expect(await parley('none', 'form', 'print', 'EGMONT_FIU')).toMatchObject({ $id: 'urn:parley:form:FIU_REQUEST_1' });
  });

  it('takes a digest that begins with a hyphen for a digest', async () => {
    const item = `-${'A'.repeat(42)}`;
    await expect(
      parley('ch-fin', 'release', item, '--to', 'EE-FIN', '--purpose', 'TAX', '--legal-basis', 'RECIPROCITY', '--consent', item),
    ).rejects.toMatchObject({ code: 'NOT_HELD', what: expect.stringContaining(` ${item} `) as unknown });
  });

  it('seats a second officer, and dismisses them', async () => {
    const { keys } = await parley<{ keys: { use: string; kid: string }[] }>('ee-fin', 'keys');
    const root = keys.find(({ use }) => use === 'root')!.kid;
    const card = join(home, 'card.json');
    await parley('ee-two', 'officer', 'new', '--authority', 'EE-FIN', '--officer', 'o.2', '--root', root, '--out', card);
    expect(readFileSync(card, 'utf8')).not.toContain('secret');
    const admit = ['officer', 'admit', card, '--role', 'OFFICER', '--desk', 'INTAKE'];
    const { signing } = JSON.parse(readFileSync(card, 'utf8')) as { signing: { kid: string } };
    await expect(parley('ee-fin', ...admit)).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      what: expect.stringContaining(`${signing.kid}. Did you compare this id`) as unknown,
    });
    expect(await parley('ee-fin', 'officer', 'list')).toMatchObject({ officers: [{ officer: 'o.1' }] });
    await parley('ee-fin', ...admit, '--yes');
    expect(await parley('ee-two', 'keys', 'fetch')).toEqual({ fetched: ['INTAKE.1'], missing: [] });
    expect(await parley('ee-fin', 'keys', 'share')).toEqual({ shared: ['INTAKE.1'] });
    expect(await parley('ee-two', 'officer')).toMatchObject({ officers: [{ officer: 'o.1' }, { officer: 'o.2', desks: ['INTAKE'] }] });
    await expect(parley('ee-two', 'officer', 'dismiss', 'o.1')).rejects.toMatchObject({ code: 'ROOT_NOT_HERE' });

    await parley('ee-fin', 'officer', 'dismiss', 'o.2');
    expect(await parley('ee-fin', 'officer', 'list')).toMatchObject({ officers: [{ officer: 'o.1' }] });
    expect(await parley('ee-fin', 'keys', 'reseal')).toMatchObject({ resealed: [expect.any(String)], left: [] });
    await expect(parley('ee-two', 'inbox')).rejects.toMatchObject({ code: 'NOT_CALLER' });
  });

  it('says what to do where something is missing', async () => {
    await expect(parley('nobody', 'inbox')).rejects.toMatchObject({
      code: 'NOT_ENROLLED',
      next: expect.stringContaining('parley enrol') as unknown,
    });
    await expect(parley('ch-fin', 'send', join(home, 'no.json'))).rejects.toBeInstanceOf(ParleyError);
    writeFileSync(passphraseFile, 'wrong\n');
    await expect(parley('ch-fin', 'inbox')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });
});
