/** `npm run machines`: per exchange type its states, the steps that are allowed and proved, and those that are refused and proved. */
import { isOffered } from '../../../domain/machines/index.js';
import { EXCHANGE_TYPES } from '../../../domain/vocabulary.js';
import { EXPECTED } from './expected/index.js';
import { EVERYTHING, walkMachine, type Proof } from './walk-machine.js';

const SEED = 20_261_125;
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));

const line = (cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(30) : String(cell).padStart(10))).join('');

console.log(line(['exchange type', 'states', 'allowed', 'refused', 'by clock', 'wrong']));
const proofs: Proof[] = [];
for (const type of EXCHANGE_TYPES) {
  if (wanted.length > 0 && !wanted.includes(type)) continue;
  if (!isOffered(type)) {
    console.log(line([type, 0, 0, 0, 0, 0]) + '  named, not offered');
    continue;
  }
  const proof = await walkMachine(type, EXPECTED[type], SEED, EVERYTHING);
  proofs.push(proof);
  console.log(line([type, proof.states, proof.allowed, proof.refused, proof.lapsed, proof.mismatches.length]));
  if (proof.waiting.length > 0) console.log(`  no clock of the profile ends: ${proof.waiting.join(', ')}`);
  for (const mismatch of proof.mismatches) console.log(`  ${mismatch}`);
}

const wrong = proofs.reduce((sum, { mismatches }) => sum + mismatches.length, 0);
console.log(
  `${proofs.length} types; allowed and proved ${proofs.reduce((sum, { allowed }) => sum + allowed, 0)}; ` +
    `refused and proved ${proofs.reduce((sum, { refused }) => sum + refused, 0)}; ` +
    `by clocks ${proofs.reduce((sum, { lapsed }) => sum + lapsed, 0)}; wrong ${wrong}`,
);
process.exitCode = wrong > 0 || proofs.length === 0 ? 1 : 0;
