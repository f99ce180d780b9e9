/** Our own fault or the world's: thrown, caught once at a door, answered as a 5xx that says no more than its code. */
export class Failure extends Error {
  /**
   * @param code stable, safe to show
   * @param detail for the operator's log only: ids and codes, never content
   */
  constructor(
    readonly code:
      | 'STORE_UNAVAILABLE'
      | 'BLOBS_UNAVAILABLE'
      | 'INVARIANT_BROKEN'
      | 'CONFIG_INVALID'
      | 'OVERLOADED'
      | 'DRAINING'
      /** others hold proof of more than this log has: nothing is written (gateway/standing.ts) */
      | 'LOG_BEHIND'
      /** this machine's clock is behind what stands in the log: nothing can be written (gateway/steps/commit.ts) */
      | 'CLOCK_BEHIND'
      /** this machine's clock is ahead of another one: nothing is written, because what time ends is never brought back (gateway/standing.ts) */
      | 'CLOCK_AHEAD'
      | 'WITNESS_UNAVAILABLE',
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'Failure';
  }
}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100']);

/** @returns the code of a full disk, the system's or a database's own, on the error or on what caused it; null: it is something else */
export function noRoomCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error && NO_ROOM.has(String(error.code)) ? String(error.code) : noRoomCode(error.cause);
}
