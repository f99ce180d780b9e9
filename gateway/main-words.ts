/** What the gateway's programs say on standard error when they end: one line where somebody can do something about it. */
import { Failure } from '../domain/failure.js';

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** @returns the error itself where it is none that an operator could mend: then where it came from is wanted */
export function wordsOf(error: unknown): unknown {
  if (error instanceof Failure) return `${error.code}: ${error.detail}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return NO_ROOM.has(code) ? `STORE_UNAVAILABLE: the disk is full (${code}): make room, and run this again` : error;
}
