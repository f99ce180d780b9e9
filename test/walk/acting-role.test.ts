/** In which role somebody spoke, as the log says: who oversees is told by it who handled a case and who looked at it. */
import { expect, it } from 'vitest';
import type { OfficerRole } from '../../domain/vocabulary.js';
import { makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

async function openScene(roles: readonly OfficerRole[]) {
  const { store } = createWorld(17);
  const gateway = createTestGateway(17, { store });
  const { fia: enrolled, fix } = createCast(7);
  const fia = { ...enrolled, caller: { ...enrolled.caller, roles } };
  await enrol(gateway, [roles.length === 0 ? enrolled : fia, fix]);
  return {
    /** @returns whether it was taken in, and the role in the log */
    async send(over: object): Promise<readonly [boolean, unknown]> {
      const { submission } = (await makeRequest(fia, fix, gateway.desk(), over)).signed;
      const { ok } = await gateway.walk.acceptStatement(submission, fia.caller);
      const count = await store.leafCount();
      const [leaf] = await store.leaves(count - 1, count);
      const { actor } = JSON.parse(new TextDecoder().decode(leaf!.views[0]!.event)) as { actor: { role?: unknown } };
      return [ok, actor.role];
    },
  };
}

it.each<[readonly OfficerRole[], OfficerRole]>([
  [['COMPLIANCE', 'OFFICER'], 'OFFICER'],
  [['OPERATOR', 'COMPLIANCE', 'SUPERVISOR'], 'SUPERVISOR'],
  [['LIAISON_OFFICER'], 'LIAISON_OFFICER'],
])('whoever is %j sends, and is refused, as %s', async (roles, role) => {
  const { send } = await openScene(roles);
  expect(await send({})).toEqual([true, role]);
  expect(await send({ message: 'REPLY' })).toEqual([false, role]);
});

it.each<[readonly OfficerRole[], OfficerRole | undefined]>([
  [['COMPLIANCE', 'OPERATOR'], 'COMPLIANCE'],
  [[], undefined],
])('whoever is %j handles no exchange, and is told by the first of them', async (roles, role) => {
  const { send } = await openScene(roles);
  expect(await send({ v: 2 })).toEqual([false, role]);
});
