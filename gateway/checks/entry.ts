/** What enrolment asks of a directory entry: next in order, within its designation, every key sound, named by its own bytes, in one role. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { isSoundAgeKey } from '../../crypto/age/keys.js';
import { parseOpenpgpKey } from '../../crypto/openpgp/key.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import type { Directory } from '../../domain/authority.js';
import { minutesOf } from '../../domain/calendar/local-calendar.js';
import type { KeyId } from '../../domain/ids.js';
import { foreignTerritory } from '../../domain/own-state.js';
import { QUORUM_DESK } from '../../domain/quorum.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { Suite } from '../../domain/vocabulary.js';
import type { EntryPayload, RootChangePayload } from '../../domain/wire/directory.js';
import type { Quorum } from '../../domain/wire/quorum.js';
import { unfitQuorum } from './quorum.js';

interface Listed {
  readonly kid: KeyId;
  readonly suite: Suite | typeof SIGNING_SUITE;
  readonly publicKey: string;
  /** who has it, for what: the same in every entry that lists the key */
  readonly role: string;
}

/** Any office is open that long on some day of the week; hours are counted day by day, and must come to an end. */
const OPEN_MINUTES_MIN = 60;

const untrusted = (detail: string): Result<never, Refusal> => no(refusal('KEY_NOT_TRUSTED', detail));

/**
 * @param directory knows the authority as designated; its root signed this entry
 * @param dealt the quorums of its earlier entries, in log order
 */
export async function checkEntry(
  entry: EntryPayload,
  directory: Directory,
  dealt: readonly Quorum[],
  now: Instant,
): Promise<Result<null, Refusal>> {
  const authority = directory.authorities.get(entry.authority);
  if (authority === undefined) return untrusted(`${entry.authority} is not designated`);
  const last = authority.entry?.seq ?? 0;
  if (entry.seq !== last + 1) return no(refusal('CONFLICT', `the next entry of ${entry.authority} has seq ${last + 1}`));
  const beyond = entry.types.filter((type) => !authority.designatedTypes.includes(type));
  if (beyond.length > 0) return untrusted(`not designated as ${beyond.join(', ')}`);
  if (entry.desks.some((desk) => desk.types.some((type) => !entry.types.includes(type))))
    return untrusted('a desk serves a type that the entry does not have');
  const before = authority.entry === null ? [] : [authority.entry];
  const unfit = unfitDeclaration(entry) ?? foreignTerritory(entry, before) ?? unfitQuorum(entry, dealt);
  if (unfit !== null) return no(refusal('MALFORMED', unfit));
  if (new Set(entry.officers.map(({ officer }) => officer)).size !== entry.officers.length) return untrusted('one officer listed twice');
  const keys = keysOf(entry);
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length) return untrusted('one key in two roles');
  for (const key of keys) {
    if (!(await isSound(key, now))) return untrusted(await whyUnsound(key, now));
    const known = roleIn(directory, key.kid);
    if (known !== null && known !== key.role) return untrusted(`${key.kid} is listed in another role already`);
  }
  return ok(null);
}

/** What contradicts the entry itself would send a request to a desk that is not there, or be read as another type's. */
function unfitDeclaration({ at, lastConfirmedAt, types, desks, calendar, contact, law, byType = [] }: EntryPayload): string | null {
  if (lastConfirmedAt !== undefined && lastConfirmedAt > at) return 'lastConfirmedAt: after the entry itself';
  const hours = calendar?.officeHours;
  if (hours !== undefined && minutesOf(hours.closes) - minutesOf(hours.opens) < OPEN_MINUTES_MIN)
    return 'calendar.officeHours: open for less than an hour';
  const listed = byType.map(({ type }) => type);
  const foreign = listed.find((type) => !types.includes(type));
  if (foreign !== undefined) return `byType: the entry is not ${foreign}`;
  if (new Set(listed).size !== listed.length) return 'byType: one type twice';
  const known = new Set(desks.map(({ desk }) => desk));
  for (const duty of [contact, ...byType.map((one) => one.contact)].map((one) => one?.dutyDesk))
    if (duty !== undefined && !known.has(duty)) return 'contact.dutyDesk: no desk of this entry';
  if (law?.fiuModel !== undefined && !types.includes('FIU')) return 'law.fiuModel: the entry is no FIU';
  return null;
}

function keysOf({ authority, root, officers, desks, quorum }: EntryPayload): Listed[] {
  return [
    { ...root, suite: SIGNING_SUITE, role: `root of ${authority}` },
    ...officers.flatMap(({ officer, signing, auth, encryption }): Listed[] => [
      { ...signing, suite: SIGNING_SUITE, role: `${authority}/${officer}/signing` },
      { ...auth, suite: SIGNING_SUITE, role: `${authority}/${officer}/auth` },
      { ...encryption, role: `${authority}/${officer}/encryption` },
    ]),
    ...desks.flatMap(({ desk, keys }) => keys.map((key): Listed => ({ ...key, role: `${authority}/${desk}` }))),
    ...(quorum === undefined ? [] : [{ ...quorum, role: `${authority}/${QUORUM_DESK}` }]),
  ];
}

/** An authority that listed another's public key would take the place of its owner in everybody's directory. */
export function roleIn({ authorities, officerKeys, receivingKeys, roots }: Directory, kid: KeyId): string | null {
  const root = roots.get(kid);
  if (root !== undefined) return `root of ${root.authority}`;
  for (const { id, entry } of authorities.values()) if (entry?.quorum?.kid === kid) return `${id}/${QUORUM_DESK}`;
  const officer = officerKeys.get(kid);
  if (officer !== undefined) return `${officer.authority}/${officer.officer}/${officer.use}`;
  const desk = receivingKeys.get(kid);
  return desk === undefined ? null : `${desk.authority}/${desk.desk}`;
}

/** The old root's word for another one: sound, named by its own bytes, and nobody's key before. */
export function checkRootChange({ authority: id, old, root, after }: RootChangePayload, directory: Directory): Refusal | null {
  const authority = directory.authorities.get(id);
  if (authority?.entry?.seq !== after) return refusal('CONFLICT', `after: the newest entry of ${id} has seq ${authority?.entry?.seq ?? 0}`);
  for (const { kid, publicKey } of [old, root]) {
    const bytes = decodeBase64url(publicKey);
    if (!bytes.ok || kidOf(SIGNING_SUITE, bytes.value) !== kid || !parseSigningPublicKey(bytes.value).ok)
      return refusal('KEY_NOT_TRUSTED', `${kid} is not a sound ${SIGNING_SUITE} key of that name`);
  }
  if (old.kid !== authority.root) return refusal('KEY_NOT_TRUSTED', `${old.kid} is not the root of ${id}`);
  return roleIn(directory, root.kid) === null ? null : refusal('KEY_NOT_TRUSTED', `${root.kid} is listed in another role already`);
}

/** An OpenPGP key says itself when it was made, by the clock of whoever made it. */
async function whyUnsound(key: Listed, now: Instant): Promise<string> {
  if (!(await isSound(key, plusMs(now, DAY_MS)))) return `${key.kid} is not a sound ${key.suite} key of that name`;
  return `${key.kid} begins later than ${formatInstant(now)}, which it is here: set the clock where it was made, and make it anew`;
}

async function isSound({ kid, suite, publicKey }: Listed, now: Instant): Promise<boolean> {
  const bytes = decodeBase64url(publicKey);
  if (!bytes.ok || kidOf(suite, bytes.value) !== kid) return false;
  if (suite === SIGNING_SUITE) return parseSigningPublicKey(bytes.value).ok;
  return suite === 'openpgp-4' ? (await parseOpenpgpKey(bytes.value, now)).ok : isSoundAgeKey(suite, bytes.value);
}
