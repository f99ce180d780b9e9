/** A grant of more than was asked is signed by nobody. */
import { expect, it } from 'vitest';
import { refuseBeyond } from '../../../client/sdk/consent.js';
import { digest } from '../../support/ids.js';

const [a, b, c] = ['a', 'b', 'c'].map(digest);
type Request = Parameters<typeof refuseBeyond>[0];
const asking = (fields?: readonly unknown[]): Request =>
  ({
    payload: {
      message: 'SUBMIT',
      body: {
        consent: { items: [digest('item')], fields, recipient: { authority: 'NG-EFCX', authorityType: 'FIU', purposes: [] }, until: 9 },
      },
    },
  }) as unknown as Request;

it('is another field than those that were asked; fewer are not, nor some where the whole was asked', () => {
  const beyond = expect.objectContaining({ code: 'BEYOND_REQUEST', what: expect.stringContaining(String(c)) as string }) as Error;
  expect(() => refuseBeyond(asking([a, b]), { fields: [a!, c!] })).toThrow(beyond);
  for (const request of [asking([a, b]), asking()]) expect(() => refuseBeyond(request, { fields: [a!] })).not.toThrow();
});
