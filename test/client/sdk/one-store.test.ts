/** Two programs over one key store: what one of them learnt is not written over by the other, which does not know of it. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { addDesk } from '../../../client/sdk/enrol.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { certain } from '../../../client/sdk/ids.js';
import { createIdentity, readIdentity, writeIdentity } from '../../../client/sdk/identity.js';
import { createMemoryKeyStore } from '../../../client/sdk/index.js';
import { turnDeskKey } from '../../../client/sdk/enrol.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../../domain/ids.js';

const [INTAKE, OTHER] = [certain(parseDeskId('INTAKE')), certain(parseDeskId('OTHER'))];

it('keeps each generation of a desk, and the root that was made last', async () => {
  const store = createMemoryKeyStore();
  const wanted = { authority: certain(parseAuthorityId('NG-FIA')), officer: certain(parseOfficerId('o.1')), desk: INTAKE };
  const identity = await createIdentity({ ...wanted, suites: ['age-x25519-1'] }, chance, clock.now());
  await writeIdentity(store, identity);
  const context = { identity, store, chance, clock } as unknown as ClientContext;
  // a second program turns the desk's keys and changes the root, and the first one never hears of it
  const turned = await turnDeskKey({ ...context });
  const root = createSigningKey(chance);
  await writeIdentity(store, { ...turned, root });
  await addDesk(context, OTHER, ['age-x25519-1']);
  const kept = await readIdentity(store);
  expect(kept.desks.map(({ desk, generation }) => `${desk}.${generation}`).sort()).toEqual(['INTAKE.1', 'INTAKE.2', 'OTHER.1']);
  expect(kept.root?.kid).toBe(root.kid);
});
