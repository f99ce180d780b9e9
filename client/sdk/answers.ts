/** Every answer of a gateway takes its shape here: what has another one ends in this client's own words, and shows nothing of itself. */
import type { z } from 'zod';
import { ParleyError } from './error.js';

/** @param what it should be, as `inbox` @throws ParleyError `ANSWER_UNREADABLE` */
export function readAnswer<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw unreadable(what);
}

export const unreadable = (what: string): ParleyError =>
  new ParleyError(
    'ANSWER_UNREADABLE',
    `The gateway’s answer is not readable: ${what}.`,
    'Check that the address is a Parley gateway’s, update this client, or ask the operator.',
  );
