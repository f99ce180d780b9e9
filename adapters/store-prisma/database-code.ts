/** Why a database did not do what it was asked, in a code: its own words may quote what it was given. */

/** what pg says of a connection, without a code and without a value */
const CONNECTION =
  /^(?:Query read timeout|Connection terminated[a-z ]*|timeout exceeded when trying to connect|The server does not support SSL connections)$/;

/** at the head of a message of the embedded database, whose code is a number */
const SQLITE_CODE = /^SQLITE_[A-Z_]+/;

interface Coded {
  readonly code?: unknown;
  /** the embedded database's says more than its class: a disk that is full may be `SQLITE_IOERR_SHMSIZE` */
  readonly extendedCode?: unknown;
  /** Prisma's, around what the driver said */
  readonly meta?: {
    readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: unknown; readonly originalMessage?: unknown } };
  };
}

/** @returns the database's own code, also where Prisma has one of its own around it; else words of the driver's that quote nothing, or what kind of error it is */
export function databaseCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, extendedCode, meta } = error as Error & Coded;
  const { originalCode, originalMessage } = meta?.driverAdapterError?.cause ?? {};
  const own = [originalMessage, extendedCode].flatMap((said) => SQLITE_CODE.exec(String(said)) ?? [])[0] ?? originalCode ?? code;
  if (typeof own === 'string') return own;
  // as the driver says it where the server asks for a password and the address has none
  if (error.message.startsWith('SASL')) return 'SASL';
  return CONNECTION.test(error.message) ? error.message : error.name;
}
