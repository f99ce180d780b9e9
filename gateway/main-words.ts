/** What the gateway's programs say on standard error when they end: one line where somebody can do something about it. */
import { Failure, noRoomCode } from '../domain/failure.js';

/** EX_CONFIG of sysexits.h: the same configuration ends the same way again */
export const EXIT_CONFIG = 78;

const SQLITE_CODE = /^SQLITE_[A-Z_]+$/;

/** @returns the error itself where it is none that an operator could mend: then where it came from is wanted */
export function wordsOf(error: unknown): unknown {
  const full = noRoomCode(error);
  if (full !== null) return `STORE_UNAVAILABLE: the disk is full (${full}): make room, and run this again`;
  if (error instanceof Error && 'code' in error && SQLITE_CODE.test(String(error.code)))
    return `STORE_UNAVAILABLE: the embedded database is not read or written (${String(error.code)}): look at its disk, and run this again`;
  return error instanceof Failure ? `${error.code}: ${error.detail}` : error;
}

/** @returns which port or path of the configuration the system does not give, such as EADDRINUSE; null: it is something else, such as a full disk */
export function troubleOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error) || noRoomCode(error) !== null) return null;
  const { code, syscall, path, hostname, port } = error as NodeJS.ErrnoException & { readonly hostname?: string; readonly port?: number };
  return `CONFIG_INVALID: ${syscall} ${path ?? hostname ?? port ?? ''}: ${code}`;
}

/** Does the same configuration end the same way again? Room on a disk may come, and another process may go. */
export const isConfiguration = (error: unknown): boolean =>
  troubleOf(error) !== null || (error instanceof Failure && error.code === 'CONFIG_INVALID' && noRoomCode(error) === null);
