/** Every answer of a gateway takes its shape here: what has another one ends in this client's own words, and shows nothing of itself. */
import type { z } from 'zod';
import type { Hash } from '../../crypto/merkle.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { parseDigest } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { ParleyError } from './error.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Several times those of the longest honest answer, a reading with all its receipts: three bytes a value could fill any memory. */
const VALUES_MAX = 2_000_000;
const [COMMA, ARRAY, OBJECT] = [0x2c, 0x5b, 0x7b];

/** Of a digest in an answer that has its shape. */
export const hashOf = (text: string): Hash => decodeDigest(certain(parseDigest(text)));

/** JSON that has one reading, and whose values are as few as its bytes. @throws ParleyError `ANSWER_UNREADABLE`, `ANSWER_TOO_LARGE` */
export function jsonOf({ bytes }: Pick<Answer, 'bytes'>): unknown {
  if (bytes.length > VALUES_MAX && valuesAtMost(bytes) > VALUES_MAX) throw tooLarge(`${VALUES_MAX} values`);
  const json = parseJsonStrict(bytes);
  if (!json.ok) throw unreadable('no JSON');
  return json.value;
}

/** Each but the first stands behind one of these. */
function valuesAtMost(bytes: Uint8Array): number {
  let values = 1;
  for (const byte of bytes) if (byte === COMMA || byte === ARRAY || byte === OBJECT) values += 1;
  return values;
}

/** @param what it should be, as `inbox` @throws ParleyError `ANSWER_UNREADABLE` */
export function readAnswer<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const read = understood(schema, answer);
  if (read !== null) return read;
  throw unreadable(what);
}

/** Without the members that a newer gateway has beside those known here (decisions/0034). @returns null where anything else is amiss */
export function understood<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> | null {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const known = structuredClone(answer);
  for (const issue of read.error.issues) {
    if (issue.code !== 'unrecognized_keys') return null;
    const within = issue.path.reduce((at, step) => (at as Record<PropertyKey, unknown>)[step], known) as object;
    for (const key of issue.keys) Reflect.deleteProperty(within, key);
  }
  return schema.safeParse(known).data ?? null;
}

export const unreadable = (what: string): ParleyError =>
  new ParleyError(
    'ANSWER_UNREADABLE',
    `The gateway’s answer is not readable: ${what}.`,
    'Check that the address is a Parley gateway’s, update this client, or ask the operator.',
  );

/** @param most with its unit */
export const tooLarge = (most: string): ParleyError =>
  new ParleyError('ANSWER_TOO_LARGE', `An answer of the gateway is longer than ${most}.`, 'Nothing of it is read. Ask the operator.');
