import { describe, expect, it } from 'vitest';
import { checkCommitment } from '../../../client/sdk/reading-order.js';
import { readStatementOf } from '../../../client/sdk/statements.js';
import { certain } from '../../../domain/result.js';
import { parseUuid, type ExchangeId } from '../../../domain/ids.js';
import { makeItem } from '../../support/letters.js';
import { createCast } from '../../support/test-gateway.js';
import { createChance } from '../../support/world.js';
import { NOW } from '../../support/facts.js';

async function unopened(exchange: ExchangeId | null) {
  const { fia, fix } = createCast(7);
  const made = await makeItem(fia, [fix], 'sealed to another', { chance: createChance(1), at: NOW });
  const seal = made.sealed.seals[0]!;
  const item = certain(readStatementOf('parley-item+json', made.compact));
  return { made, seal, reading: checkCommitment(item, { key: fia.desk, bytes: seal.bytes }, exchange) };
}

describe('of a seal that does not open', () => {
  it('it is said what to type in the exchange: item and seal as the envelope lists them', async () => {
    const exchange = certain(parseUuid('0f8fad5b-d9cb-469f-a165-70867728950e'));
    const { made, seal, reading } = await unopened(exchange);
    const body = JSON.stringify({ item: made.digest, proof: seal.digest });
    await expect(reading).rejects.toMatchObject({
      code: 'SEAL_UNOPENABLE',
      next: expect.stringContaining(`parley reply ${exchange} UNDECIPHERABLE --body '${body}'`) as string,
    });
  });

  it('that no envelope gave, it is said whom to ask: there is no exchange in which to say so', async () => {
    const { reading } = await unopened(null);
    await expect(reading).rejects.toMatchObject({ code: 'SEAL_UNOPENABLE', next: expect.stringContaining('released') as string });
  });
});
