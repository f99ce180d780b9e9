import { expect, it } from 'vitest';
import { stepBy } from '../../domain/exchange-step.js';
import { open, setStage } from './machines/stage.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { certain } from '../../domain/result.js';
import { parseAuthorityId } from '../../domain/ids.js';

it('is a step of one of the two sides; for anybody else there is no such exchange', async () => {
  const stage = await setStage('FIU_REQUEST', 1);
  const run = await open(stage);
  const before = (await readExchange(run.exchange, stage.gateway.store))!;
  expect(stepBy(before, 'ACKNOWLEDGE', before.requested)).toMatchObject({ actor: 'Q', current: before });
  expect(stepBy(before, 'ACKNOWLEDGE', certain(parseAuthorityId('XX-NONE')))).toBeNull();
});
