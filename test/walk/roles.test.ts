/** Who may act: an officer who handles exchanges, of a participant that takes part. */
import { describe, expect, it } from 'vitest';
import type { OfficerRole } from '../../domain/vocabulary.js';
import { answered, codesOf } from '../support/answered.js';
import { designation, entry, type Actor } from '../support/actors.js';
import { makeAccess, makeConsent, makeLabel, makeRequest, makeRevocation } from '../support/letters.js';

type Scene = Awaited<ReturnType<typeof answered>>;

/** The same officer in the next entry, with other roles. */
async function withRoles({ walk, desk }: Scene, actor: Actor, roles: OfficerRole[]): Promise<Actor> {
  const changed = { ...actor, caller: { ...actor.caller, roles } };
  const { chance, at } = desk();
  expect(codesOf(await walk.acceptStatement(entry(changed, at, chance, { seq: 2 }).submission, null))).toEqual(['ALLOW']);
  return changed;
}

describe('an officer without a role that handles exchanges', () => {
  it.each<OfficerRole>(['COMPLIANCE', 'OVERSIGHT', 'OPERATOR'])('%s signs nothing about them', async (role) => {
    const scene = await answered(51);
    const { accept, fix, fia, efcx, found, desk } = scene;
    const clerk = await withRoles(scene, fix, [role]);
    expect(codesOf(await accept(makeConsent(clerk, fia, efcx, [found.digest], desk()), clerk))).toEqual(['ROLE_REQUIRED']);
    expect(codesOf(await accept((await makeRequest(clerk, fia, desk())).signed, clerk))).toEqual(['ROLE_REQUIRED']);
  });

  it('only tightens what its authority gave: it adds to a label, ends a consent and takes the item back, and lifts nothing', async () => {
    const scene = await answered(54);
    const { accept, fix, fia, efcx, found, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    const clerk = await withRoles(scene, fix, ['COMPLIANCE']);
    const lifted = { change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY'] };
    expect(codesOf(await accept(makeLabel(clerk, found, desk(), lifted), clerk))).toEqual(['ROLE_REQUIRED']);
    for (const word of [
      makeLabel(clerk, found, desk()),
      makeRevocation(clerk, fia, consent.digest, desk()),
      makeLabel(clerk, found, desk(), { change: 'RETRACT', label: undefined }),
    ])
      expect(codesOf(await accept(word, clerk))).toEqual(['ALLOW']);
  });

  it('still acts where it has another role beside', async () => {
    const scene = await answered(52);
    const { accept, fix, fia, efcx, found, desk } = scene;
    const both = await withRoles(scene, fix, ['COMPLIANCE', 'OFFICER']);
    expect(codesOf(await accept(makeConsent(both, fia, efcx, [found.digest], desk()), both))).toEqual(['ALLOW']);
  });
});

it('shows an observer no case data, also none that it was given before it became one', async () => {
  const { accept, walk, operator, fia, found, reply, desk } = await answered(53);
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
  const { chance, at } = desk();
  await walk.acceptStatement(designation(operator, fia, at, chance, { status: 'OBSERVER' }).submission, null);
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['OBSERVER_NO_CASE_DATA']);
});
