/** A code that was typed wrongly, where dozens of codes are taken. */
import { expect, it } from 'vitest';
import { message, oneOf, profile } from '../../../client/cli/arguments.js';

it.each([
  ['BVI_BILATERL', profile, /^Perhaps BVI_BILATERAL_FIU\. It is one of EGMONT_FIU, /],
  ['formal', profile, /^Perhaps FORMAL_MLA\. It is one of /],
  ['FINAL', message, /^Perhaps FINAL_REPLY\. It is one of /],
  ['CONDITION', message, /^Perhaps CONDITIONS_PROPOSED or CONDITIONS_ACCEPTED or CONDITIONS_DECLINED\. /],
  ['refusals', oneOf(['overdue', 'refused']), /^Perhaps refused\. /],
  ['XX', profile, /^It is one of EGMONT_FIU, /],
])('the nearest are named first: %s', (typed, read, said) => {
  expect(() => read(typed)).toThrow(said);
});
