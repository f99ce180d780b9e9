/** What the operator, the roots that it designated or that were given, and their changes each must have signed, and what is not believed. */
import { expect, it } from 'vitest';
import { systemChance as chance } from '../../../../client/cli/clock-system.js';
import { makeEntry } from '../../../../client/sdk/entry.js';
import type { Dossier } from '../../../../client/sdk/evidence/dossier.js';
import { vouchedDirectory } from '../../../../client/sdk/evidence/vouching.js';
import { createIdentity } from '../../../../client/sdk/identity.js';
import { createUuid } from '../../../../domain/uuid.js';
import { makeStatement } from '../../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import { createSigningKey, type SigningKey } from '../../../../crypto/signing-key.js';
import { digestOf } from '../../../../crypto/statement.js';
import type { Digest } from '../../../../domain/ids.js';
import { parseDeskId, parseOfficerId } from '../../../../domain/ids.js';
import { certain } from '../../../../domain/result.js';
import { DAY_MS, formatInstant, plusMs } from '../../../../domain/time.js';
import type { EvidenceManifest } from '../../../../domain/wire/evidence.js';
import { authority, digest, instant } from '../../../support/ids.js';
import { FACTS } from '../entry-facts.js';

const NOW = instant('2026-11-01T09:00:00Z');
const [FIA, FIX, OPS] = [authority('NG-FIA'), authority('VG-FIX'), authority('XX-OPS')];
const [operator, root, next, other] = [0, 1, 2, 3].map(() => createSigningKey(chance)) as [SigningKey, SigningKey, SigningKey, SigningKey];
const LOG = 'parley.test/log';
const named = ({ kid, publicKey }: SigningKey) => ({ kid, publicKey: encodeBase64url(publicKey) });
const head = () => ({ v: 1 as const, aud: LOG, id: createUuid(chance), at: formatInstant(NOW), authority: FIA });

interface EntryOver {
  readonly by?: SigningKey;
  readonly seq?: number;
  readonly day?: number;
  readonly aud?: string;
  readonly revocations?: readonly Digest[];
}
async function entry({ by = root, seq = 1, day = 1, aud = LOG, revocations = [] }: EntryOver = {}): Promise<string> {
  const wanted = { authority: FIA, officer: certain(parseOfficerId('o.1')), desk: certain(parseDeskId('INTAKE')) };
  const identity = await createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, NOW);
  const said = { aud, seq, now: plusMs(NOW, day * DAY_MS), chance, last: null, confirms: true, colleagues: [], revocations };
  return (await makeEntry({ ...identity, root: by }, FACTS, said)).compact;
}
const designation = async (over: object = {}, by = operator): Promise<string> => {
  const said = { operator: OPS, root: root.kid, types: ['FIU' as const], status: 'ACTIVE' as const };
  return (await makeStatement('parley-designation+json', { ...head(), ...said, ...over }, by)).compact;
};
const change = async (old = root, to = next, over: object = {}): Promise<string> =>
  (await makeStatement('parley-root+json', { ...head(), old: named(old), root: named(to), after: 1, ...over }, old)).compact;
const revocation = async (by = root, over: object = {}): Promise<string> =>
  (await makeStatement('parley-revocation+json', { ...head(), kid: createSigningKey(chance).kid, reason: 'LOST', ...over }, by)).compact;
/** with another signature */
const spoilt = (compact: string): string => {
  const [protectedHeader, payload, signature = ''] = compact.split('.');
  return `${protectedHeader}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
};

interface Held {
  readonly designations?: readonly string[];
  readonly entries?: readonly string[];
  readonly roots?: readonly string[];
  readonly revocations?: readonly string[];
  /** by name, what stands there */
  readonly misnamed?: Partial<Record<'designations' | 'entries' | 'roots' | 'revocations', string>>;
  readonly given?: Readonly<Record<string, readonly string[]>>;
  readonly operatorRoot?: ReturnType<typeof named>;
}
async function vouched({ misnamed = {}, given = {}, operatorRoot = named(operator), ...held }: Held) {
  const all = { designations: [await designation()], entries: [await entry()], roots: [], revocations: [], ...held };
  const dossier = Object.fromEntries(
    Object.entries(all).map(([member, compacts]) => [member, new Map(compacts.map((compact) => [digestOf(compact), compact]))]),
  ) as unknown as Record<keyof typeof all, Map<string, string>>;
  for (const [member, compact] of Object.entries(misnamed)) dossier[member as keyof typeof all].set(digest('another'), compact);
  const manifest = { aud: LOG, operator: { authority: OPS, root: operatorRoot } } as unknown as EvidenceManifest;
  return vouchedDirectory(dossier as unknown as Dossier, manifest, new Map(Object.entries(given)));
}
const codeOf = (held: Held): Promise<string> =>
  vouched(held).then(
    () => 'HOLDS',
    ({ code }: { readonly code: string }) => code,
  );

it('is what the operator designated, its root signed, or one that this one named', async () => {
  const ended = await revocation();
  const listed = [digestOf(ended)];
  const entries = [await entry({ revocations: listed }), await entry({ by: next, seq: 2, day: 2, revocations: listed })];
  const held = { entries, roots: [await change()], revocations: [ended, await revocation(next)] };
  expect(await codeOf(held)).toBe('HOLDS');
  expect(await codeOf({ ...held, given: { [FIA]: [root.kid], [OPS]: [operator.kid] } })).toBe('HOLDS');
  expect(await codeOf({ ...held, designations: [], given: { [FIA]: [root.kid] } })).toBe('HOLDS');
});

it.each<readonly [what: string, code: string, held: () => Promise<Held>]>([
  ['another operator than was given', 'OPERATOR_DIFFERS', async () => ({ given: { [OPS]: [other.kid] } })],
  [
    'an operator’s root with another one’s key',
    'DESIGNATION_INVALID',
    async () => ({ operatorRoot: { ...named(other), kid: operator.kid }, designations: [await designation({}, other)] }),
  ],
  ['a designation by another operator', 'DESIGNATION_INVALID', async () => ({ designations: [await designation({ operator: FIX })] })],
  [
    'a second designation of an authority',
    'DESIGNATION_INVALID',
    async () => ({ designations: [await designation(), await designation({ root: next.kid })] }),
  ],
  ['a designation with another signature', 'DESIGNATION_INVALID', async () => ({ designations: [spoilt(await designation())] })],
  ['a designation for another log', 'DESIGNATION_INVALID', async () => ({ designations: [await designation({ aud: 'x.test/log' })] })],
  [
    'a designation under another name',
    'DESIGNATION_INVALID',
    async () => ({ designations: [], misnamed: { designations: await designation() } }),
  ],
  ['an entry of whom nobody designated', 'ROOT_UNKNOWN', async () => ({ designations: [] })],
  ['another root than was given', 'ROOT_DIFFERS', async () => ({ given: { [FIA]: [next.kid] } })],
  ['an entry of a root that nobody named', 'ROOT_DIFFERS', async () => ({ entries: [await entry(), await entry({ by: next, seq: 2 })] })],
  [
    'an entry of a root behind the last that was its own',
    'ROOT_DIFFERS',
    async () => ({ entries: [await entry({ seq: 2 })], roots: [await change()] }),
  ],
  ['an entry with another signature', 'ENTRY_INVALID', async () => ({ entries: [spoilt(await entry())] })],
  ['an entry for another log', 'ENTRY_INVALID', async () => ({ entries: [await entry({ aud: 'x.test/log' })] })],
  ['an entry under another name', 'ENTRY_INVALID', async () => ({ entries: [], misnamed: { entries: await entry() } })],
  ['a change with another signature', 'ROOT_CHANGE_INVALID', async () => ({ roots: [spoilt(await change())] })],
  ['a revocation with another signature', 'REVOCATION_INVALID', async () => ({ revocations: [spoilt(await revocation())] })],
  [
    'a revocation by another authority’s root',
    'REVOCATION_INVALID',
    async () => ({ roots: [await change(other, next, { authority: FIX })], revocations: [await revocation(other)] }),
  ],
  [
    'a revocation by an authority that has no entry here',
    'REVOCATION_INVALID',
    async () => ({ revocations: [await revocation(root, { authority: FIX })] }),
  ],
  [
    'an entry that lists a revocation which is not here',
    'REVOCATION_MISSING',
    async () => ({ entries: [await entry({ revocations: [digest('r') as Digest] })] }),
  ],
])('is not %s', async (_, code, held) => {
  expect(await codeOf(await held())).toBe(code);
});

it('has its entries in the order of its roots, whichever was given first and whatever time they say', async () => {
  const entries = [await entry({ day: 9 }), await entry({ by: next, seq: 2, day: 5 })];
  const held = { entries, roots: [await change()] };
  for (const given of [
    [root, next],
    [next, root],
  ]) {
    const directory = await vouched({ ...held, given: { [FIA]: given.map(({ kid }) => kid) } });
    expect(directory.get(FIA)).toMatchObject({ root: next.kid, by: 'GIVEN' });
  }
});
