/**
 * Consent along A → B → C → D, tried at random against a model that knows two sets and nothing else: who has the item, and which
 * consents stand. The item is A's own, or made by A from what B gave, so that it needs the consent of both.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answered, codesOf } from '../support/answered.js';
import { createActor, type Actor, type Signed } from '../support/actors.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRevocation,
} from '../support/letters.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

type Name = 'a' | 'b' | 'c' | 'd';
type Deed =
  | { readonly do: 'grant'; readonly by: 'a' | 'b'; readonly holder: 'b' | 'c'; readonly to: 'c' | 'd' }
  | { readonly do: 'revoke'; readonly nth: number }
  | { readonly do: 'release'; readonly holder: 'b' | 'c'; readonly to: 'c' | 'd' }
  | { readonly do: 'read'; readonly who: 'b' | 'c' | 'd' }
  | { readonly do: 'delete'; readonly who: 'b' | 'c' | 'd' }
  | { readonly do: 'retract' };

/** Each hop of the chain, and the one that skips the middle. */
const hop = fc.constantFrom({ holder: 'b', to: 'c' } as const, { holder: 'c', to: 'd' } as const, { holder: 'b', to: 'd' } as const);
const reader = fc.constantFrom('b' as const, 'c' as const, 'd' as const);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('a' as const, 'b' as const), hop).map(([by, on]): Deed => ({ do: 'grant', by, ...on })),
  },
  { weight: 2, arbitrary: fc.nat(5).map((nth): Deed => ({ do: 'revoke', nth })) },
  { weight: 9, arbitrary: hop.map((on): Deed => ({ do: 'release', ...on })) },
  { weight: 4, arbitrary: reader.map((who): Deed => ({ do: 'read', who })) },
  { weight: 1, arbitrary: reader.map((who): Deed => ({ do: 'delete', who })) },
  { weight: 1, arbitrary: fc.constant<Deed>({ do: 'retract' }) },
);
const REACHES_THE_MIDDLE: readonly Deed[] = [
  { do: 'grant', by: 'a', holder: 'b', to: 'c' },
  { do: 'release', holder: 'b', to: 'c' },
];
const MAY_REACH_THE_END: readonly Deed[] = [
  { do: 'grant', by: 'a', holder: 'c', to: 'd' },
  { do: 'grant', by: 'b', holder: 'c', to: 'd' },
];

/** which releases were tried: from whom to whom, how many consents it takes, and whether it was allowed */
const tally = new Map<string, 1>();

interface Standing {
  readonly by: Name;
  readonly holder: Name;
  readonly to: Name;
  readonly signed: Signed;
  revoked: boolean;
}

/** The naive model: two sets, and what was taken back. */
interface Model {
  readonly owners: readonly Name[];
  readonly has: Map<Name, Signed>;
  readonly grants: Standing[];
  retracted: boolean;
}

async function scene(seed: number, isShared: boolean) {
  const opened = await answered(seed);
  const { accept, fia, fix, efcx, request, say, desk } = opened;
  const pros = createActor('NG-PROS', 'PROSECUTION', createChance(seed + 500));
  await enrol(opened, [pros]);
  const owners = isShared ? [fix, fia] : [fix];
  const caveats = owners.map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
  const label = labelOf(fix, { caveats, originators: owners.map(({ id }) => id).toSorted() });
  const made = isShared ? { kind: 'EXTRACT', derivedFrom: [request.item.digest] } : {};
  const item = await makeItem(fix, [fia, fix], 'about both', desk(), { label, ...made });
  const reply = makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk());
  expect(codesOf(await accept(reply, fix))).toEqual(['ALLOW']);
  const model: Model = { owners: isShared ? ['a', 'b'] : ['a'], has: new Map([['b', reply]]), grants: [], retracted: false };
  return { ...opened, item, model, actors: { a: fix, b: fia, c: efcx, d: pros } satisfies Record<Name, Actor> };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const standsFor = ({ grants }: Model, by: Name, holder: Name, to: Name): Standing | undefined =>
  grants.findLast((grant) => grant.by === by && grant.holder === holder && grant.to === to && !grant.revoked);

/** Does one deed, and says what the model expects of it: true for allowed, null for something that this deed cannot be. */
async function perform(deed: Deed, { accept, actors, item, model, desk }: Scene): Promise<void> {
  const isAllowed = async (signed: Signed, who: Name): Promise<boolean> => (await accept(signed, actors[who])).ok;
  switch (deed.do) {
    case 'grant': {
      if (!model.owners.includes(deed.by) || model.retracted) return;
      if (deed.by === 'b' && !model.has.has('b')) return;
      const signed = makeConsent(actors[deed.by], actors[deed.holder], actors[deed.to], [item.digest], desk());
      expect(await isAllowed(signed, deed.by)).toBe(true);
      model.grants.push({ ...deed, signed, revoked: false });
      return;
    }
    case 'revoke': {
      const grant = model.grants[deed.nth];
      if (grant === undefined) return;
      const signed = makeRevocation(actors[grant.by], actors[grant.holder], grant.signed.digest, desk());
      expect(await isAllowed(signed, grant.by)).toBe(!grant.revoked);
      grant.revoked = true;
      return;
    }
    case 'release': {
      const { holder, to } = deed;
      const asked = model.owners.filter((owner) => owner !== holder);
      const stand = asked.map((owner) => standsFor(model, owner, holder, to));
      const cited = stand.flatMap((grant) => (grant === undefined ? [] : [grant.signed.digest]));
      const signed = await makeRelease(actors[holder], actors[to], item, cited, desk());
      const expected = model.has.has(holder) && !model.retracted && cited.length === asked.length;
      expect(await isAllowed(signed, holder)).toBe(expected);
      tally.set(`${holder}${to} ${asked.length} ${String(expected)}`, 1);
      if (expected) model.has.set(to, signed);
      return;
    }
    case 'read': {
      const via = model.has.get(deed.who);
      if (via === undefined) return;
      expect(await isAllowed(makeAccess(actors[deed.who], item.digest, via.digest, desk()), deed.who)).toBe(!model.retracted);
      return;
    }
    case 'delete': {
      const via = model.has.get(deed.who);
      expect(await isAllowed(makeDeletion(actors[deed.who], item.digest, desk()), deed.who)).toBe(via !== undefined);
      model.has.delete(deed.who);
      if (via !== undefined) expect(await isAllowed(makeAccess(actors[deed.who], item.digest, via.digest, desk()), deed.who)).toBe(false);
      return;
    }
    case 'retract': {
      expect(await isAllowed(makeLabel(actors.a, item, desk(), { change: 'RETRACT', label: undefined }), 'a')).toBe(!model.retracted);
      model.retracted = true;
    }
  }
}

it('opens along every chain with all consents and only with them; revoking closes it, and deleting the middle frees no end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000_000),
      fc.boolean(),
      fc.boolean(),
      fc.array(deed, { minLength: 6, maxLength: 20 }),
      async (seed, isShared, mayEnd, deeds) => {
        const played = await scene(seed, isShared);
        for (const one of [...REACHES_THE_MIDDLE, ...(mayEnd ? MAY_REACH_THE_END : []), ...deeds]) await perform(one, played);
      },
    ),
    { numRuns: 30, seed: 4 },
  );
  // the end of the chain was reached with both consents, and refused without one of them
  expect([...tally.keys()]).toEqual(
    expect.arrayContaining(['bc 1 true', 'bc 1 false', 'cd 2 true', 'cd 2 false', 'cd 1 true', 'cd 1 false']),
  );
}, 120_000);
