import { expect, it } from 'vitest';
import { isOffered } from '../../../domain/machines/index.js';
import { EXCHANGE_TYPES } from '../../../domain/vocabulary.js';
import { makeRequest } from '../../support/letters.js';
import { createCast, createTestGateway, enrol } from '../../support/test-gateway.js';
import { EXPECTED } from './expected/index.js';
import { EVERYTHING, walkMachine, type Budget } from './walk-machine.js';

/** One attempt in so many, spread over states, steps and actors; `npm run machines` makes them all. */
const few: Budget = { isTried: (at, kind) => (at * 7_919) % (kind === 'allowed' ? 7 : 97) === 0, waitDays: 0 };

it.each(EXCHANGE_TYPES.filter(isOffered))('walks %s as A.3 and rulings 5 say, and refuses what they do not', async (type) => {
  const { allowed, refused, mismatches } = await walkMachine(type, EXPECTED[type], 5, few);
  expect(mismatches).toEqual([]);
  expect(allowed).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

it.each(EXCHANGE_TYPES.filter(isOffered))(
  'lets time alone do to %s what the gateway may do in its name, and nothing else; each such step has its clock',
  async (type) => {
    const { waiting, mismatches } = await walkMachine(type, EXPECTED[type], 5, { isTried: () => false, waitDays: 45 });
    expect(mismatches).toEqual([]);
    expect(waiting).toEqual([]);
  },
  120_000,
);

it('notices a step that should be refused and is accepted, and one that should be accepted and is refused', async () => {
  const { DELIVERED, ...others } = EXPECTED.FEEDBACK;
  const changed = { ...others, DELIVERED: { R: 'STATUS_REQUEST', Q: DELIVERED!.Q! } };
  const { mismatches } = await walkMachine('FEEDBACK', changed, 5, { ...EVERYTHING, waitDays: 0 });
  expect(mismatches.map((line) => line.slice(0, 60))).toEqual([
    'FEEDBACK DELIVERED: STATUS_REQUEST of R should lead to DELIV',
    'FEEDBACK DELIVERED: CLOSE of R should be refused: accepted, ',
  ]);
});

it('has a name for a match query and does not offer it', async () => {
  const gateway = createTestGateway(5);
  const { fia, fix, efcx } = createCast(7);
  await enrol(gateway, [fia, fix, efcx]);
  const { signed } = await makeRequest(fia, fix, gateway.desk(), { exchangeType: 'MATCH_QUERY' });
  const answer = await gateway.walk.acceptStatement(signed.submission, fia.caller);
  expect(answer.ok ? 'ALLOW' : answer.error.refusal.code).toBe('NOT_OFFERED');
});
