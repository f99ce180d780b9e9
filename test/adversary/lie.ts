/** A lie is a row: what the operator tells, who is to notice, by which check; and how it is told to real clients of a real gateway. */
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { proveStream } from '../../client/sdk/stream.js';
import type { StreamCheck } from '../../client/sdk/stream-checks.js';
import { ParleyError } from '../../client/sdk/index.js';
import type { Digest } from '../../domain/ids.js';
import { contextOf, type Json, type Lies, type Member, type Town } from './town.js';

export interface Lie {
  readonly kind:
    | 'drop'
    | 'hide'
    | 'reorder'
    | 'delay'
    | 'fork'
    | 'roll back'
    | 'swap a key'
    | 'drop a revocation'
    | 'strip a caveat'
    | 'withhold a retraction'
    | 'forge a receipt'
    | 'tell another story';
  readonly told: string;
  /** who notices */
  readonly by: string;
  readonly check: string;
  /** @returns the name of the check that caught it; null: it was believed */
  run(town: Town): Promise<string | null>;
}

export type Rows = Json[];
export const PURPOSE = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

export async function telling<T>({ lies }: Town, lie: Lies['answer'], act: () => Promise<T>): Promise<T> {
  lies.answer = lie;
  try {
    return await act();
  } finally {
    lies.answer = null;
  }
}

/** The first check of the stream's proof that did not hold. */
export async function streamCheck(town: Town, member: Member, lie: Lies['answer']): Promise<StreamCheck | null> {
  const proof = await telling(town, lie, () => proveStream(contextOf(member)));
  return proof.isComplete ? null : (proof.misfits[0]?.check ?? null);
}

export async function refusalOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return error instanceof ParleyError ? error.code : String(error);
  }
}

/**
 * What the reader's client alarms about once the promised delay is over, of what it opened under the lie.
 *
 * @param before what happens to the item first
 */
export async function readingAlarm(
  town: Town,
  lies: Partial<Lies>,
  before: (item: Digest) => Promise<unknown> = async () => undefined,
): Promise<string | null> {
  const reader = await town.again(town.reader);
  const note = await town.note();
  await before(note.item);
  await town.published();
  Object.assign(town.lies, lies);
  try {
    await reader.client.open({ ...note, ...PURPOSE });
    await town.published();
    await clock.sleep(1_050);
    return (await reader.client.checkProofs()).alarms[0]?.check ?? null;
  } finally {
    Object.assign(town.lies, { answer: null, unpublished: null, unlogged: null, retold: null });
  }
}
