/** One decision over the facts of story 1's release: allowed, and refused because the consent is not there. */
import { decide } from '../policies/decide.js';
import type { Facts } from '../policies/facts.js';
import { releaseFacts } from './release-facts.js';
import { compare, secondsOf, type Row, type Subject } from './row.js';

const CALLS = 20_000;
const ROUNDS = 7;
const MICROSECONDS = 1e6;

const perCall = (name: string, work: () => unknown): Subject => ({
  name,
  measure: async () => {
    const seconds = await secondsOf(() => {
      for (let call = 0; call < CALLS; call += 1) work();
    });
    return (seconds * MICROSECONDS) / CALLS;
  },
});

export async function decideRows(): Promise<Row[]> {
  const text = JSON.stringify(releaseFacts);
  const reference = perCall('JSON.parse of the same facts', () => JSON.parse(text));
  const refused: Facts = { ...releaseFacts, consents: [], cited: [null] };
  return [
    await compare(deciding('decide, release under consent', releaseFacts, 'ALLOW'), 'µs', reference, ROUNDS),
    await compare(deciding('decide, release without it', refused, 'DENY'), 'µs', reference, ROUNDS),
  ];
}

function deciding(name: string, facts: Facts, expected: 'ALLOW' | 'DENY'): Subject {
  const decision = decide(facts);
  if (decision.outcome !== expected) throw new Error(`${name}: ${JSON.stringify(decision)}`);
  return perCall(name, () => decide(facts));
}
