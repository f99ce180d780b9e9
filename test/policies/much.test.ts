/** A decision looks at each of its facts a few times, however many others there are: whoever waits for it waits for the next one too. */
import { expect, it } from 'vitest';
import type { Consent } from '../../domain/consent.js';
import { isAtLeast } from '../../domain/label.js';
import type { Purpose } from '../../domain/vocabulary.js';
import { decide } from '../../policies/decide.js';
import { violationsOf } from '../support/decision.js';
import { answerLabel, contentRelease, contentUse, heldBy, itemFacts, replyWith } from '../support/facts.js';
import { bodies, caveats, digests, grants, largeItem, largeLabel, lesser, officer, READER, TYPES } from '../support/largest.js';

const MANY = 256;
/** looks at one thing, all rules together */
const LOOKS_MAX = 200;
const owners = bodies('KY', MANY);

/** @returns the same things, and how often one of them was looked at */
function watched<T extends object>(things: readonly T[]): { readonly things: readonly T[]; looks(): number } {
  let looks = 0;
  const handler: ProxyHandler<T> = {
    get(target, name) {
      looks += 1;
      return Reflect.get(target, name) as unknown;
    },
  };
  return { things: things.map((one) => new Proxy(one, handler)), looks: () => looks / things.length };
}

it.each(['TAX', 'EXCULPATORY', 'PROSECUTION_JUDICIAL'] as const)('a use for %s, of what many gave by many releases', (purpose) => {
  const given: Purpose = 'INTELLIGENCE';
  const ofAll = owners.flatMap((by, n) => grants({ digest: digests('g', MANY)[n]!, purposes: [given], conditions: [`case${n}`] }, [by]));
  const consents = watched<Consent>(ofAll);
  const releases = watched(owners.map((holder, n) => heldBy({ holder, purpose: given, logIndex: n, consents: [ofAll[n]!.digest] })));
  const tightened = watched(owners.map((by, n) => ({ by, logIndex: MANY + n, caveats: [] })));
  const label = largeLabel({ originators: owners, purposes: [given, purpose], caveats: [] });
  const item = largeItem({ label, retractedBy: [], sources: [], tightened: tightened.things });
  const { use } = contentUse();
  const who = { officer: officer(READER), holder: lesser(READER, 'ACTIVE'), heldAs: [TYPES[0]!] };
  const facts = contentUse({ ...who, use: { ...use, holder: READER, purpose }, item, heldBy: releases.things, consents: consents.things });
  expect(decide(facts)).toMatchObject({ outcome: 'DENY' });
  for (const { looks } of [consents, releases, tightened]) expect(looks()).toBeLessThan(LOOKS_MAX);
});

it('whether a label is as strict as one with as many caveats', () => {
  const label = largeLabel({ originators: owners, caveats: caveats(['RETURN', 'NO_EXPORT'], owners) });
  const restrictions = watched(label.caveats);
  const floor = { ...label, caveats: [...restrictions.things] };
  expect(isAtLeast(floor, floor)).toBe(true);
  expect(restrictions.looks()).toBeLessThan(LOOKS_MAX);
});

it('where sources have more originators than one label names, these give it anew', () => {
  const source = { ...answerLabel, caveats: [] };
  const remedies = (of: readonly (typeof owners)[]) =>
    violationsOf(
      replyWith({ kind: 'EXTRACT', derivedFrom: digests('source', 2), sources: of.map((originators) => ({ ...source, originators })) }),
    ).flatMap(({ code, remedy }) => (code === 'CAVEAT_WEAKENED' ? [remedy] : []));
  expect(remedies([owners.slice(0, 9), owners.slice(7, 16)])).toEqual([{ action: 'keep-label' }]);
  expect(remedies([owners.slice(0, 9), owners.slice(7, 17)])).toEqual([
    { action: 'ask-originator', originators: owners.slice(0, 17).sort().slice(0, 16) },
  ]);
});

it('what has more originators than one label names, its issuer hands on itself', () => {
  const remedies = (originators: typeof owners) =>
    violationsOf(contentRelease({ item: itemFacts({ label: { ...answerLabel, originators } }) })).flatMap(({ code, remedy }) =>
      code === 'CAVEAT_WEAKENED' ? [remedy] : [],
    );
  expect(remedies(owners.slice(0, 16))).toEqual([{ action: 'keep-label' }]);
  expect(remedies(owners.slice(0, 17))).toEqual([{ action: 'ask-originator', originators: [itemFacts().issuer] }]);
});
