/** What people type, read once: a wrong argument says what was expected. */
import { InvalidArgumentError } from 'commander';
import { positionOf } from '../../crypto/cursor.js';
import { parseVerifierKey } from '../../crypto/note-key.js';
import { parseAuthorityId, parseDeskId, parseDigest, parseKeyId, parseOfficerId, parseUuid } from '../../domain/ids.js';
import type { BasisOfOne } from '../../domain/basis.js';
import { CHANNEL_EXEMPTIONS } from '../../domain/exemption.js';
import { DAY_MS, isCivilDate, parseInstant, plusMs, type Instant } from '../../domain/time.js';
import type { Result } from '../../domain/result.js';
import {
  ASSISTANCE_TYPE_CODES,
  AUTHORITY_TYPES,
  EXCHANGE_TYPES,
  JUSTIFICATIONS,
  LEGAL_BASIS,
  LEVELS,
  TLPS,
  MESSAGES,
  NETWORK_SEATS,
  NETWORKS,
  OFFICER_ROLES,
  PROFILE_IDS,
  PURPOSES,
  SUITES,
  type Seat,
} from '../../domain/vocabulary.js';
import { HELP } from '../../domain/channel-advice.js';
import { CAVEAT_CODES, USE_ACTIONS } from '../../domain/label.js';
import { LAWFUL_WAYS } from '../../domain/lawful-way.js';
import { READING_PURPOSES } from '../../domain/oversight.js';
import { QUORUM_REASONS } from '../../domain/quorum.js';
import { code, opaque } from '../../domain/wire/primitives.js';
import { EMERGENCIES, IMPOSSIBLE_BEFORE, OBLIGATIONS } from '../../domain/wire/notice.js';
import { CONFIDENTIALITY_INABILITIES, DELETION_INABILITIES } from '../../domain/wire/notice-answer.js';
import { parseRoot } from '../sdk/index.js';
import { systemClock } from './clock-system.js';

/** @param like how it is written, for whoever wrote it otherwise */
const reading =
  <T>(parse: (text: string) => Result<T, string>, like: string) =>
  (text: string): T => {
    const parsed = parse(text);
    if (!parsed.ok) throw new InvalidArgumentError(`It is ${parsed.error}. Write ${like}.`);
    return parsed.value;
  };

export const oneOf =
  <T extends string>(values: readonly T[]) =>
  (text: string): T => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new InvalidArgumentError(`${perhaps(values, text)}It is one of ${values.join(', ')}.`);
    return found;
  };

/** Those that begin most like what was typed: among forty words nobody finds the letter that lacks. */
export function perhaps(values: readonly string[], text: string): string {
  const typed = text.toUpperCase();
  const alike = (value: string): number => [...value.toUpperCase()].findIndex((letter, at) => letter !== typed[at]);
  const shares = values.map((value) => (typed.startsWith(value.toUpperCase()) ? value.length : alike(value)));
  const most = Math.max(...shares);
  return most < 3 ? '' : `Perhaps ${values.filter((_, at) => shares[at] === most).join(' or ')}. `;
}

/** One digest in 64 begins with a hyphen, which would be taken for an option: such words are marked before they are parsed. */
const MARK = ':';
export const markDigests = (words: readonly string[]): string[] => words.map((word) => (/^-[\w-]{42}$/.test(word) ? MARK + word : word));
const unmarked = (text: string): string => (text.startsWith(MARK) ? text.slice(MARK.length) : text);

const lists = new WeakSet<object>();

/** For options that may be repeated. */
export function listOf<T>(read: (text: string) => T): (text: string, before: readonly T[] | undefined) => readonly T[] {
  const readAll = (text: string, before: readonly T[] | undefined): readonly T[] => [...(before ?? []), read(text)];
  lists.add(readAll);
  return readAll;
}

/** Of an option: may it be given twice? */
export const isListOf = (read: object | undefined): boolean => read !== undefined && lists.has(read);

const LEGAL_BASIS_CHARS_MAX = 48;
/** Of proceedings: it goes in clear, and reveals nothing. */
export function reference(text: string): string {
  if (!opaque.safeParse(text).success) throw new InvalidArgumentError('It is a reference of letters, digits and ._:/-');
  return text;
}
/** On which law, so that nobody learns by a refusal how it is spelled. */
export function legalBasis(text: string): string {
  if (text.length <= LEGAL_BASIS_CHARS_MAX && LEGAL_BASIS.test(text)) return text;
  throw new InvalidArgumentError(
    'It is no legal basis. Write it like UNCAC_46, RECIPROCITY, or DOMESTIC_LAW:, MLAT: or MOU: and its reference.',
  );
}
export function reasonCode(text: string): string {
  if (!code.safeParse(text).success) throw new InvalidArgumentError('It is a code of capitals, digits and _, such as INACCURATE_DATA.');
  return text;
}
export function day(text: string): string {
  if (!isCivilDate(text)) throw new InvalidArgumentError('It is no day of the calendar. Write it like 2027-01-31.');
  return text;
}
export const authority = reading(parseAuthorityId, 'it as the directory has it, such as VG-FIX');
export const officer = reading(parseOfficerId, 'small letters, digits, dots and hyphens, such as o-17');
export const desk = reading(parseDeskId, 'capitals, digits and hyphens, such as INTAKE');
export const digest = reading((text) => parseDigest(unmarked(text)), 'the 43 characters that the inbox or the answer of a command shows');
/** `VG-FIX=exemption:NAMED_TEAM`: on what the part of one originator rests. */
export function basisLine(text: string): BasisOfOne {
  const [, who = '', on = '', what = ''] = /^([^=]+)=(consent|presumed|exemption):(.+)$/.exec(text) ?? [];
  const originator = authority(who);
  if (on === 'exemption') return { originator, exemption: oneOf(CHANNEL_EXEMPTIONS)(what) };
  return on === 'consent' ? { originator, consent: digest(what) } : { originator, presumed: digest(what) };
}
export function cursor(text: string): string {
  if (positionOf(text) !== null) return text;
  throw new InvalidArgumentError('It is no cursor. Each entry has its own: parley --json inbox --all');
}
export const keyId = reading((text) => parseKeyId(unmarked(text)), 'the 43 characters of it');
export const exchange = reading(parseUuid, 'the id that the inbox shows, such as 0f8fad5b-d9cb-469f-a165-70867728950e');
export const root = reading(parseRoot, 'it as parley keys new-root --take printed it');
/** C2SP, of a log or of a witness: `name+keyid+base64` */
export const verifierKey = reading(parseVerifierKey, 'it as its owner gave it to you');
export const authorityType = oneOf(AUTHORITY_TYPES);
export const AS_HELP = 'as which of your own types you act; owed where you have the item as several, or hand it to yourself as another';
export const purpose = oneOf(PURPOSES);
export const readingPurpose = oneOf(READING_PURPOSES);
export const profile = oneOf(PROFILE_IDS);
export const exchangeType = oneOf(EXCHANGE_TYPES);
/** Titles and help are written in these; a translation is not there yet. */
export const formLanguage = oneOf(['en'] as const);
export const network = oneOf(NETWORKS);
/** `CARIN:MEMBER`; `NONE`: no seat in any network */
export function seat(text: string): Seat | null {
  if (text === 'NONE') return null;
  const [name = '', as = ''] = text.split(':');
  return { network: network(name), seat: oneOf(NETWORK_SEATS)(as) };
}
export const help = oneOf(HELP);
export const assistanceType = oneOf(ASSISTANCE_TYPE_CODES);
export const role = oneOf(OFFICER_ROLES);
export const level = oneOf(LEVELS);
export const tlp = oneOf(TLPS);
export const suite = oneOf(SUITES);
export const message = oneOf(MESSAGES);
export const justification = oneOf(JUSTIFICATIONS);
export const caveat = oneOf(CAVEAT_CODES);
export const useAction = oneOf(USE_ACTIONS);
export const lawfulWay = oneOf(LAWFUL_WAYS);
export const impossible = oneOf(IMPOSSIBLE_BEFORE);
export const obligation = oneOf(OBLIGATIONS);
export const emergency = oneOf(EMERGENCIES);
export const quorumReason = oneOf(QUORUM_REASONS);
export const INABILITIES = [...DELETION_INABILITIES, ...CONFIDENTIALITY_INABILITIES];
export const inability = oneOf(INABILITIES);
/** why an item is held back; a word on confidentiality holds nothing back */
export const holdReason = oneOf(DELETION_INABILITIES);

/** A whole number, not below zero, of a few digits. */
export const whole = upTo(9999, 'a whole number');
export const port = upTo(65_535, 'a port');

function upTo(most: number, what: string): (text: string) => number {
  return (text) => {
    if (/^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It is ${what} up to ${most}.`);
  };
}

/** `2027-01-31T12:00:00Z`, or a number of days from now: `90d`. What has passed would protect, allow or hold nothing. */
export function until(text: string): Instant {
  const days = /^([1-9][0-9]{0,3})d$/.exec(text)?.[1];
  if (days !== undefined) return plusMs(systemClock.now(), Number(days) * DAY_MS);
  const read = parseInstant(text);
  if (read.ok && read.value > systemClock.now()) return read.value;
  throw new InvalidArgumentError(
    isCivilDate(text)
      ? `It is a day without a time. For its end in UTC write ${text}T23:59:59Z; or days from now, such as 90d.`
      : `It is ${read.ok ? 'a time that has passed' : read.error}. Write it like 2027-01-31T23:59:59Z, or as days from now, such as 90d.`,
  );
}

/** `2027-01-31T12:00:00Z`, before now or after. */
export function time(text: string): Instant {
  const read = parseInstant(text);
  if (read.ok) return read.value;
  throw new InvalidArgumentError(
    isCivilDate(text)
      ? `It is a day without a time. For its beginning in UTC write ${text}T00:00:00Z.`
      : `It is ${read.error}. Write it like 2027-01-31T23:59:59Z.`,
  );
}
