/** A second check of evidence, in another language and with no line of ours: what it finds must be what ours finds. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceTrust } from '../../client/sdk/evidence/verify.js';
import { verifyEvidenceFile } from '../../client/sdk/index.js';
import { formatVerifierKey } from '../../crypto/note-key.js';
import { departedItem, encloseAgain } from '../client/sdk/departed-item.js';
import { openGateway } from '../client/sdk/live-gateway.js';
import { makeGenuine, readerOf, whole, type Genuine } from '../tamper/genuine.js';
import type { Row } from '../tamper/row.js';
import { rowsOf } from '../tamper/table.js';

const PROGRAM = fileURLToPath(new URL('./verify_evidence.py', import.meta.url));
const run = (python: string, words: readonly string[]) => spawnSync(python, ['-B', ...words], { encoding: 'utf8', maxBuffer: 2 ** 28 });

/** The first Python that has the one package that is needed; null: none has. */
const python = ['python3', '/usr/bin/python3'].find((one) => run(one, ['-c', 'import cryptography']).status === 0) ?? null;
const missing = python === null ? ' (skipped: no python3 with the package python3-cryptography is installed)' : '';

interface Found {
  readonly wrong?: string;
  /** index, type, digest, authority, officer */
  readonly statements: readonly (readonly [number, string, string, string, string])[];
  readonly items: readonly (readonly [string, string, string])[];
  readonly bodies: readonly string[];
  /** index, stage, outcome, action */
  readonly events: readonly (readonly [number, string, string, string])[];
}

/** What it leaves to ours, as its own first lines say: the container's spelling, accompanying texts, what belongs to the exchange. */
const NOT_LOOKED_AT = [
  'zip: more members counted than evidence may have',
  'zip: a comment',
  'zip: more members counted than there are',
  'zip: a member larger than the file',
  'zip: another date in the directory',
  'zip: another method before a member',
  'zip: packed again by another tool',
  'zip: bytes between the members',
  'manifest: another time of making',
  'README: a word',
  'README: left out',
  'timeline: a refusal told as allowed',
  'timeline: a time',
  'timeline: a script in its page',
  'timeline: left out',
  'timeline: not text',
  'key validity: of a change of label: revoked when it was delivered',
  'statements: a change of label left out',
];

describe.skipIf(python === null)(`a check of evidence that shares no code with ours${missing}`, () => {
  let genuine: Genuine;
  let folder: string;
  let made = 0;
  beforeAll(async () => {
    genuine = await makeGenuine();
    folder = await mkdtemp(join(tmpdir(), 'parley-oracle-'));
  }, 240_000);
  afterAll(async () => {
    await genuine.close();
    await rm(folder, { recursive: true });
  });

  /** @returns what it says of each file, in their order */
  async function checked(
    files: readonly Uint8Array[],
    trust: EvidenceTrust = genuine.trust,
    maker = genuine.payload.authority,
  ): Promise<Found[]> {
    const names = files.map(() => join(folder, `${made++}.zip`));
    for (const [i, name] of names.entries()) await writeFile(name, files[i]!);
    const roots = [[maker, [trust.root]] as const, ...(trust.roots ?? [])];
    const words = [
      ...roots.flatMap(([code, kids]) => kids.flatMap((kid) => ['--root', `${code}=${kid}`])),
      ...(trust.log === undefined ? [] : ['--log', formatVerifierKey(trust.log)]),
      ...(trust.witnesses ?? []).flatMap((witness) => ['--witness', formatVerifierKey(witness)]),
      ...['--quorum', String(trust.quorum ?? 0)],
    ];
    const { status, stdout, stderr } = run(python!, [PROGRAM, ...words, ...names]);
    if (status !== 0 && status !== 1) throw new Error(`it did not run: ${stderr}`);
    const found = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Found);
    expect(status).toBe(found.some(({ wrong }) => wrong !== undefined) ? 1 : 0);
    return found;
  }

  it('finds the same leaves, signers, items and bodies', async () => {
    const [found] = await checked([genuine.bytes]);
    const { checks, wrong } = await verifyEvidenceFile(readerOf(genuine.bytes), genuine.trust);
    expect([found!.wrong, wrong]).toEqual([undefined, null]);
    const ours = (kind: string) => checks.filter(({ check }) => check === kind).map(({ about, held }) => `${about}: ${held.split(',')[0]}`);
    const leaves = found!.events.map(([index, ...told]) => `#${index} ${told.join(' ')}: receipt signed`);
    const statements = found!.statements.map(
      ([, type, digest, code, officer]) => `parley-${type}+json ${digest}: signed by ${officer} of ${code}`,
    );
    const items = found!.items.map(([digest, code, officer]) => `${digest}: signed by ${officer} of ${code}`);
    expect({ leaves, statements, items: items.toSorted() }).toEqual({
      leaves: ours('leaf'),
      statements: ours('statement'),
      items: ours('item').toSorted(),
    });
    expect(found!.bodies.map((name) => name.slice('bodies/'.length, -'.sealed'.length))).toEqual(
      checks.filter(({ check }) => check === 'body').map(({ about }) => about),
    );
    expect([leaves.length, statements.length, items.length, found!.bodies.length].every((count) => count > 0)).toBe(true);
  });

  it('refuses what ours refuses, but for what it does not look at', async () => {
    const rows = rowsOf(genuine, { randomBytes: 0, leaves: 1, statements: 1 });
    const groups = new Map<Row['trust'], Row[]>();
    for (const row of rows) groups.set(row.trust, [...(groups.get(row.trust) ?? []), row]);
    const taken: string[] = [];
    for (const [trust, group] of groups) {
      const found = await checked(await Promise.all(group.map((row) => row.make())), trust ?? genuine.trust);
      taken.push(...group.filter((_, i) => found[i]!.wrong === undefined).map(({ part, what }) => `${part}: ${what}`));
    }
    const spread = /^receipt #\d+: its spelling$|^statement label: left out$/;
    expect(taken.filter((one) => !spread.test(one))).toEqual(NOT_LOOKED_AT);
    expect(rows.length).toBeGreaterThan(150);
  }, 240_000);

  it('takes an item whose officer has left where its issuer encloses it again, as ours does', async () => {
    const gateway = await openGateway();
    const root = await gateway.join('NG-FIA', 'FIU');
    const partner = await gateway.join('VG-FIX', 'FIU');
    await gateway.compareAll();
    const { item, held } = await departedItem(gateway, root, partner);
    const again = await encloseAgain(root, held, partner);
    for (const { client } of [root, partner]) {
      const file = await whole((await client.makeEvidence(again.payload.exchange)).bytes());
      const trust = { root: client.identity.root!.kid };
      expect((await verifyEvidenceFile(readerOf(file), trust)).wrong).toBeNull();
      const [found] = await checked([file], trust, client.authority);
      expect([found!.wrong, found!.items]).toEqual([undefined, [[item, root.client.authority, 'o.2']]]);
    }
    await gateway.running.drain();
  }, 120_000);
});
