/** One body that is FIU and central authority (¶29): two desks, and strangers to each other. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createActor, designation, type Actor, type Signed } from '../support/actors.js';
import { makeRelease, makeRequest } from '../support/letters.js';
import { createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { entryInRoles, inRole } from '../support/two-roles.js';
import { createChance } from '../support/world.js';

const TYPES = ['FIU', 'CENTRAL_AUTHORITY_MLA'] as const;
const chance = createChance(11);
let gateway: TestGateway;
let fix: Actor;
/** the body as its FIU, and the same body as its central authority: other desk, other officer, other keys */
let asFiu: Actor;
let asMla: Actor;

const accept = async (actor: Actor | null, { submission }: Signed): Promise<string[]> => {
  const answer = await gateway.walk.acceptStatement(submission, actor?.caller ?? null);
  if (answer.ok) return [];
  const { code, violations, detail } = answer.error.refusal;
  return code === 'POLICY' ? violations.map((violation) => violation.code) : [`${code}: ${detail}`];
};

beforeAll(async () => {
  gateway = createTestGateway(73);
  fix = createActor('VG-FIX', 'FIU', chance);
  asFiu = createActor('NG-ONE', 'FIU', chance);
  asMla = inRole(asFiu, 'CENTRAL_AUTHORITY_MLA', 'o2', chance);
  await enrol(gateway, [fix]);
  const { at } = gateway.desk();
  expect(await accept(null, designation(gateway.operator, asFiu, at, chance, { types: TYPES }))).toEqual([]);
  const seats = [
    { desk: 'INTAKE', officers: [asFiu] },
    { desk: 'MLA', officers: [asMla] },
  ] as const;
  expect(await accept(null, entryInRoles(seats, at, chance))).toEqual([]);
});

describe('a body with two roles', () => {
  it('receives as its FIU at the FIU’s desk alone: a seal to the other desk is refused', async () => {
    expect(await accept(fix, (await makeRequest(fix, asFiu, gateway.desk())).signed)).toEqual([]);
    const misled = await makeRequest(fix, { ...asMla, type: 'FIU' }, gateway.desk());
    expect(await accept(fix, misled.signed)).toEqual([expect.stringContaining('KEY_NOT_TRUSTED')]);
  });

  it('is a third party to itself: what the FIU holds goes to the central authority with consent only', async () => {
    const { signed, item } = await makeRequest(fix, asFiu, gateway.desk());
    expect(await accept(fix, signed)).toEqual([]);
    await gateway.walk.deliverDue();
    const release = await makeRelease(asFiu, asMla, item, [], gateway.desk());
    expect(await accept(asFiu, release)).toContain('NO_THIRD_PARTY_CONSENT');
  });
});
