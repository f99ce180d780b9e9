import { createSigningKey } from '../../crypto/signing-key.js';
import { createActor } from '../support/actors.js';
import { createChance } from '../support/world.js';

/** The same people in every process of the run. Keys of tests: the seed is no secret. */
export function crashCast() {
  const chance = createChance(4_000_001);
  const operator = createSigningKey(chance);
  return { operator, fia: createActor('NG-FIA', 'FIU', chance), fix: createActor('VG-FIX', 'FIU', chance) };
}
