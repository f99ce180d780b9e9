import { expect, it } from 'vitest';
import { stepOf } from '../../../client/cli/explained.js';
import { retracted } from '../../../policies/rules/holding/retracted.js';

it('the next step of a retracted item is the one that the rule book names, with the command for it', () => {
  const remedy = { action: 'ask-originator', originators: ['NG-FIA'] };
  const step = stepOf({ code: 'ITEM_RETRACTED', rule: retracted.id, sentence: 'NG-FIA has retracted it.', remedy });
  expect(step).toBe('delete it, and ask NG-FIA for a corrected one: parley deleted ITEM');
  expect(retracted.remedy.toLowerCase()).toBe('delete it, and ask the originator for a corrected one.');
});
