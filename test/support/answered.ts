/** A request that was answered: the scene on which holders, originators and strangers try what they should not. */
import type { Result } from '../../domain/result.js';
import type { Accepted, Refused } from '../../gateway/answers.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import type { Actor, Signed } from './actors.js';
import { makeEnvelope, makeItem, makeRequest } from './letters.js';
import { createCast, createTestGateway, enrol } from './test-gateway.js';

export const codesOf = (answer: Result<Accepted, Refused>): string[] =>
  answer.ok
    ? ['ALLOW']
    : answer.error.refusal.violations.length === 0
      ? [answer.error.refusal.code]
      : answer.error.refusal.violations.map(({ code }) => code);

/** As a person would be told. */
export const toldOf = (answer: Result<Accepted, Refused>): string =>
  answer.ok ? 'accepted' : `${answer.error.refusal.code} ${answer.error.refusal.detail}`;

/** Everything that a refusal tells in words, to look for what it should not tell. */
export const wordsOf = (answer: Result<Accepted, Refused>): string => (answer.ok ? '' : JSON.stringify(answer.error.refusal));

/** @param over of the answer's item */
export async function answered(seed: number, over: object = {}, deps: Parameters<typeof createTestGateway>[1] = {}) {
  const gateway = createTestGateway(seed, deps);
  const cast = createCast(7);
  await enrol(gateway, Object.values(cast));
  const { fia, fix } = cast;
  const accept = (signed: Signed, who: Actor) => gateway.walk.acceptStatement(signed.submission, who.caller);
  const request = await makeRequest(fia, fix, gateway.desk());
  await accept(request.signed, fia);
  await gateway.walk.deliverDue();
  const say = { from: fix, to: fia, exchange: request.exchange };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, gateway.desk()), fix);
  const found = await makeItem(fix, [fia, fix], 'what was found', gateway.desk(), over);
  const reply = makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [found] }, gateway.desk());
  const answer = await accept(reply, fix);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  /** whatever the scene itself is made of */
  const allowed = async (signed: Signed, who: Actor): Promise<void> => {
    const codes = codesOf(await accept(signed, who));
    if (codes.join() !== 'ALLOW') throw new Error(`the scene itself is refused: ${codes.join(' ')}`);
  };
  const inbox = createInboxReader(gateway.store, gateway.walk.library, (leaf) => gateway.walk.receiptOf(leaf));
  const got = async (who: Actor, { submission }: Signed): Promise<boolean> =>
    (await inbox.page(who.id, 0, 200)).entries.some(({ statement }) => statement === submission.statement);
  return { ...gateway, ...cast, accept, allowed, got, request, say, found, reply };
}
