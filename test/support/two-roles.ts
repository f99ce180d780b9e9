/** One body that is of several types: for each a desk, officers and keys of its own (¶29). */
import { expect } from 'vitest';
import type { Chance } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { certain } from '../../domain/result.js';
import { parseOfficerId } from '../../domain/ids.js';
import { createActor, designation, entry, type Actor, type Signed } from './actors.js';
import { codesOf } from './answered.js';
import { createTestGateway, enrol, type TestGateway } from './test-gateway.js';
import { createChance } from './world.js';

/** The same body as another of its types. */
export const inRole = (actor: Actor, type: AuthorityType, officer: string, chance: Chance): Actor => {
  const other = createActor(actor.id, type, chance);
  return { ...other, root: actor.root, caller: { ...other.caller, officer: certain(parseOfficerId(officer)) } };
};

export interface Seated {
  readonly desk: string;
  /** one or more of one type */
  readonly officers: readonly [Actor, ...Actor[]];
}

/** Its entry, with a desk for each role. */
export function entryInRoles(roles: readonly [Seated, ...Seated[]], at: Instant, chance: Chance, over: object = {}): Signed {
  const rows = roles.map(({ desk, officers: [first, ...more] }) => {
    const { statement } = entry(first, at, chance, {}, more).submission;
    const row = JSON.parse(Buffer.from(statement.split('.')[1]!, 'base64url').toString()) as { officers: object[]; desks: object[] };
    return {
      officers: row.officers.map((officer) => ({ ...officer, desks: [desk] })),
      desks: row.desks.map((one) => ({ ...one, desk, types: [first.type] })),
    };
  });
  const [{ officers }] = roles;
  return entry(officers[0], at, chance, {
    types: roles.map(({ officers: [{ type }] }) => type),
    officers: rows.flatMap((row) => row.officers),
    desks: rows.flatMap((row) => row.desks),
    ...over,
  });
}

export interface TwoRoles {
  readonly gateway: TestGateway;
  readonly fix: Actor;
  /** the body as its FIU, and the same body as its police: other desk, other officer, other keys */
  readonly asFiu: Actor;
  readonly asPolice: Actor;
}

export const TYPES = ['FIU', 'LAW_ENFORCEMENT'] as const;

/** A gateway of an FIU, and of a body that is an FIU and police. @param seed of its world, and of the actors' keys */
export async function openTwoRoles(seed: number): Promise<TwoRoles> {
  const chance = createChance(seed);
  const gateway = createTestGateway(seed);
  const fix = createActor('VG-FIX', 'FIU', chance);
  const asFiu = createActor('NG-ONE', 'FIU', chance);
  const asPolice = inRole(asFiu, 'LAW_ENFORCEMENT', 'o2', chance);
  await enrol(gateway, [fix]);
  const desk = gateway.desk();
  const seats = [
    { desk: 'INTAKE', officers: [asFiu] },
    { desk: 'CRIME', officers: [asPolice] },
  ] as const;
  for (const { submission } of [
    designation(gateway.operator, asFiu, desk.at, desk.chance, { types: TYPES }),
    entryInRoles(seats, desk.at, desk.chance),
  ])
    expect(codesOf(await gateway.walk.acceptStatement(submission, null))).toEqual(['ALLOW']);
  return { gateway, fix, asFiu, asPolice };
}
