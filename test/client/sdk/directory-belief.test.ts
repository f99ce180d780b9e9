/** What is believed of an authority: what its own root signed for it, and nothing that another authority's says, though it is a root too. */
import { describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../../client/cli/clock-system.js';
import { believe, believedEntry, believedRevocations } from '../../../client/sdk/directory-belief.js';
import { makeEntry } from '../../../client/sdk/entry.js';
import { createIdentity } from '../../../client/sdk/identity.js';
import { createUuid } from '../../../domain/uuid.js';
import { createMemoryKeyStore } from '../../../client/sdk/key-store.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { lineFrom } from '../../../domain/roots.js';
import { formatInstant } from '../../../domain/time.js';
import { authority, instant } from '../../support/ids.js';
import { FACTS } from './entry-facts.js';

const NOW = instant('2026-11-01T09:00:00Z');
const [FIA, FIX, OPS] = [authority('NG-FIA'), authority('VG-FIX'), authority('XX-OPS')];
const [root, other] = [createSigningKey(chance), createSigningKey(chance)];
const named = ({ kid, publicKey }: typeof root) => ({ kid, publicKey: encodeBase64url(publicKey) });
const head = () => ({ v: 1 as const, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(NOW), authority: FIA });
const termsOf = (of: typeof FIA, by = root) => lineFrom(of, by.kid, []);
/** with another signature */
const spoilt = (compact: string): string => {
  const at = compact.lastIndexOf('.') + 1;
  return `${compact.slice(0, at)}${compact[at] === 'A' ? 'B' : 'A'}${compact.slice(at + 1)}`;
};

async function entryOf(seq: number): Promise<string> {
  const wanted = { authority: FIA, officer: certain(parseOfficerId('o.1')), desk: certain(parseDeskId('INTAKE')) };
  const identity = await createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, NOW);
  const said = { aud: 'parley.test/log', seq, now: NOW, chance, last: null, confirms: true, colleagues: [], revocations: [] };
  return (await makeEntry({ ...identity, root }, FACTS, said)).compact;
}

describe('an entry', () => {
  it('is its root’s, by its signature, and of the authority whose root that is', async () => {
    const compact = await entryOf(1);
    const isBelieved = async (one: string, of: typeof FIA, by = root) => (await believedEntry(one, of, termsOf(of, by))).ok;
    expect(await isBelieved(compact, FIA)).toBe(true);
    expect(await isBelieved(spoilt(compact), FIA)).toBe(false);
    expect(await isBelieved(compact, FIA, other)).toBe(false);
    // two authorities may name one root: what it signed for one is not the other's
    expect(await isBelieved(compact, FIX)).toBe(false);
  });
});

describe('a revocation', () => {
  it('is believed of the authority’s own root alone', async () => {
    const change = { ...head(), old: named(root), root: named(createSigningKey(chance)), after: 1 };
    const others = { ...head(), authority: FIX, old: named(other), root: named(createSigningKey(chance)), after: 1 };
    const changes = [await makeStatement('parley-root+json', change, root), await makeStatement('parley-root+json', others, other)];
    const terms = [...termsOf(FIA), ...termsOf(FIX, other)];
    const revoked = async (by: typeof root) =>
      (await makeStatement('parley-revocation+json', { ...head(), kid: createSigningKey(chance).kid, reason: 'LOST' }, by)).compact;
    const isBelieved = async (compact: string) => (await believedRevocations([compact], [], changes, terms)).length === 1;
    expect(await isBelieved(await revoked(root))).toBe(true);
    expect(await isBelieved(spoilt(await revoked(root)))).toBe(false);
    expect(await isBelieved(await revoked(other))).toBe(false);
  });
});

describe('a designation', () => {
  const said = { operator: OPS, root: root.kid, types: ['FIU' as const], status: 'ACTIVE' as const };
  const designated = () => makeStatement('parley-designation+json', { ...head(), ...said }, other);
  const isBelieved = async (row: object, store = createMemoryKeyStore()) => {
    const { compact } = await designated();
    const shown = { designation: compact, entry: null, authority: FIA, root: root.kid, ...row } as unknown as Parameters<typeof believe>[0];
    return (await believe(shown, { roots: new Map(), changes: [] }, store)).ok;
  };

  it('is of the authority, and of the root, that it is shown for', async () => {
    expect(await isBelieved({})).toBe(true);
    expect(await isBelieved({ authority: FIX })).toBe(false);
    expect(await isBelieved({ root: other.kid })).toBe(false);
  });

  it('is shown with an entry that is no older than one that was seen before', async () => {
    const store = createMemoryKeyStore();
    const [older, newer] = [await entryOf(1), await entryOf(2)];
    const seen = [older, newer, newer, older].map((entry) => () => isBelieved({ entry }, store));
    const told: boolean[] = [];
    for (const look of seen) told.push(await look());
    expect(told).toEqual([true, true, true, false]);
  });
});
