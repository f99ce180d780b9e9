/** Statements as a client makes and reads them: signed exact bytes that have the shape of their type. */
import type { z } from 'zod';
import { parseStatement, signStatement, verifyStatement } from '../../crypto/statement.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import type { Chance, Clock } from '../../domain/ports.js';
import { no, type Result } from '../../domain/result.js';
import {
  shapeStatement,
  STATEMENT_BYTES_MAX,
  STATEMENT_TYPES,
  type Statement,
  type StatementOf,
  type StatementType,
} from '../../domain/statement.js';
import { formatInstant } from '../../domain/time.js';
import { shapeWords } from '../../domain/wire/shape-words.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { ParleyError } from './error.js';
import { createUuid } from '../../domain/uuid.js';

/** A payload before it is signed: instants are RFC 3339 texts, ids plain strings. */
export type DraftOf<T extends StatementType> = z.input<(typeof STATEMENT_TYPES)[T]['schema']>;

/** Gives a compact text the shape of its type. Whose signature it bears is not looked at. */
export function readStatement(compact: string): Result<Statement, string> {
  const parsed = parseStatement(compact, STATEMENT_BYTES_MAX);
  if (!parsed.ok) return parsed;
  const json = parseJsonStrict(parsed.value.payload);
  if (!json.ok) return json;
  const shaped = shapeStatement(parsed.value, json.value);
  return shaped.ok ? shaped : no(`${shaped.error.code} (${shaped.error.detail})`);
}

/** The same where only one type is expected. */
export function readStatementOf<T extends StatementType>(typ: T, compact: string): Result<StatementOf<T>, string> {
  const read = readStatement(compact);
  if (!read.ok) return read;
  return isOf(typ, read.value) ? { ok: true, value: read.value } : no(`a ${read.value.typ} where a ${typ} was expected`);
}

const isOf = <T extends StatementType>(typ: T, statement: { readonly typ: StatementType }): statement is StatementOf<T> =>
  statement.typ === typ;

interface Maker {
  readonly gateway: { readonly origin: string };
  readonly chance: Chance;
  readonly clock: Clock;
}

/** What every statement of an officer or a root begins with. */
export const headOf = ({ gateway, chance, clock }: Maker) => ({
  v: 1 as const,
  aud: gateway.origin,
  id: createUuid(chance),
  at: formatInstant(clock.now()),
});

/**
 * Signs a payload once; its bytes are the statement from then on, over every retry.
 *
 * @throws ParleyError `MALFORMED` where the payload has not the shape of its type, so that nothing unreadable is ever signed and sent
 */
export async function makeStatement<T extends StatementType>(typ: T, payload: DraftOf<T>, key: SigningKey): Promise<StatementOf<T>> {
  const made = readStatementOf(typ, await signStatement(typ, payload as object, key));
  if (!made.ok) {
    const issues = STATEMENT_TYPES[typ].schema.safeParse(payload).error?.issues ?? [];
    const why = issues.length === 0 ? made.error : shapeWords(issues, payload).join('; ');
    throw new ParleyError('MALFORMED', `The ${typ} has not its shape: ${why}.`, 'Correct the named members and compose it again.');
  }
  return made.value;
}

/** Did this key make exactly these bytes? */
export async function isSignedBy(compact: string, publicKey: Uint8Array, charsMax = STATEMENT_BYTES_MAX): Promise<boolean> {
  const parsed = parseStatement(compact, charsMax);
  return parsed.ok && (await verifyStatement(parsed.value, publicKey, nativeVerifier));
}
