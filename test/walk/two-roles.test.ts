/** One body that is FIU and central authority (¶29): two desks, and strangers to each other. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseOfficerId } from '../../domain/ids.js';
import { createActor, designation, entry, type Actor, type Signed } from '../support/actors.js';
import { makeRelease, makeRequest } from '../support/letters.js';
import { createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const TYPES = ['FIU', 'CENTRAL_AUTHORITY_MLA'] as const;
const chance = createChance(11);
let gateway: TestGateway;
let fix: Actor;
/** the body as its FIU, and the same body as its central authority: other desk, other officer, other keys */
let asFiu: Actor;
let asMla: Actor;

const rowsOf = (actor: Actor, officer: string, desk: string): { officers: object[]; desks: object[] } => {
  const { at } = gateway.desk();
  const compact = entry(actor, at, chance).submission.statement;
  const row = JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as { officers: object[]; desks: object[] };
  return {
    officers: [{ ...row.officers[0], officer, desks: [desk] }],
    desks: [{ ...row.desks[0], desk, types: [actor.type] }],
  };
};

const accept = async (actor: Actor | null, { submission }: Signed): Promise<string[]> => {
  const answer = await gateway.walk.acceptStatement(submission, actor?.caller ?? null, 'two');
  if (answer.ok) return [];
  const { code, violations, detail } = answer.error.refusal;
  return code === 'POLICY' ? violations.map((violation) => violation.code) : [`${code}: ${detail}`];
};

beforeAll(async () => {
  gateway = createTestGateway(73);
  fix = createActor('VG-FIX', 'FIU', chance);
  asFiu = createActor('NG-ONE', 'FIU', chance);
  const other = createActor('NG-ONE', 'CENTRAL_AUTHORITY_MLA', chance);
  const second = parseOfficerId('o2');
  if (!second.ok) throw new Error(second.error);
  asMla = { ...other, root: asFiu.root, caller: { ...other.caller, officer: second.value } };
  await enrol(gateway, [fix]);
  const { at } = gateway.desk();
  expect(await accept(null, designation(gateway.operator, asFiu, at, chance, { types: TYPES }))).toEqual([]);
  const [one, two] = [rowsOf(asFiu, 'o1', 'INTAKE'), rowsOf(asMla, 'o2', 'MLA')];
  const both = { types: TYPES, officers: [...one.officers, ...two.officers], desks: [...one.desks, ...two.desks] };
  expect(await accept(null, entry(asFiu, at, chance, both))).toEqual([]);
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
