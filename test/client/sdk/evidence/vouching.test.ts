/** Which entries vouch for a key where an authority lost its root and began anew. */
import { expect, it } from 'vitest';
import { systemChance as chance } from '../../../../client/cli/clock-system.js';
import { makeEntry } from '../../../../client/sdk/entry.js';
import type { Dossier } from '../../../../client/sdk/evidence/dossier.js';
import { keyOf } from '../../../../client/sdk/evidence/keys.js';
import { vouchedDirectory } from '../../../../client/sdk/evidence/vouching.js';
import { saidIn } from '../../../../client/sdk/index.js';
import { createUuid } from '../../../../domain/uuid.js';
import { certain } from '../../../../domain/result.js';
import { createIdentity, type Identity } from '../../../../client/sdk/identity.js';
import { makeStatement } from '../../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import { createSigningKey, type SigningKey } from '../../../../crypto/signing-key.js';
import { digestOf, signStatement } from '../../../../crypto/statement.js';
import { parseDeskId, parseOfficerId } from '../../../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../../../domain/time.js';
import type { EvidenceManifest } from '../../../../domain/wire/evidence.js';
import { authority, instant } from '../../../support/ids.js';
import { FACTS } from '../entry-facts.js';

const NOW = instant('2026-11-01T09:00:00Z');
const [FIA, OPS] = [authority('NG-FIA'), authority('XX-OPS')];
const [operator, lost, next] = [createSigningKey(chance), createSigningKey(chance), createSigningKey(chance)];
const named = ({ kid, publicKey }: SigningKey) => ({ kid, publicKey: encodeBase64url(publicKey) });

const officer = (code: string, day: number): Promise<Identity> => {
  const wanted = { authority: FIA, officer: certain(parseOfficerId(code)), desk: certain(parseDeskId('INTAKE')) };
  return createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, plusMs(NOW, day * DAY_MS));
};
async function entry(of: Identity, root: SigningKey, seq: number, day: number): Promise<string> {
  const options = {
    aud: 'parley.test/log',
    seq,
    now: plusMs(NOW, day * DAY_MS),
    chance,
    last: null,
    confirms: true,
    colleagues: [],
    revocations: [],
  };
  return (await makeEntry({ ...of, root }, FACTS, options)).compact;
}

async function vouched(entries: readonly string[], designated: SigningKey, given: readonly SigningKey[]) {
  const head = { v: 1 as const, aud: 'parley.test/log', id: createUuid(chance), at: formatInstant(NOW), authority: FIA };
  const said = { ...head, operator: OPS, root: designated.kid, types: ['FIU' as const], status: 'ACTIVE' as const };
  const byDigest = (compacts: readonly string[]) => new Map(compacts.map((compact) => [digestOf(compact), compact]));
  const designations = byDigest([(await makeStatement('parley-designation+json', said, operator)).compact]);
  const dossier = { designations, entries: byDigest(entries), roots: new Map(), revocations: new Map() } as unknown as Dossier;
  const manifest = { aud: 'parley.test/log', operator: { authority: OPS, root: named(operator) } } as unknown as EvidenceManifest;
  return vouchedDirectory(dossier, manifest, new Map([[FIA as string, given.map(({ kid }) => kid)]]));
}

it('lets an entry of a root that was lost end no key that the next root vouched for', async () => {
  const [left, stays, came] = [await officer('o.1', 0), await officer('o.2', 1), await officer('o.3', 9)];
  const entries = [await entry(left, lost, 8, 1), await entry(stays, lost, 9, 2), await entry(came, next, 3, 10)];
  // whatever the file holds them in, and whichever root the verifier names first
  for (const given of [
    [lost, next],
    [next, lost],
  ])
    for (const designated of [lost, next])
      for (const held of [entries, entries.toReversed()]) {
        const directory = await vouched(held, designated, given);
        const endOf = ({ signing }: Identity): Instant => keyOf(directory, FIA, signing.kid, 'here').until;
        expect(endOf(came)).toBeGreaterThan(plusMs(NOW, 11 * DAY_MS));
        // the entry after it is the first of the next root that is here
        expect([endOf(left), endOf(stays)]).toEqual([plusMs(NOW, 2 * DAY_MS), plusMs(NOW, 10 * DAY_MS)]);
        expect(directory.get(FIA)?.root).toBe(next.kid);
      }
});

it('ends a key that an older root listed too where the next root’s entries list it no more', async () => {
  const [kept, came] = [await officer('o.1', 0), await officer('o.2', 9)];
  const entries = [await entry(kept, lost, 9, 1), await entry(kept, next, 1, 10), await entry(came, next, 2, 12)];
  const directory = await vouched(entries, next, [lost, next]);
  expect(keyOf(directory, FIA, kept.signing.kid, 'here').until).toEqual(plusMs(NOW, 12 * DAY_MS));
});

it('believes no entry under a believed root’s fingerprint that another key signed', async () => {
  const compact = await entry(await officer('o.1', 0), lost, 1, 1);
  const root = { kid: lost.kid, publicKey: named(next).publicKey };
  const forged = await signStatement('parley-entry+json', { ...saidIn(compact), root }, next);
  await expect(vouched([forged], lost, [lost])).rejects.toMatchObject({ code: 'ROOT_DIFFERS' });
});
