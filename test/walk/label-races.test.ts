/** A word on a label is judged by the label as it stands where the word comes into the log. */
import { expect, it } from 'vitest';
import { answered, codesOf } from '../support/answered.js';
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
  const second = await late.walk.acceptStatement(lifting().submission, fix.caller, 'late');
  expect(waiting).toEqual([]);
  expect(codesOf(second), 'nothing is left to lift').toEqual(['CAVEAT_WEAKENED']);
});
