/** Ids for tests, parsed like everybody else's. */
import {
  parseAuthorityId,
  parseDeskId,
  parseDigest,
  parseUuid,
  type AuthorityId,
  type DeskId,
  type Digest,
  type Uuid,
} from '../../domain/ids.js';
import type { Result } from '../../domain/result.js';
import { parseInstant, type Instant } from '../../domain/time.js';

const sure = <T>(parsed: Result<T, string>): T => {
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

export const authority = (code: string): AuthorityId => sure(parseAuthorityId(code));
export const desk = (name: string): DeskId => sure(parseDeskId(name));
export const instant = (text: string): Instant => sure(parseInstant(text));
/** A digest-shaped name: the same letter gives the same digest. */
export const digest = (name: string): Digest => sure(parseDigest(name.padEnd(42, '0').slice(0, 42) + 'A'));
export const uuid = (n: number): Uuid => sure(parseUuid(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));
