/** A word on a label is judged by the label as it stands where the word comes into the log. */
import { expect, it } from 'vitest';
import { formatInstant, plusMs } from '../../domain/time.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { makeLabel } from '../support/letters.js';
import { openWalk } from '../support/test-gateway.js';

it('is judged again where another word comes while the first is judged', async () => {
  const { accept, world, store, operator, keys, fix, found, desk } = await answered(181);
  const lifting = () => makeLabel(fix, found, desk(), { change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY'] });
  const waiting = [lifting()];
  const late = openWalk(world, operator, keys, {
    ...store,
    async version(key) {
      const first = key === `item:${found.digest}` ? waiting.pop() : undefined;
      if (first !== undefined) expect(codesOf(await accept(first, fix))).toEqual(['ALLOW']);
      return store.version(key);
    },
  });
  const second = await late.walk.acceptStatement(lifting().submission, fix.caller);
  expect(waiting).toEqual([]);
  expect(codesOf(second), 'nothing is left to lift').toEqual(['CAVEAT_WEAKENED']);
});

it('lifts nothing that its owner dated later: readers would not lift it', async () => {
  const { accept, fix, found, desk } = await answered(182);
  const caveats = [{ code: 'NO_EXPORT', by: fix.id }];
  const label = { ...(found.label as object), caveats };
  const dated = (ms: number) => ({ at: formatInstant(plusMs(desk().at, ms)) });
  const lifting = (lifts: string[], ms: number) =>
    makeLabel(fix, found, desk(), { change: 'RELAX', label: undefined, lifts, ...dated(ms) });
  expect(codesOf(await accept(makeLabel(fix, found, desk(), { label, ...dated(60_000) }), fix))).toEqual(['ALLOW']);
  const early = await accept(lifting(['NO_EXPORT'], 59_999), fix);
  expect(codesOf(early)).toEqual(['CONFLICT']);
  expect(wordsOf(early)).toContain('NO_EXPORT');
  expect(codesOf(await accept(lifting(['NO_THIRD_PARTY'], 59_999), fix)), 'the item itself bears no date').toEqual(['ALLOW']);
  expect(codesOf(await accept(lifting(['NO_EXPORT'], 60_000), fix))).toEqual(['ALLOW']);
});
