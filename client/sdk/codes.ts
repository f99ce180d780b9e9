/** Codes and ids as people and other programs write them, made into what the SDK takes. */
import {
  parseAuthorityId,
  parseDeskId,
  parseDigest,
  parseKeyId,
  parseOfficerId,
  parseUuid,
  type AuthorityId,
  type DeskId,
  type Digest,
  type ExchangeId,
  type KeyId,
  type OfficerId,
} from '../../domain/ids.js';
import type { Result } from '../../domain/result.js';
import { parseInstant, type Instant } from '../../domain/time.js';
import { ParleyError } from './error.js';

const readable =
  <T>(parse: (text: string) => Result<T, string>, example: string) =>
  (text: string): T => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    throw new ParleyError('MALFORMED', `${text.slice(0, 64)} is ${parsed.error}.`, `Write it like ${example}.`);
  };

/** Each @throws ParleyError `MALFORMED` */
export const readAuthority: (text: string) => AuthorityId = readable(parseAuthorityId, 'VG-FIX');
export const readOfficer: (text: string) => OfficerId = readable(parseOfficerId, 'o-17');
export const readDesk: (text: string) => DeskId = readable(parseDeskId, 'INTAKE');
export const readDigest: (text: string) => Digest = readable(parseDigest, 'the 43 characters that the inbox shows');
export const readKeyId: (text: string) => KeyId = readable(parseKeyId, 'the 43 characters of a fingerprint');
export const readExchangeId: (text: string) => ExchangeId = readable(parseUuid, '0f8fad5b-d9cb-469f-a165-70867728950e');
export const readInstant: (text: string) => Instant = readable(parseInstant, '2026-11-25T09:00:00Z');
