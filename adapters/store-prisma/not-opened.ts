import { Failure, noRoomCode } from '../../domain/failure.js';

/** @returns a failure that says why by the system's or the database's own code: their words may quote what they were given */
export function notOpened(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const full = noRoomCode(cause);
  const why = full === null ? codeOf(cause) : `the disk is full (${full}): make room, and run this again`;
  return new Failure('STORE_UNAVAILABLE', `the database could not be opened: ${why}`, { cause });
}

/** SQLite's own says more than its class: a disk that is full may be `SQLITE_IOERR_SHMSIZE`. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if ('extendedCode' in cause && String(cause.extendedCode).startsWith('SQLITE_')) return String(cause.extendedCode);
  if ('code' in cause) return String(cause.code);
  // as the driver says it where the server asks for a password and the address has none
  return cause.message.startsWith('SASL') ? 'SASL' : 'unknown';
}
