import { Failure } from '../../domain/failure.js';

/** @returns a failure that says why by the system's or the database's own code: their words may quote what they were given */
export function notOpened(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new Failure('STORE_UNAVAILABLE', `the database could not be opened: ${code}`, { cause });
}
