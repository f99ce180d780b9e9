/**
 * A reading whose every byte the test makes: statements under a key each, receipts under the log's own, and what a gateway answers with. It holds
 * in every check until the test changes one thing, also what no honest gateway would have let in.
 */
import type { ClientContext } from '../../../client/sdk/context.js';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import { PolicyRefusal } from '../../../client/sdk/error.js';
import { createIdentity, readIdentity, writeIdentity, type Identity } from '../../../client/sdk/identity.js';
import { createMemoryKeyStore, type KeyStore } from '../../../client/sdk/index.js';
import { openItem, type Opened, type ReadingRequest } from '../../../client/sdk/open.js';
import type { Item } from '../../../client/sdk/reading-order.js';
import { readStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import { sealItem } from '../../../crypto/seal.js';
import { signingKeyOf } from '../../../crypto/signing-key.js';
import { digestOf, signStatement } from '../../../crypto/statement.js';
import { parseOfficerId, type AuthorityId, type Digest, type ExchangeId, type KeyId } from '../../../domain/ids.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { certain } from '../../../domain/result.js';
import type { Statement, StatementType } from '../../../domain/statement.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../../domain/time.js';
import { authority, desk, digest, instant, uuid } from '../../support/ids.js';
import { sampleOf } from '../../support/wire.js';
import { createChance } from '../../support/world.js';
import { receiptBy } from './receipts.js';

export const [ORIGINATOR, HOLDER, READER] = [authority('VG-FIX'), authority('NG-FIA'), authority('NG-EFCX')];
export const NOW = instant('2026-06-15T12:00:00.000Z');
/** when the log took in what gave the item */
export const GIVEN = plusMs(NOW, -DAY_MS);
const LOG = 'parley.test/log';

/** Each of another officer. */
const SIGNERS = { item: ORIGINATOR, envelope: ORIGINATOR, refusal: ORIGINATOR, consent: ORIGINATOR, label: ORIGINATOR, source: ORIGINATOR };
const OF = { ...SIGNERS, release: HOLDER, second: HOLDER } satisfies Record<string, AuthorityId>;
export type Signer = keyof typeof OF;
const keys = new Map((Object.keys(OF) as Signer[]).map((name, n) => [name, signingKeyOf(new Uint8Array(32).fill(n + 1))]));
export const kidOf = (signer: Signer): KeyId => keys.get(signer)!.kid;
const log = signingKeyOf(new Uint8Array(32).fill(99));

export const signed = (typ: StatementType, by: Signer, over: object): Promise<string> =>
  signStatement(typ, { ...sampleOf(typ), ...over }, keys.get(by)!);
const read = (compact: string): Statement => certain(readStatement(compact));

/** What one thing is changed in. */
export interface Changed {
  readonly text?: string | Uint8Array;
  readonly item?: object;
  readonly itemBy?: Signer;
  /** of the statement that gives it */
  readonly via?: object;
  readonly consent?: object;
  /** what was said of the item, and of what it is made from, in the order of the log */
  readonly labels?: readonly object[];
  /** in the log, the first of them: the reading stands at 50 */
  readonly placed?: number;
  readonly sources?: readonly object[];
  readonly sourcesBy?: Signer;
  /** the other seal is the one that whoever gave it signed */
  readonly isOtherSeal?: boolean;
  /** what is sealed to it, and signed so, is no seal */
  readonly isUnopenable?: boolean;
  /** the log's word on what gave it, and on the reading; null: it says none */
  readonly taken?: Partial<ReceiptBody> | null;
  readonly access?: Partial<ReceiptBody>;
  /** keys that ended */
  readonly until?: Partial<Record<Signer, Instant>>;
  readonly doubtful?: readonly Signer[];
  readonly doubts?: readonly AuthorityId[];
  readonly request?: Partial<ReadingRequest>;
  readonly store?: KeyStore;
  /** besides what gave it, what the gateway shows when it is asked for */
  readonly shown?: readonly string[];
  /** before the gateway answers anything itself; undefined: it answers as ever */
  readonly meanwhile?: (path: string, stated: readonly string[]) => Promise<unknown>;
}

interface Answer {
  labels: string[];
  sourceLabels: string[];
  receipts: { body: string }[];
  body: { bytes: string };
}

export interface MadeUp {
  readonly context: ClientContext;
  readonly item: Item;
  readonly exchange: ExchangeId;
  /** digests of what was stated, and of which keys the gateway was asked */
  readonly stated: string[];
  readonly askedKeys: string[];
  /** of each label statement about the item */
  readonly labels: readonly Digest[];
  readonly consent: Digest;
  receipt(compact: string, over?: Partial<ReceiptBody>): ReturnType<typeof receiptBy>;
  /** @param change of the answer that comes */
  open(change?: (answer: Answer) => void): Promise<Opened>;
}

type Way = 'envelope' | 'release' | 'refusal';

export async function madeUp(way: Way, changed: Changed = {}): Promise<MadeUp> {
  const { store = createMemoryKeyStore(), text = 'What a person is to read.' } = changed;
  const chance = createChance(1);
  const wanted = { authority: READER, officer: certain(parseOfficerId('o.1')), desk: desk('INTAKE'), suites: ['age-x25519-1'] as const };
  const identity = await readerIn(store, () => createIdentity(wanted, chance, GIVEN));
  const [reader] = identity.desks[0]!.keys;
  const name = { id: uuid(1), issuer: ORIGINATOR, format: 'age' } as const;
  const plaintext = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { body, seals, keyCommitment, ciphertext, size } = await sealItem(name, plaintext, [reader!], { chance, at: GIVEN });
  const { form: _, ...sample } = sampleOf('parley-item+json') as { readonly form: object; readonly label: object };
  const facts = { ...sample, ...name, itemRole: 'TEXT', keyCommitment, ciphertext, size, ...changed.item };
  const itemText = await signed('parley-item+json', changed.itemBy ?? 'item', facts);
  const item = read(itemText) as Item;
  const bytes = changed.isUnopenable === true ? Uint8Array.of(1) : seals[0]!.bytes;
  const seal = { kid: seals[0]!.kid, seal: digestOfBytes(changed.isOtherSeal === true ? Uint8Array.of(2) : bytes) };

  const span = { from: formatInstant(plusMs(GIVEN, -DAY_MS)), until: formatInstant(plusMs(NOW, DAY_MS)) };
  const recipient = { authority: READER, authorityType: 'LAW_ENFORCEMENT' };
  const consent = await signed('parley-consent+json', 'consent', {
    ...{
      originator: ORIGINATOR,
      holder: HOLDER,
      recipient,
      purposes: ['INTELLIGENCE'],
      items: [item.digest],
      suites: ['age-x25519-1'],
      ...span,
    },
    ...changed.consent,
  });
  const of = (one: object, n: number, about: string, by: Signer) =>
    signed('parley-label+json', by, { originator: ORIGINATOR, item: about, id: uuid(10 + n), ...one });
  const labels = await Promise.all((changed.labels ?? []).map((one, n) => of(one, n, item.digest, 'label')));
  const sources = await Promise.all(
    (changed.sources ?? []).map((one, n) => of(one, 100 + n, digest('source'), changed.sourcesBy ?? 'source')),
  );
  const vias = {
    envelope: () =>
      signed('parley-envelope+json', 'envelope', {
        ...{ from: ORIGINATOR, to: READER, items: [item.digest], seals: [{ item: item.digest, ...seal }] },
        ...changed.via,
      }),
    release: () =>
      signed('parley-release+json', 'release', {
        ...{ holder: HOLDER, to: READER, toType: 'LAW_ENFORCEMENT', item: item.digest, keyCommitment: item.payload.keyCommitment, ...seal },
        ...{ suite: 'age-x25519-1', purpose: 'INTELLIGENCE', label: facts.label, basis: { consents: [digestOf(consent)] } },
        ...{ at: formatInstant(GIVEN), ...changed.via },
      }),
    refusal: () =>
      signed('parley-consent-refusal+json', 'refusal', {
        ...{ originator: ORIGINATOR, holder: READER, text: item.digest, seals: [{ item: item.digest, ...seal }], ...changed.via },
      }),
  };
  const via = await vias[way]();
  const receipt = (compact: string, over: Partial<ReceiptBody> = {}) =>
    receiptBy(log, {
      ...{ v: 1, log: LOG, statement: digestOf(compact), stage: 'accepted', outcome: 'ALLOW', index: 5, leaf: digest('leaf') },
      ...{ version: 0, at: formatInstant(GIVEN), proofDelayMsMax: 1_000, ...over },
    } as ReceiptBody);
  const later = [...labels, ...sources].map((one, n) => receipt(one, { index: (changed.placed ?? 6) + n }));
  const taken = changed.taken === null ? [] : [receipt(via, changed.taken)];
  const shown = (changed.shown ?? []).map((one, n) => receipt(one, { index: 1 + n }));
  const receipts = await Promise.all([...shown, ...taken, receipt(consent, { index: 4 }), ...later]);
  const [stated, askedKeys, statements] = [[] as string[], [] as string[], new Map<string, string>()];
  for (const one of [...(way === 'refusal' ? [via] : []), ...(changed.shown ?? [])]) statements.set(`/v1/statements/${digestOf(one)}`, one);
  let changing: ((answer: Answer) => void) | undefined;
  const door = {
    async get(path: string): Promise<unknown> {
      const other = await changed.meanwhile?.(path, stated);
      if (other !== undefined) return other;
      if (path.startsWith('/v1/inbox')) return { entries: [] };
      if (path.startsWith('/v1/directory/keys/')) askedKeys.push(path.split('/').at(-1)!);
      const statement = statements.get(path);
      if (statement === undefined) throw new PolicyRefusal('NOT_FOUND', 'It is not there.', 404, [], null);
      return { statement, items: [], receipt: await receipt(statement) };
    },
    async post(path: string, submission: Uint8Array): Promise<unknown> {
      await changed.meanwhile?.(path, stated);
      const { statement } = JSON.parse(new TextDecoder().decode(submission)) as { readonly statement: string };
      stated.push(digestOf(statement));
      const given =
        way === 'release' ? { release: via, consents: [consent] } : way === 'envelope' ? { envelope: via, consents: [] } : { consents: [] };
      const answer = {
        ...{
          receipt: await receipt(statement, { index: 50, at: formatInstant(NOW), ...changed.access }),
          item: itemText,
          ...given,
          labels: [...labels],
          receipts: [...receipts],
        },
        ...{ seals: [{ kid: seal.kid, bytes: encodeBase64url(bytes) }], sourceLabels: [...sources] },
        body: { bytes: encodeBase64url(body) },
      };
      changing?.(answer);
      return answer;
    },
  };
  const directory = () => Promise.resolve(viewOf(changed));
  const clock = { now: () => NOW };
  const context = {
    door,
    store,
    clock,
    chance,
    identity,
    gateway: { origin: LOG, publicKey: log.publicKey },
    directory,
  } as unknown as ClientContext;
  const asked = { item: item.digest, via: digestOf(via), purpose: 'INTELLIGENCE', justification: 'CASE_WORK', ...changed.request } as const;
  const told = labels.map((one) => digestOf(one) as Digest);
  const { exchange } = sampleOf('parley-envelope+json') as { readonly exchange: ExchangeId };
  const open = (change?: (answer: Answer) => void) => {
    changing = change;
    return openItem(context, asked);
  };
  return { context, item, exchange, stated, askedKeys, labels: told, consent: digestOf(consent) as Digest, receipt, open };
}

/** Whoever reads twice is the same one. */
async function readerIn(store: KeyStore, create: () => Promise<Identity>): Promise<Identity> {
  if ((await store.read('identity')) === null) await writeIdentity(store, await create());
  return readIdentity(store);
}

/** No entry lists their keys any more, so that each is asked for. */
function viewOf({ until = {}, doubtful = [], doubts = [] }: Changed): DirectoryView {
  const span = { from: plusMs(NOW, -30 * DAY_MS), until: plusMs(NOW, 30 * DAY_MS) };
  const officerKeys = [...keys].map(([signer, { kid, publicKey }]) => {
    const key = { authority: OF[signer], use: 'signing', publicKey: encodeBase64url(publicKey), from: span.from };
    return [kid, { ...key, until: until[signer] ?? span.until }] as const;
  });
  const revoked = doubtful.map((signer) => [kidOf(signer), { at: span.until, reason: 'COMPROMISED', doubtfulSince: GIVEN }] as const);
  const directory = { authorities: new Map(), officerKeys: new Map(officerKeys), revoked: new Map(revoked), roots: new Map() };
  const seen = doubts.map((one) => ({ authority: one, why: 'never compared', isAlarm: false }));
  return { doubts: seen, pins: {}, directory } as unknown as DirectoryView;
}
