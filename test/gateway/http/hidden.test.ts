import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../adapters/clock-system.js';
import { consultation, openGate, ROLES, type Gate, type Member, type Session } from './gate.js';

const REQUESTS = 1_000;
const AT_ONCE = 20;

/** How well a threshold on the first would tell it from the second: 0.5 is not at all. */
function areaUnderCurve(first: readonly number[], second: readonly number[]): number {
  const wins = first.reduce((sum, a) => sum + second.reduce((s, b) => s + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
  return wins / (first.length * second.length);
}

describe('what one may not know of', () => {
  let gate: Gate;
  let stranger: Member;
  let session: Session;
  let hidden: string;

  beforeAll(async () => {
    gate = await openGate();
    const [sender, reader] = [
      await gate.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES),
      await gate.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES),
    ];
    stranger = await gate.enrolMember('CC-THREE', ['CENTRAL_AUTHORITY_MLA'], ROLES);
    await sender.client.pinRoot(reader.id, reader.identity.root!.kid);
    session = await gate.openSession(stranger);
    hidden = (await sender.client.send(consultation(sender.id, reader.id))).digest;
  });
  afterAll(() => gate.close());

  it(`takes as long to refuse as what does not exist (${REQUESTS} interleaved requests each)`, async () => {
    const absent = `${hidden.slice(0, 20)}${'B'.repeat(22)}A`;
    const times = new Map([hidden, absent].map((digest) => [digest, [] as number[]]));
    const ask = async (digest: string): Promise<void> => {
      const began = performance.now();
      const answer = await gate.ask({ path: `/v1/statements/${digest}`, session });
      await answer.text();
      times.get(digest)!.push(performance.now() - began);
      if (answer.status !== 404) throw new Error(`status ${answer.status}`);
    };
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE / 2) {
      // each of the two goes first as often as the other
      const pair = (sent / (AT_ONCE / 2)) % 2 === 0 ? [hidden, absent] : [absent, hidden];
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => ask(pair[i % 2]!)));
    }
    const area = areaUnderCurve(times.get(hidden)!, times.get(absent)!);
    expect(area).toBeGreaterThan(0.45);
    expect(area).toBeLessThan(0.55);
  }, 120_000);

  it('is told no sooner than 25 ms after it was asked for, by a route or by the law, and what is there at once', async () => {
    const system = createSystemClock();
    const [now, slept] = [system.now(), [] as number[]];
    const sleep = (ms: number, signal?: AbortSignal) => {
      slept.push(ms);
      return system.sleep(ms, signal);
    };
    const still = await openGate({ clock: { now: () => now, sleep } });
    const [asker, other] = [
      await still.enrolMember('AA-ONE', ['CENTRAL_AUTHORITY_MLA'], ROLES),
      await still.enrolMember('BB-TWO', ['CENTRAL_AUTHORITY_MLA'], ROLES),
    ];
    await asker.client.pinRoot(other.id, other.identity.root!.kid);
    const own = await still.openSession(asker);
    const waits = async (work: () => Promise<unknown>): Promise<number> => {
      const before = slept.filter((ms) => ms === 25).length;
      await work();
      return slept.filter((ms) => ms === 25).length - before;
    };
    expect(await waits(() => still.ask({ path: '/v1/inbox', session: own }))).toBe(0);
    expect(await waits(() => still.ask({ path: `/v1/statements/${hidden}`, session: own }))).toBe(1);
    // nor is it told by how soon an answer about it comes, whatever that says
    expect(await waits(() => still.ask({ path: '/v1/explain', body: {}, session: own }))).toBe(1);
    const refused = asker.client.send({ ...consultation(asker.id, other.id), legalBasis: [] });
    // what its client asks for before that may not be there yet either, such as the first checkpoint
    expect(await waits(() => expect(refused).rejects.toMatchObject({ code: 'POLICY' }))).toBeGreaterThanOrEqual(1);
    await still.close();
  });
});
