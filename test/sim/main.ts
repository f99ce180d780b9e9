/**
 * `npm run sim`: 500 fixed seeds and 200 fresh ones, then planted faults that must be found and whose seeds must replay.
 *
 *     npm run sim -- --seed 17            one seed, twice: the same log root both times
 *     npm run sim -- --seeds 50 --fresh 0
 *     npm run sim -- --plant fence        look for a planted fault alone; with --seed N: in that seed
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runSeeds } from './crew.js';
import { isPlant, PLANTS, type PlantName } from './recorder.js';
import type { Outcome } from './run.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '500' },
    fresh: { type: 'string', default: '200' },
    plant: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** seeds that a planted fault has time to show itself in */
const PLANTED_SEEDS = 250;

const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => Readonly<Record<string, number>>): string => {
  const total = new Map<string, number>();
  for (const outcome of outcomes) for (const [name, n] of Object.entries(of(outcome))) total.set(name, (total.get(name) ?? 0) + n);
  return [...total].map(([name, n]) => `${name} ${n}`).join(', ');
};

const replayOf = (seed: number, plant: PlantName | null): string =>
  `npm run sim -- --seed ${seed}${plant === null ? '' : ` --plant ${plant}`}`;

/** @returns those that found something */
async function runAll(seeds: readonly number[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await runSeeds(seeds, null, (outcome) => {
    outcomes.push(outcome);
    if (outcome.violations.length > 0) report(outcome, null);
    return true;
  });
  say(`seeds ${outcomes.length}: ${outcomes.reduce((n, { leaves }) => n + leaves, 0)} leaves`);
  say(`accepted: ${sum(outcomes, ({ accepted }) => accepted)}; refused ${outcomes.reduce((n, { refused }) => n + refused, 0)}`);
  say(`faults: ${sum(outcomes, ({ faults }) => faults)}`);
  return outcomes.filter(({ violations }) => violations.length > 0);
}

function report({ seed, violations }: Outcome, plant: PlantName | null): void {
  say(`seed ${seed}: ${violations.length} violations; replay it with: ${replayOf(seed, plant)}`);
  for (const violation of violations.slice(0, 5)) say(`  ${violation}`);
}

/** Is a planted fault found, and does its seed find it again? */
async function findPlanted(plant: PlantName, seeds: readonly number[]): Promise<boolean> {
  const found: Outcome[] = [];
  await runSeeds(seeds, plant, (outcome) => {
    if (outcome.violations.length > 0) found.push(outcome);
    return found.length === 0;
  });
  const [first] = found;
  if (first === undefined) {
    say(`planted '${plant}': NOT found in ${seeds.length} seeds`);
    return false;
  }
  const again: Outcome[] = [];
  await runSeeds([first.seed], plant, (outcome) => again.push(outcome) > 0);
  const replays = JSON.stringify(again[0]?.violations) === JSON.stringify(first.violations);
  say(`planted '${plant}': found by seed ${first.seed}: ${first.violations[0]}`);
  say(`  ${replays ? 'and again by' : 'NOT again by'} ${replayOf(first.seed, plant)}`);
  return replays;
}

async function runTwice(seed: number): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (let i = 0; i < 2; i += 1) await runSeeds([seed], null, (outcome) => outcomes.push(outcome) > 0);
  const [first, second] = outcomes;
  if (first === undefined || second === undefined) return false;
  say(`seed ${seed}: root ${first.root} of ${first.leaves} leaves; again ${second.root}`);
  say(`faults: ${sum([first], ({ faults }) => faults)}`);
  if (first.violations.length > 0) report(first, null);
  return first.root === second.root && first.violations.length === 0;
}

async function main(): Promise<boolean> {
  const seed = values.seed === undefined ? null : Number(values.seed);
  if (values.plant !== undefined && !isPlant(values.plant)) throw new Error(`plants: ${Object.keys(PLANTS).join(', ')}`);
  const fixed = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  if (values.plant !== undefined) return findPlanted(values.plant, seed === null ? fixed : [seed]);
  if (seed !== null) return runTwice(seed);
  const fresh = Array.from({ length: Number(values.fresh) }, () => randomInt(1_000_000, 2 ** 31));
  const bad = await runAll([...fixed, ...fresh]);
  say(`violations: ${bad.reduce((n, { violations }) => n + violations.length, 0)}`);
  let planted = true;
  for (const plant of Object.keys(PLANTS).filter(isPlant)) planted = (await findPlanted(plant, fixed.slice(0, PLANTED_SEEDS))) && planted;
  return bad.length === 0 && planted;
}

process.exitCode = (await main()) ? 0 : 1;
