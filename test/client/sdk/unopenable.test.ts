import { expect, it } from 'vitest';
import { checkCommitment } from '../../../client/sdk/reading-order.js';
import { readStatementOf } from '../../../client/sdk/statements.js';
import { certain } from '../../../client/sdk/ids.js';
import { makeItem } from '../../support/letters.js';
import { createCast } from '../../support/test-gateway.js';
import { createChance } from '../../support/world.js';
import { NOW } from '../../support/facts.js';

it('says of a seal that does not open what to name in the exchange: item and seal as the envelope lists them', async () => {
  const { fia, fix } = createCast(7);
  const made = await makeItem(fia, [fix], 'sealed to another', { chance: createChance(1), at: NOW });
  const [seal] = made.sealed.seals;
  const reading = checkCommitment(certain(readStatementOf('parley-item+json', made.compact)), { key: fia.desk, bytes: seal!.bytes });
  await expect(reading).rejects.toMatchObject({
    code: 'SEAL_UNOPENABLE',
    next: expect.stringMatching(new RegExp(`UNDECIPHERABLE with item ${made.digest} and proof ${seal!.digest}`)),
  });
});
