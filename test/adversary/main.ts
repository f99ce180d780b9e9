/** `npm run adversary`: an operator lies to real clients of a real gateway; which check caught each lie. Exit 1 where one was believed. */
import { LIES, NOT_CAUGHT } from './lies.js';
import { openTown } from './town.js';

const town = await openTown();
let missed = 0;
for (const lie of LIES) {
  const caught = await lie.run(town);
  const isCaught = caught === lie.check;
  if (!isCaught) missed += 1;
  const found = isCaught ? lie.check : `${caught ?? 'nothing'} (expected ${lie.check})`;
  console.log(`${isCaught ? 'caught' : 'MISSED'}  ${lie.kind.padEnd(21)}  ${found.padEnd(20)}  ${lie.told}; by ${lie.by}`);
}
await town.gateway.running.drain();
console.log('Cannot be caught, and is written down in docs/THREATS.md:');
for (const line of NOT_CAUGHT) console.log(`  ${line}`);
console.log(`${LIES.length} lies, ${LIES.length - missed} caught by the check that is named, ${missed} missed`);
process.exit(missed > 0 ? 1 : 0);
