/** A pin that was followed through changes of root, and what becomes of the whole way when somebody compares anew. No gateway: what it says is made up. */
import { expect, it } from 'vitest';
import { systemChance as chance } from '../../../client/cli/clock-system.js';
import { pinRoot, readDirectory } from '../../../client/sdk/directory.js';
import type { Door } from '../../../client/sdk/door.js';
import { makeEntry } from '../../../client/sdk/entry.js';
import { createUuid } from '../../../domain/uuid.js';
import { certain } from '../../../domain/result.js';
import { createIdentity } from '../../../client/sdk/identity.js';
import { createMemoryKeyStore } from '../../../client/sdk/index.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { createSigningKey, type SigningKey } from '../../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, parseInstant, plusMs } from '../../../domain/time.js';
import { FACTS } from './entry-facts.js';

const NOW = certain(parseInstant('2026-11-01T09:00:00Z'));
const LATER = plusMs(NOW, 30 * DAY_MS);
const FIA = certain(parseAuthorityId('NG-FIA'));
const head = () => ({ v: 1 as const, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(NOW), authority: FIA });
const named = ({ kid, publicKey }: SigningKey) => ({ kid, publicKey: encodeBase64url(publicKey) });
const [r1, r2, r3, r4] = [createSigningKey(chance), createSigningKey(chance), createSigningKey(chance), createSigningKey(chance)];

const change = async (old: SigningKey, root: SigningKey, after: number) =>
  (await makeStatement('parley-root+json', { ...head(), old: named(old), root: named(root), after }, old)).compact;

/** Each with an officer of its own, who is in no other. */
async function entry(root: SigningKey, seq: number, facts = FACTS) {
  const wanted = {
    authority: FIA,
    officer: certain(parseOfficerId(`o.${seq}`)),
    desk: certain(parseDeskId('INTAKE')),
    suites: ['age-x25519-1' as const],
  };
  const identity = { ...(await createIdentity(wanted, chance, NOW)), root };
  const options = { aud: 'parley.test/log', seq, now: NOW, chance, last: null, confirms: true, colleagues: [], revocations: [] };
  const { compact } = await makeEntry(identity, facts, options);
  return { compact, kid: identity.signing.kid };
}

/** A reader before a gateway that says this. */
function reader() {
  const store = createMemoryKeyStore();
  const read = async (
    designated: SigningKey,
    root: SigningKey,
    newest: string,
    roots: readonly string[],
    revocations: readonly string[] = [],
  ) => {
    const said = { ...head(), operator: 'XX-OPS', root: designated.kid, types: ['FIU' as const], status: 'ACTIVE' as const };
    const designation = (await makeStatement('parley-designation+json', said, r4)).compact;
    const row = { authority: FIA, slot: 0, standing: 'ACTIVE', types: ['FIU'], root: root.kid, designation, entry: newest };
    const answer = { epoch: 1, version: 1, authorities: [row], waiting: [], agreements: [], revocations, roots };
    return readDirectory({ get: () => Promise.resolve(answer) } as unknown as Door, store);
  };
  return { store, read };
}

it('keeps what each root of the way vouched for, and lets none of them back into the line', async () => {
  const { store, read } = reader();
  const [one, two, three, four] = [await entry(r1, 1), await entry(r2, 2), await entry(r3, 3), await entry(r4, 1)];
  const roots = [await change(r1, r2, 1), await change(r2, r3, 2)];
  await pinRoot(store, FIA, r1.kid);
  await read(r1, r1, one.compact, []);
  await read(r1, r2, two.compact, roots.slice(0, 1));
  expect((await read(r1, r3, three.compact, roots)).pins[FIA]).toBe(r3.kid);

  await pinRoot(store, FIA, r4.kid, LATER);
  const view = await read(r4, r4, four.compact, roots);
  expect(view.doubts).toEqual([]);
  const termOf = (root: SigningKey) => view.directory.roots.get(root.kid);
  expect([r1, r2, r3, r4].map((root) => termOf(root)?.replacedAt)).toEqual([LATER, LATER, LATER, null]);
  expect([r1, r2, r3].map((root) => [termOf(root)?.after, termOf(root)?.through])).toEqual([
    [0, 1],
    [1, 2],
    [2, Infinity],
  ]);
  for (const { kid } of [one, two, three]) expect(view.directory.officerKeys.get(kid)?.until).toBeLessThanOrEqual(LATER);

  // whoever has one of them signs it into the line of now: nothing of theirs is current
  for (const thief of [r1, r2, r3]) {
    const forged = await entry(thief, 500);
    const line = [await change(thief, r4, 1_000_000), ...roots];
    for (const designated of [r1, thief]) {
      const { directory } = await read(designated, r4, forged.compact, line);
      expect(directory.officerKeys.get(forged.kid)?.until ?? 0).toBeLessThanOrEqual(LATER);
      expect(directory.authorities.get(FIA)?.entry?.seq).not.toBe(500);
    }
  }
});

it('knows its own way again where an earlier root of it is compared once more', async () => {
  const { store, read } = reader();
  const [one, two, three] = [await entry(r1, 1), await entry(r2, 2), await entry(r3, 3)];
  const roots = [await change(r1, r2, 1), await change(r2, r3, 2)];
  // such as from a directory on paper, which names the root that was designated
  await pinRoot(store, FIA, r2.kid);
  await read(r1, r1, one.compact, []).catch(() => undefined);
  await read(r1, r2, two.compact, roots.slice(0, 1));
  await pinRoot(store, FIA, r1.kid, NOW);
  expect((await read(r1, r2, two.compact, roots.slice(0, 1))).pins[FIA]).toBe(r2.kid);
  await pinRoot(store, FIA, r1.kid, NOW);
  const view = await read(r1, r3, three.compact, roots);
  expect(view.pins[FIA]).toBe(r3.kid);
  expect([r1, r2, r3].map((root) => view.directory.roots.get(root.kid)?.replacedAt)).toEqual([null, null, null]);
  expect(view.directory.officerKeys.has(two.kid)).toBe(true);
});

it('believes no entry that moves its authority to another State', async () => {
  const { read } = reader();
  const [one, two] = [await entry(r1, 1), await entry(r1, 2, { ...FACTS, territory: 'ZA' })];
  await read(r1, r1, one.compact, []);
  expect((await read(r1, r1, two.compact, [])).doubts).toMatchObject([
    { authority: FIA, why: expect.stringContaining('territory: ') as unknown },
  ]);
  expect((await read(r1, r1, one.compact, [])).doubts).toEqual([]);
});

it('keeps a key revoked that it saw revoked once, and alarms where the gateway shows that no more', async () => {
  const { read } = reader();
  const one = await entry(r1, 1);
  const revoked = async (reason: 'SCHEDULED' | 'LOST') =>
    (await makeStatement('parley-revocation+json', { ...head(), kid: one.kid, reason }, r1)).compact;
  const said = await revoked('LOST');
  expect((await read(r1, r1, one.compact, [], [said])).doubts).toEqual([]);
  for (const less of [[], [await revoked('SCHEDULED')]]) {
    const { directory, doubts } = await read(r1, r1, one.compact, [], less);
    expect(directory.revoked.get(one.kid)?.reason).toBe('LOST');
    expect(doubts).toMatchObject([{ authority: FIA, isAlarm: true, code: 'REVOCATION_WITHHELD' }]);
  }
  // said again, after a restored log perhaps
  expect((await read(r1, r1, one.compact, [], [await revoked('LOST')])).doubts).toEqual([]);
});
