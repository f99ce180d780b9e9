/** What authorities of a test write to each other: items, envelopes, consents, releases, readings. */
import { sealItem, type ReaderKey, type SealedItem } from '../../crypto/seal.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { sealContentKey } from '../../crypto/seal.js';
import { digestOf } from '../../crypto/statement.js';
import type { Digest } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { Message } from '../../domain/vocabulary.js';
import { ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from './actors.js';

/** Time and chance of a letter. */
export interface Desk {
  readonly chance: Chance;
  readonly at: Instant;
}

export interface Item {
  readonly compact: string;
  readonly digest: Digest;
  readonly sealed: SealedItem;
  readonly label: object;
  readonly issuer: Actor;
}

export const REQUEST_FORM = {
  schema: 'FIU_REQUEST_1',
  present: ['facts', 'background', 'reasons', 'countryLink', 'intendedUse', 'subjects', 'offence'],
  _sd: [],
};

const readerOf = ({ desk }: Actor): ReaderKey => ({ kid: desk.kid, suite: desk.suite, publicKey: desk.publicKey });

export const labelOf = (issuer: Actor, over: object = {}): object => ({
  level: 'OFFICIAL',
  tlp: 'AMBER+STRICT',
  caveats: [{ code: 'NO_THIRD_PARTY', by: issuer.id }],
  purposes: ['INTELLIGENCE'],
  originators: [issuer.id],
  destroyBy: null,
  ...over,
});

export async function makeItem(
  issuer: Actor,
  readers: readonly Actor[],
  text: string | Uint8Array,
  { chance, at }: Desk,
  over: object = {},
): Promise<Item> {
  const id = uuidFrom(chance);
  const plaintext = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const name = { id, issuer: issuer.id, format: 'age' as const };
  const sealed = await sealItem(name, plaintext, readers.map(readerOf), { chance, at });
  const payload = {
    v: 1,
    id,
    issuer: issuer.id,
    itemRole: 'TEXT',
    kind: 'OWN',
    language: 'en',
    format: 'age',
    ciphertext: sealed.ciphertext,
    size: sealed.size,
    keyCommitment: sealed.keyCommitment,
    label: labelOf(issuer),
    derivedFrom: [],
    sourcesComplete: true,
    ...over,
  };
  const compact = signNow('parley-item+json', payload, issuer.signing);
  return { compact, digest: digestOf(compact), sealed, label: payload.label, issuer };
}

export interface Letter {
  readonly from: Actor;
  readonly to: Actor;
  readonly exchange: string;
  readonly message: Message;
  readonly items?: readonly Item[];
  readonly body?: object;
  readonly over?: object;
}

/** An FIU request, opened or continued, on the bilateral profile. */
export function makeEnvelope({ from, to, exchange, message, items = [], body, over = {} }: Letter, { chance, at }: Desk): Signed {
  const seals = items.flatMap((item) => item.sealed.seals.map((seal) => ({ item: item.digest, ...seal })));
  const payload = {
    v: 1,
    aud: ORIGIN,
    id: uuidFrom(chance),
    exchange,
    sentAt: formatInstant(at),
    exchangeType: 'FIU_REQUEST',
    profile: 'BVI_BILATERAL_FIU',
    from: from.id,
    fromType: from.type,
    to: to.id,
    toType: to.type,
    epoch: 0,
    legalBasis: ['RECIPROCITY'],
    framework: [],
    purposes: ['INTELLIGENCE'],
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    items: items.map((item) => item.digest),
    seals: seals.map((seal) => ({ item: seal.item, kid: seal.kid, seal: seal.digest })),
    message,
    body: body ?? {},
    ...over,
  };
  return submitted(signNow('parley-envelope+json', payload, from.signing), enclosing(items));
}

/** The same with a text of its own: a message that says something. */
export async function makeAnswer(letter: Omit<Letter, 'items'>, desk: Desk): Promise<Signed> {
  return makeEnvelope({ ...letter, items: [await makeItem(letter.from, [letter.to, letter.from], 'and that is all', desk)] }, desk);
}

/** An item that the gateway has already, in one more envelope. */
export function sentAgain(letter: Omit<Letter, 'items'>, item: Item, desk: Desk): Signed {
  const { statement, seals } = makeEnvelope({ ...letter, items: [item] }, desk).submission;
  return submitted(statement, { seals });
}

/** What travels with a statement that encloses the items. */
export const enclosing = (items: readonly Item[]) => ({
  items: items.map((item) => item.compact),
  seals: items.flatMap((item) =>
    item.sealed.seals.map((seal) => ({ item: item.digest, kid: seal.kid, bytes: encodeBase64url(seal.bytes) })),
  ),
  bodies: items.map((item) => ({ item: item.digest, bytes: encodeBase64url(item.sealed.body) })),
});

/** What the bilateral profile asks of an opening message. */
export const requestBody = (to: Actor, link: Digest): object => ({
  reciprocity: true,
  intendedRecipients: [],
  alsoRequestedVia: [],
  periodFrom: '2024-01-01',
  periodTo: '2025-12-31',
  links: [{ territory: to.id.slice(0, 2), digest: link }],
});

/**
 * A whole opening message: form item for both sides, envelope.
 * @param says in the body, beside what the profile asks
 */
export async function makeRequest(from: Actor, to: Actor, desk: Desk, over: object = {}, says: object = {}) {
  const item = await makeItem(from, [to, from], `request of ${from.id}`, desk, { itemRole: 'FORM', form: REQUEST_FORM });
  const exchange = uuidFrom(desk.chance);
  const body = { ...requestBody(to, item.digest), ...says };
  return { item, exchange, signed: makeEnvelope({ from, to, exchange, message: 'SUBMIT', items: [item], body, over }, desk) };
}

const said = ({ chance, at }: Desk) => ({ v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at) });

export const makeConsent = (originator: Actor, holder: Actor, to: Actor, items: readonly Digest[], desk: Desk, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-consent+json',
      {
        ...said(desk),
        originator: originator.id,
        holder: holder.id,
        items,
        recipient: { authority: to.id, authorityType: to.type },
        purposes: ['INTELLIGENCE'],
        suites: [to.desk.suite],
        from: formatInstant(plusMs(desk.at, -1_000)),
        until: formatInstant(plusMs(desk.at, 30 * DAY_MS)),
        ...over,
      },
      originator.signing,
    ),
  );

export const makeRevocation = (originator: Actor, holder: Actor, consent: Digest, desk: Desk): Signed =>
  submitted(
    signNow('parley-consent-revocation+json', { ...said(desk), originator: originator.id, holder: holder.id, consent }, originator.signing),
  );

export async function makeRelease(holder: Actor, to: Actor, item: Item, consents: readonly Digest[], desk: Desk, over: object = {}) {
  const seal = await sealContentKey(item.sealed.contentKey, readerOf(to), desk);
  const payload = {
    ...said(desk),
    holder: holder.id,
    to: to.id,
    toType: to.type,
    item: item.digest,
    keyCommitment: item.sealed.keyCommitment,
    seal: seal.digest,
    kid: seal.kid,
    suite: seal.suite,
    purpose: 'INTELLIGENCE',
    legalBasis: 'RECIPROCITY',
    label: item.label,
    labelEpoch: 0,
    basis: { consents },
    until: formatInstant(plusMs(desk.at, 20 * DAY_MS)),
    ...over,
  };
  const seals = [{ item: item.digest, kid: seal.kid, bytes: encodeBase64url(seal.bytes) }];
  return submitted(signNow('parley-release+json', payload, holder.signing), { seals });
}

export const makeAccess = (reader: Actor, item: Digest, via: Digest, desk: Desk, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-access+json',
      { ...said(desk), reader: reader.id, item, via, purpose: 'INTELLIGENCE', justification: 'CASE_WORK', ...over },
      reader.signing,
    ),
  );

export const makeUse = (holder: Actor, item: Digest, desk: Desk, over: object = {}): Signed =>
  submitted(signNow('parley-use+json', { ...said(desk), holder: holder.id, item, purpose: 'INTELLIGENCE', ...over }, holder.signing));

export const makeLabel = (originator: Actor, item: Item, desk: Desk, over: object = {}): Signed =>
  submitted(
    signNow(
      'parley-label+json',
      { ...said(desk), originator: originator.id, item: item.digest, change: 'ADD', label: item.label, ...over },
      originator.signing,
    ),
  );

const answering = (typ: 'parley-deletion+json' | 'parley-inability+json', holder: Actor, item: Digest, desk: Desk, over: object): Signed =>
  submitted(signNow(typ, { ...said(desk), holder: holder.id, item, ...over }, holder.signing));

export const makeDeletion = (holder: Actor, item: Digest, desk: Desk, over: object = {}): Signed =>
  answering('parley-deletion+json', holder, item, desk, { seals: [], ...over });

export const makeInability = (holder: Actor, item: Digest, desk: Desk, over: object = {}): Signed =>
  answering('parley-inability+json', holder, item, desk, { of: 'DELETION', code: 'LEGAL_HOLD', ...over });
