/** A root ends the keys of its own authority, and nobody else's, whatever a gateway carries. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createUuid } from '../../../domain/uuid.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { formatInstant } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';

let carried: string | null = null;

const { owner, reader, other } = await openTown(
  { owner: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'], other: ['FR-SPY', 'FIU'] },
  (real) => async (input, init) => {
    const answer = await real(input, init);
    if (carried === null || !String(input).endsWith('/v1/directory')) return answer;
    const directory = (await answer.json()) as { readonly revocations: string[] };
    return Response.json({ ...directory, revocations: [...directory.revocations, carried] });
  },
);

it('of another authority’s key is not believed, then or later', async () => {
  const { root, signing, desks } = other.client.identity;
  const revocation = async (kid: string): Promise<string> => {
    const at = formatInstant(clock.now());
    const said = { v: 1 as const, aud: 'parley.test/log', id: createUuid(chance), at, authority: other.client.authority, kid };
    return (await makeStatement('parley-revocation+json', { ...said, reason: 'LOST' }, root!)).compact;
  };
  const { identity } = owner.client;
  for (const kid of [identity.signing.kid, identity.desks[0]!.keys[0]!.kid, identity.encryption.kid]) {
    carried = await revocation(kid);
    expect((await reader.client.directory(true)).directory.revoked.has(kid)).toBe(false);
    carried = null;
    const after = await reader.client.directory(true);
    expect([after.directory.revoked.has(kid), after.doubts]).toEqual([false, []]);
  }
  for (const kid of [signing.kid, desks[0]!.keys[0]!.kid]) {
    carried = await revocation(kid);
    expect((await reader.client.directory(true)).directory.revoked.has(kid)).toBe(true);
  }
});
