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
import { certain } from '../../domain/result.js';
import { parseInstant, type Instant } from '../../domain/time.js';

export const authority = (code: string): AuthorityId => certain(parseAuthorityId(code));
export const desk = (name: string): DeskId => certain(parseDeskId(name));
export const instant = (text: string): Instant => certain(parseInstant(text));
/** A digest-shaped name: the same letter gives the same digest. */
export const digest = (name: string): Digest => certain(parseDigest(name.padEnd(42, '0').slice(0, 42) + 'A'));
export const uuid = (n: number): Uuid => certain(parseUuid(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));
