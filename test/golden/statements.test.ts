/**
 * One statement of each type as version 1 wrote it, kept for ever: stored signed bytes are never rewritten, so that every later
 * version reads them, to the same digest and the same meaning. The file only grows.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeBase64url } from '../../crypto/base64url.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import { parseStatement, verifyStatement } from '../../crypto/statement.js';
import { isStatementType, shapeStatement, STATEMENT_TYPES } from '../../domain/statement.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';

interface Golden {
  /** public keys by id */
  readonly keys: Readonly<Record<string, string>>;
  readonly statements: readonly {
    readonly typ: string;
    readonly digest: string;
    readonly kid: string;
    readonly compact: string;
    readonly payload: unknown;
  }[];
}

const golden = JSON.parse(readFileSync(new URL('./statements-v1.json', import.meta.url), 'utf8')) as Golden;

// of a type whose schema grew, one from before and one from after
it('holds each type', () => {
  expect([...new Set(golden.statements.map(({ typ }) => typ))].sort()).toEqual(Object.keys(STATEMENT_TYPES).sort());
});

it.each(golden.statements)('reads $typ of version 1 as it was read then', async ({ typ, digest, kid, compact, payload }) => {
  const jws = parseStatement(compact, isStatementType(typ) ? STATEMENT_TYPES[typ].bytesMax : 0);
  if (!jws.ok) throw new Error(jws.error);
  expect(jws.value).toMatchObject({ typ, digest, kid });
  const json = parseJsonStrict(jws.value.payload);
  const shaped = json.ok ? shapeStatement(jws.value, json.value) : json;
  expect(shaped).toMatchObject({ ok: true, value: { typ, digest, kid, compact } });
  expect(JSON.parse(JSON.stringify(shaped.ok ? shaped.value.payload : null))).toEqual(payload);
  const publicKey = decodeBase64url(golden.keys[kid] ?? '');
  expect(publicKey.ok && (await verifyStatement(jws.value, publicKey.value, nativeVerifier))).toBe(true);
});
