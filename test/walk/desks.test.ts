/** One body, two desks: what is sealed to one of them is handed to none of the other's officers. */
import { expect, it } from 'vitest';
import { createAgeKey } from '../../crypto/age/keys.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey, kidOf } from '../../crypto/signing-key.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { answered, codesOf } from '../support/answered.js';
import { entry, type Actor } from '../support/actors.js';
import { makeAccess } from '../support/letters.js';

async function twoDesks(seed: number) {
  const scene = await answered(seed);
  const { walk, fia, desk } = scene;
  const { chance, at } = desk();
  const [from, until] = [formatInstant(plusMs(at, -DAY_MS)), formatInstant(plusMs(at, 400 * DAY_MS))];
  const listed = (key: { kid: string; publicKey: Uint8Array; suite?: string }) => ({ ...key, publicKey: encodeBase64url(key.publicKey) });
  const ageKey = () => {
    const key = createAgeKey('age-x25519-1', chance);
    return { kid: kidOf(key.suite, key.publicKey), suite: key.suite, publicKey: encodeBase64url(key.publicKey) };
  };
  const [signing, auth] = [createSigningKey(chance), createSigningKey(chance)];
  const keys = ({ signing: one, auth: other }: Pick<Actor, 'signing' | 'auth'>) => ({
    signing: { kid: one.kid, publicKey: encodeBase64url(one.publicKey) },
    auth: { kid: other.kid, publicKey: encodeBase64url(other.publicKey) },
  });
  const { kid, suite, publicKey } = fia.desk;
  const officer = (name: string, own: object, desks: string[], roles = ['OFFICER']) => ({
    officer: name,
    roles,
    desks,
    clearance: 'RESTRICTED',
    encryption: ageKey(),
    from,
    until,
    ...own,
  });
  const second = entry(fia, at, chance, {
    seq: 2,
    desks: [
      { desk: 'INTAKE', types: ['FIU'], generation: 1, keys: [listed({ kid, suite, publicKey })], from, until },
      { desk: 'TRACING', types: ['FIU'], generation: 1, keys: [ageKey()], from, until },
    ],
    officers: [
      officer(
        'o1',
        { ...keys(fia), encryption: listed({ kid: fia.encryption.kid, suite: fia.encryption.suite, publicKey: fia.encryption.publicKey }) },
        ['INTAKE'],
      ),
      officer('o2', keys({ signing, auth }), ['TRACING']),
    ],
  });
  expect(codesOf(await walk.acceptStatement(second.submission, null))).toEqual(['ALLOW']);
  const other: Actor = { ...fia, signing, auth, caller: { ...fia.caller, officer: 'o2' as Actor['caller']['officer'] } };
  return { ...scene, other };
}

it('hands an item to an officer of the desk to which it is sealed, and to no other of the same body', async () => {
  const { accept, fia, other, found, reply, desk } = await twoDesks(601);
  expect(codesOf(await accept(makeAccess(other, found.digest, reply.digest, desk()), other))).toEqual(['NOT_AT_DESK']);
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
});
