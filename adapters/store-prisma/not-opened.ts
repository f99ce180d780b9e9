import { Failure, noRoomCode } from '../../domain/failure.js';
import { databaseCodeOf } from './database-code.js';

/** @returns a failure that says why by the system's or the database's own code: their words may quote what they were given */
export function notOpened(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const full = noRoomCode(cause);
  const why = full === null ? databaseCodeOf(cause) : `the disk is full (${full}): make room, and run this again`;
  return new Failure('STORE_UNAVAILABLE', `the database could not be opened: ${why}`, { cause });
}
