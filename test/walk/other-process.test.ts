/** What one process took into the directory, another refuses nobody for, however lately it looked. */
import { expect, it } from 'vitest';
import { signStatement } from '../../crypto/statement.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { formatInstant } from '../../domain/time.js';
import { designation, entry, ORIGIN } from '../support/actors.js';
import { makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, openWalk } from '../support/test-gateway.js';

it('an entry that another process took in just now lets its officers speak, sign in and be written to', async () => {
  const gateway = createTestGateway(611);
  const { world, operator, keys, walk, store, desk } = gateway;
  const { fia, fix } = createCast(44);
  const other = openWalk(world, operator, keys, store);
  const late = openWalk(world, operator, keys, store);
  await Promise.all([other, late].map(({ directory }) => directory.current()));
  const { chance, at } = desk();
  expect((await walk.acceptStatement(designation(operator, fia, at, chance).submission, null)).ok).toBe(true);
  expect((await other.walk.acceptStatement(entry(fia, at, chance).submission, null)).ok).toBe(true);
  const payload = { v: 1, aud: ORIGIN, authority: fia.id, officer: fia.caller.officer, at: formatInstant(at) };
  const nonce = encodeBase64url(chance.bytes(32));
  const request = await signStatement('parley-session+json', new TextEncoder().encode(JSON.stringify({ ...payload, nonce })), fia.auth);
  expect(await late.walk.openSession(request, 'r')).toMatchObject({ ok: true, value: { caller: { authority: fia.id } } });
  await enrol(gateway, [fix]);
  const { signed } = await makeRequest(fia, fix, desk());
  expect((await other.walk.acceptStatement(signed.submission, fia.caller)).ok).toBe(true);
});
