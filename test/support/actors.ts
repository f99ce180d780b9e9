/** Authorities of a test: their keys, and what they sign, without HTTP and without a client. One seed gives the same bytes each time. */
import { native } from '#native';
import { createAgeKey, type AgeKeyPair } from '../../crypto/age/keys.js';
import type { AgeSuite } from '../../crypto/age/suite.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey, kidOf, type SigningKey } from '../../crypto/signing-key.js';
import { digestOf } from '../../crypto/statement.js';
import type { Caller } from '../../domain/caller.js';
import type { AuthorityId, Digest, KeyId, Uuid } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { parseOfficerId, parseUuid } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import type { StatementType } from '../../domain/statement.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { submission, type Submission } from '../../domain/wire/submission.js';
import { authority as authorityId } from './ids.js';
import { WORLD_START } from './world.js';

export const ORIGIN = 'parley.example/test';
export const OPERATOR = authorityId('OPERATOR');

export interface Actor {
  readonly id: AuthorityId;
  readonly type: AuthorityType;
  readonly root: SigningKey;
  readonly signing: SigningKey;
  readonly auth: SigningKey;
  /** the officer's own: desk secrets are wrapped to it */
  readonly encryption: AgeKeyPair & { readonly kid: KeyId };
  readonly desk: AgeKeyPair & { readonly kid: KeyId };
  readonly caller: Caller;
}

export interface Signed {
  readonly digest: Digest;
  readonly submission: Submission;
}

const utf8 = new TextEncoder();
const encode = (text: string): string => encodeBase64url(utf8.encode(text));

/** The bytes that `signStatement` makes, at once: no thread pool decides in which order a seed's statements come. */
export function signNow(typ: StatementType | 'parley-receipts+json', payload: object, key: SigningKey): string {
  const signed = `${encode(JSON.stringify({ alg: 'Ed25519', typ, kid: key.kid }))}.${encode(JSON.stringify(payload))}`;
  return `${signed}.${encodeBase64url(native.ed25519Sign(key.seed, utf8.encode(signed)))}`;
}

/** @param rest items, seals and bodies that travel with the statement */
export const submitted = (statement: string, rest: object = {}): Signed => ({
  digest: digestOf(statement),
  submission: submission.parse({ statement, ...rest }),
});

export function uuidFrom(chance: Chance): Uuid {
  const hex = [...chance.bytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parsed = parseUuid(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

export function createActor(code: string, type: AuthorityType, chance: Chance, suite: AgeSuite = 'age-x25519-1'): Actor {
  const id = authorityId(code);
  const [desk, own] = [createAgeKey(suite, chance), createAgeKey(suite, chance)];
  return {
    id,
    type,
    root: createSigningKey(chance),
    signing: createSigningKey(chance),
    auth: createSigningKey(chance),
    encryption: { ...own, kid: kidOf(suite, own.publicKey) },
    desk: { ...desk, kid: kidOf(suite, desk.publicKey) },
    caller: { authority: id, officer: certain(parseOfficerId('o1')), roles: ['OFFICER'], clearance: 'RESTRICTED' },
  };
}

const publicOf = (key: SigningKey) => ({ kid: key.kid, publicKey: encodeBase64url(key.publicKey) });
const sealable = ({ kid, suite, publicKey }: Actor['desk']) => ({ kid, suite, publicKey: encodeBase64url(publicKey) });

export const designation = (operator: SigningKey, actor: Actor, at: Instant, chance: Chance, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-designation+json',
      {
        v: 1,
        aud: ORIGIN,
        id: uuidFrom(chance),
        at: formatInstant(at),
        operator: OPERATOR,
        authority: actor.id,
        root: actor.root.kid,
        types: [actor.type],
        status: 'ACTIVE',
        ...over,
      },
      operator,
    ),
  );

/** @param key of an approver, or whose key it ought to be */
export const designationApproval = (key: SigningKey, designation: Digest, at: Instant, chance: Chance): Signed =>
  submitted(
    signNow(
      'parley-designation-approval+json',
      { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), operator: OPERATOR, designation },
      key,
    ),
  );

/** Another officer of the same authority, at the same desk. */
export const colleagueOf = (actor: Actor, officer: string, chance: Chance): Actor => {
  const other = createActor(actor.id, actor.type, chance, actor.desk.suite as AgeSuite);
  return { ...other, root: actor.root, desk: actor.desk, caller: { ...actor.caller, officer: certain(parseOfficerId(officer)) } };
};

/** @param colleagues its officers beside the first */
export function entry(actor: Actor, at: Instant, chance: Chance, over: object = {}, colleagues: readonly Actor[] = []): Signed {
  const [from, until] = [formatInstant(plusMs(at, -DAY_MS)), formatInstant(plusMs(at, 400 * DAY_MS))];
  // in each entry the same: what a key signed is not unsaid
  const since = formatInstant(plusMs(at < WORLD_START ? at : WORLD_START, -DAY_MS));
  const payload = {
    v: 1,
    aud: ORIGIN,
    id: uuidFrom(chance),
    at: formatInstant(at),
    authority: actor.id,
    seq: 1,
    root: publicOf(actor.root),
    name: `Authority ${actor.id}`,
    territory: actor.id.slice(0, 2),
    types: [actor.type],
    languages: ['en'],
    clearance: 'RESTRICTED',
    timeZone: 'UTC',
    presumedConsent: [],
    desks: [{ desk: 'INTAKE', types: [actor.type], generation: 1, keys: [sealable(actor.desk)], from, until }],
    officers: [actor, ...colleagues].map(({ caller, signing, auth, encryption }) => ({
      officer: caller.officer,
      roles: caller.roles,
      desks: ['INTAKE'],
      clearance: caller.clearance,
      signing: publicOf(signing),
      auth: publicOf(auth),
      encryption: sealable(encryption),
      from: since,
      until,
    })),
    validUntil: until,
    ...over,
  };
  return submitted(signNow('parley-entry+json', payload, actor.root));
}
