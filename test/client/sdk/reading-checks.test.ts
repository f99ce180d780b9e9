/** Each check of the reader's order by itself: what whoever gave the item signed, and what the log says of when. */
import { expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import type { LoggedAt } from '../../../client/sdk/logged.js';
import {
  checkBasis,
  checkEnvelope,
  checkItem,
  checkLabels,
  checkNotWeakened,
  checkRefusal,
  checkRelease,
  checkSeal,
  checkTold,
  readItem,
  type Envelope,
  type Grant,
  type Item,
  type Release,
} from '../../../client/sdk/reading-order.js';
import { readStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { digestOfBytes } from '../../../crypto/digest.js';
import { signingKeyOf } from '../../../crypto/signing-key.js';
import { digestOf, signStatement } from '../../../crypto/statement.js';
import type { Digest } from '../../../domain/ids.js';
import type { Label } from '../../../domain/label.js';
import type { StatementType } from '../../../domain/statement.js';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { authority, digest, instant, uuid } from '../../support/ids.js';
import { sampleOf } from '../../support/wire.js';

const [ORIGINATOR, HOLDER, READER] = [authority('VG-FIX'), authority('NG-FIA'), authority('NG-EFCX')];
const ABSENT = authority('LI-FIN');
const NOW = instant('2026-06-15T12:00:00.000Z');
const [BEFORE, AFTER] = [plusMs(NOW, -DAY_MS), plusMs(NOW, DAY_MS)];
const keys = new Map([ORIGINATOR, HOLDER].map((of, n) => [of, signingKeyOf(new Uint8Array(32).fill(n + 1))]));
const officerKeys = [...keys].map(([of, { kid, publicKey }]) => {
  const span = { from: instant('2026-01-01T00:00:00Z'), until: instant('2028-01-01T00:00:00Z') };
  return [kid, { authority: of, use: 'signing', publicKey: encodeBase64url(publicKey), ...span }] as const;
});
const view = {
  ...{ doubts: [], pins: {} },
  directory: { authorities: new Map(), officerKeys: new Map(officerKeys), revoked: new Map() },
} as unknown as DirectoryView;

const signed = (typ: StatementType, by: typeof HOLDER, over: object): Promise<string> =>
  signStatement(typ, { ...sampleOf(typ), ...over }, keys.get(by)!);
async function read<T>(compact: string): Promise<T> {
  const one = readStatement(compact);
  if (!one.ok) throw new Error(one.error);
  return one.value as T;
}
const itemOf = async (over: object = {}): Promise<Item> => {
  const sample = sampleOf('parley-item+json') as { readonly label: object };
  return read(await signed('parley-item+json', ORIGINATOR, { ...sample, issuer: ORIGINATOR, kind: 'OWN', ...over }));
};
/** What the log says of when, and where; of all else it says nothing. */
const loggedAt = (...told: readonly (readonly [string, number])[]): LoggedAt => {
  const times = new Map(told);
  const place = (one: string): number | null => (times.has(one) ? [...times.keys()].indexOf(one) : null);
  return Object.assign((one: string) => (times.get(one) ?? NOW) as typeof NOW, { place });
};
const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'HOLDS',
    (error: { code?: string }) => error.code ?? String(error),
  );

interface Given {
  readonly consent?: object;
  readonly by?: typeof HOLDER;
  readonly release?: object;
  readonly saidAt?: typeof NOW;
  readonly loggedAt?: typeof NOW;
  readonly isRefused?: boolean;
  readonly citedFor?: string;
  /** whose the item is, and whose its holder says that it is */
  readonly originators?: readonly string[];
  readonly released?: readonly string[];
}
/** A release on one consent of the item's originator. */
async function basis({
  consent = {},
  by = ORIGINATOR,
  release = {},
  saidAt = NOW,
  loggedAt: at = NOW,
  isRefused,
  citedFor,
  originators = [ORIGINATOR],
  released = originators,
}: Given): Promise<string> {
  const { label } = sampleOf('parley-item+json') as { readonly label: object };
  const item = await itemOf({ form: undefined, label: { ...label, originators } });
  const words = { originator: ORIGINATOR, holder: HOLDER, recipient: { authority: READER, authorityType: 'LAW_ENFORCEMENT' } };
  const span = { from: formatInstant(BEFORE), until: formatInstant(AFTER) };
  const grant = await signed('parley-consent+json', by, { ...words, ...span, items: [item.digest], ...consent });
  const what = { holder: HOLDER, to: READER, toType: 'LAW_ENFORCEMENT', item: item.digest, keyCommitment: item.payload.keyCommitment };
  const consents = [digestOf(grant)];
  const cited = citedFor === undefined ? { consents } : { each: [{ originator: citedFor, consent: consents[0] }] };
  const rest = { basis: cited, at: formatInstant(saidAt), label: { ...label, originators: released }, ...release };
  const given: Release = await read(await signed('parley-release+json', HOLDER, { ...what, ...rest }));
  const log = loggedAt(...(isRefused === true ? [] : [[digestOf(grant), BEFORE] as const]), [given.digest, at]);
  return outcome(checkBasis(given, [grant], item, READER, view, log));
}

it.each<[string, Given, string]>([
  ['that was in force', {}, 'HOLDS'],
  ['that had ended by the holder’s own date', { saidAt: AFTER }, 'CONSENT'],
  ['that had ended when the log took the release, whatever its holder dates it', { loggedAt: AFTER }, 'CONSENT'],
  ['that had not begun when the log took the release', { loggedAt: plusMs(BEFORE, -1) }, 'CONSENT'],
  ['of another item', { consent: { items: [digest('other')] } }, 'CONSENT'],
  ['for another purpose', { consent: { purposes: ['TAX'] } }, 'CONSENT'],
  ['to another reader', { consent: { recipient: { authority: 'LI-FIN', authorityType: 'LAW_ENFORCEMENT' } } }, 'CONSENT'],
  ['that its holder signed for it', { by: HOLDER }, 'CONSENT'],
  ['that the rules refused', { isRefused: true }, 'CONSENT'],
  ['that it cites for it', { citedFor: ORIGINATOR }, 'HOLDS'],
  ['that it cites for another', { citedFor: 'LI-FIN' }, 'CONSENT'],
  ['that it does not cite', { release: { basis: { consents: [digest('other')] } } }, 'CONSENT'],
  ['of one originator where there is another', { originators: [ABSENT, ORIGINATOR], released: [ORIGINATOR] }, 'CONSENT'],
  ['of one originator where its holder names another', { released: [ABSENT, ORIGINATOR] }, 'CONSENT'],
  ['where its reader is another originator', { originators: [READER, ORIGINATOR] }, 'HOLDS'],
  [
    'that is none: a public record, says its holder of what is no such thing',
    { release: { basis: { exemption: 'PUBLIC_RECORD' } } },
    'CONSENT',
  ],
  ['sealed anew by another', { release: { basis: { reseal: true } } }, 'CONSENT'],
])('a release on a consent %s', async (_, given, verdict) => {
  expect(await basis(given)).toBe(verdict);
});

it('counts the consents that a release cites, and none that the gateway shows besides', async () => {
  const item = await itemOf({ form: undefined });
  const words = { originator: ORIGINATOR, holder: HOLDER, recipient: { authority: READER, authorityType: 'LAW_ENFORCEMENT' } };
  const span = { from: formatInstant(BEFORE), until: formatInstant(AFTER), items: [item.digest] };
  const [one, other] = await Promise.all([1, 2].map((n) => signed('parley-consent+json', ORIGINATOR, { ...words, ...span, id: uuid(n) })));
  const what = { holder: HOLDER, to: READER, toType: 'LAW_ENFORCEMENT', item: item.digest, at: formatInstant(NOW) };
  const label = { ...item.payload.label, originators: [ORIGINATOR] };
  const given: Release = await read(await signed('parley-release+json', HOLDER, { ...what, label, basis: { consents: [digestOf(one!)] } }));
  const log = loggedAt(...[one!, other!].map((grant) => [digestOf(grant), BEFORE] as const), [given.digest, NOW]);
  const grants = await checkBasis(given, [one!, other!], item, READER, view, log);
  expect(grants.map((grant) => grant.digest)).toEqual([digestOf(one!)]);
});

it('believes nothing of an authority that nobody compared, whoever it says it is', async () => {
  const doubtful = (of: typeof HOLDER) =>
    ({ ...view, doubts: [{ authority: of, why: 'never compared', isAlarm: false }] }) as DirectoryView;
  const item = await itemOf({ form: undefined });
  const shown = (of: typeof HOLDER): Promise<string> =>
    outcome(Promise.resolve().then(() => readItem(item.compact, item.digest, doubtful(of))));
  expect([await shown(HOLDER), await shown(ORIGINATOR)]).toEqual(['HOLDS', 'ENTRY_NOT_BELIEVED']);
  const words = { holder: HOLDER, to: READER, item: item.digest, keyCommitment: item.payload.keyCommitment };
  const release = await signed('parley-release+json', HOLDER, words);
  const released = (of: typeof HOLDER) => outcome(checkRelease(release, digestOf(release) as Digest, item, READER, doubtful(of), NOW));
  expect([await released(ORIGINATOR), await released(HOLDER)]).toEqual(['HOLDS', 'ENTRY_NOT_BELIEVED']);
});

it('believes an item that is the one asked for, by a key that was good, or that its issuer stands by', async () => {
  const item = await itemOf();
  expect(() => readItem(item.compact, digest('other'), view)).toThrow(expect.objectContaining({ code: 'ITEM_STATEMENT' }) as Error);
  const ended = instant('2029-01-01T00:00:00Z');
  const check = (at: typeof NOW, by: Parameters<typeof checkItem>[3] = {}, one = item) => outcome(checkItem(one, view, at, by));
  expect([await check(NOW), await check(ended)]).toEqual(['HOLDS', 'ITEM_STATEMENT']);
  const envelope = await read<Envelope>(await signed('parley-envelope+json', ORIGINATOR, { from: ORIGINATOR, to: READER }));
  expect(await check(ended, { envelope })).toBe('HOLDS');
  const consents = (over: object) =>
    Promise.all([signed('parley-consent+json', ORIGINATOR, { originator: ORIGINATOR, items: [item.digest], ...over }).then(read<Grant>)]);
  expect(await check(ended, { consents: await consents({}) })).toBe('HOLDS');
  expect(await check(ended, { consents: await consents({ items: [digest('other')] }) })).toBe('ITEM_STATEMENT');
  expect(await check(ended, { consents: await consents({ originator: HOLDER }) })).toBe('ITEM_STATEMENT');
  // enclosed again or not: another’s key never made it
  const forged = await read<Item>(
    await signed('parley-item+json', HOLDER, { ...(sampleOf('parley-item+json') as object), issuer: ORIGINATOR }),
  );
  expect([await check(NOW, {}, forged), await check(ended, { envelope }, forged)]).toEqual(['ITEM_STATEMENT', 'ITEM_STATEMENT']);
});

it('believes a release of this item and key to this reader', async () => {
  const item = await itemOf();
  const words = { holder: HOLDER, to: READER, item: item.digest, keyCommitment: item.payload.keyCommitment };
  const check = async (over: object): Promise<string> => {
    const release = await signed('parley-release+json', HOLDER, { ...words, ...over });
    return outcome(checkRelease(release, digestOf(release) as Digest, item, READER, view, NOW));
  };
  expect(await check({})).toBe('HOLDS');
  for (const over of [{ to: 'LI-FIN' }, { item: digest('other') }, { keyCommitment: digest('other') }, { holder: ORIGINATOR }])
    expect(await check(over), JSON.stringify(over)).toBe('RELEASE');
});

it('believes an envelope that is its own, and carries what its sender issued', async () => {
  const item = await itemOf();
  const check = async (over: object, me = READER, by = ORIGINATOR): Promise<string> => {
    const envelope = await signed('parley-envelope+json', by, {
      from: ORIGINATOR,
      to: READER,
      items: [item.digest],
      seals: [],
      ...over,
    });
    return outcome(checkEnvelope(envelope, digestOf(envelope) as Digest, item, me, view, NOW));
  };
  expect(await check({})).toBe('HOLDS');
  expect(await check({}, ORIGINATOR)).toBe('HOLDS');
  expect(await check({}, HOLDER)).toBe('ENVELOPE');
  expect(await check({ from: HOLDER }, READER, HOLDER)).toBe('ENVELOPE');
  for (const over of [{ items: [digest('other')] }, { from: HOLDER }]) expect(await check(over), JSON.stringify(over)).toBe('ENVELOPE');
});

it('takes labels in the order of the log, from whose item it is, and none less than were told of', async () => {
  const item = await itemOf();
  const change = (n: number, by = ORIGINATOR, over: object = {}) => {
    const words = { originator: by, item: item.digest, id: `00000000-0000-4000-8000-00000000000${n}` };
    return signed('parley-label+json', by, { ...words, ...over });
  };
  const [first, second, foreign, false_, ofAnother, unlogged] = await Promise.all([
    change(1),
    change(2),
    change(3, HOLDER),
    change(4, HOLDER, { originator: ORIGINATOR }),
    change(5, ORIGINATOR, { item: digest('other') }),
    change(6),
  ]);
  const logged = [first!, second!, foreign!, false_!, ofAnother!];
  const log = loggedAt(...logged.map((one) => [digestOf(one), BEFORE] as const));
  const check = (...told: string[]): Promise<string> => outcome(checkLabels(item, told, view, log, 1));
  expect(await check(first!, second!)).toBe('HOLDS');
  for (const told of [[], [second!, first!], [first!, first!]]) expect(await check(...told)).toBe('LABEL');
  for (const wrong of [foreign!, false_!, ofAnother!, unlogged!]) expect(await check(first!, wrong)).toBe('LABEL');
  expect(() =>
    checkTold(
      [first!],
      [first!, second!].map((one) => digestOf(one) as Digest),
    ),
  ).toThrow(expect.objectContaining({ code: 'LABEL' }) as Error);
  const retracted = await change(7, ORIGINATOR, { change: 'RETRACT', label: undefined });
  const then = loggedAt([digestOf(retracted), BEFORE]);
  expect(await outcome(checkLabels(item, [retracted], view, then, 1))).toBe('ITEM_RETRACTED');
  expect(await outcome(checkLabels(item, [retracted], view, then, 1, true))).toBe('HOLDS');
  expect(() => checkTold([first!], [digestOf(first!) as Digest])).not.toThrow();
});

it('takes the seal that was signed to its key for that very item, and no other', async () => {
  const item = await itemOf();
  const [bytes, others] = [Uint8Array.of(1), Uint8Array.of(2)];
  const context = { identity: { desks: [{ keys: [{ kid: 'old' }] }, { keys: [{ kid: 'mine' }] }] } } as unknown as ClientContext;
  const seal = digestOfBytes(bytes);
  const check = (given: Parameters<typeof checkSeal>[0], signedSeals: Parameters<typeof checkSeal>[1]): Promise<string> =>
    outcome(Promise.resolve().then(() => checkSeal(given, signedSeals, context)));
  const mine = { kid: 'mine', bytes };
  expect(checkSeal([{ kid: 'foreign', bytes: others }, mine], [{ kid: 'mine', seal }], context)).toEqual({ key: { kid: 'mine' }, bytes });
  expect(await check([{ kid: 'old', bytes }], [{ kid: 'old', seal }])).toBe('HOLDS');
  expect(await check([mine], [{ kid: 'mine', seal: digestOfBytes(others) }])).toBe('SEAL');
  expect(await check([mine], [{ kid: 'old', seal }])).toBe('SEAL');
  expect(await check([{ kid: 'foreign', bytes }], [{ kid: 'foreign', seal }])).toBe('SEAL');
  // an envelope signs the seals of all its items: another one's is none of this
  const seals = [item.digest, digest('other')].map((of, n) => ({ item: of, kid: digest('mine'), seal: digestOfBytes(Uint8Array.of(n)) }));
  const words = { from: ORIGINATOR, to: READER, items: [item.digest, digest('other')], seals };
  const envelope = await signed('parley-envelope+json', ORIGINATOR, words);
  const given = await checkEnvelope(envelope, digestOf(envelope) as Digest, item, READER, view, NOW);
  expect(given.seals).toEqual([seals[0]]);
});

it('believes a refusal whose text the item is, of whoever issued it, to this authority or by it', async () => {
  const item = await itemOf();
  const check = async (over: object, me = READER, by = ORIGINATOR): Promise<string> => {
    const words = { originator: ORIGINATOR, holder: READER, text: item.digest, seals: [] };
    const refusal = await signed('parley-consent-refusal+json', by, { ...words, ...over });
    return outcome(checkRefusal(refusal, digestOf(refusal) as Digest, item, me, view, NOW));
  };
  expect([await check({}), await check({}, ORIGINATOR)]).toEqual(['HOLDS', 'HOLDS']);
  expect(await check({}, authority('LI-FIN'))).toBe('REFUSAL');
  expect(await check({ text: digest('other') })).toBe('REFUSAL');
  expect(await check({ originator: HOLDER }, READER, HOLDER)).toBe('REFUSAL');
  expect(await check({}, READER, HOLDER)).toBe('REFUSAL');
});

it('takes a release under the label that stood when its holder looked, and under no weaker one', async () => {
  const item = await itemOf();
  const stated: Label = { ...item.payload.label, tlp: 'AMBER' };
  const tightened: Label = { ...stated, tlp: 'RED' };
  const labels = { label: tightened, labelEpoch: 1, labels: [stated, tightened], changes: [] };
  const check = async (labelEpoch: number, label: Label): Promise<string> => {
    const release: Release = await read(await signed('parley-release+json', HOLDER, { labelEpoch, label }));
    return outcome(Promise.resolve().then(() => checkNotWeakened(release, labels)));
  };
  expect([await check(0, stated), await check(1, tightened), await check(0, tightened)]).toEqual(['HOLDS', 'HOLDS', 'HOLDS']);
  expect(await check(1, stated)).toBe('RELEASE');
  expect(await check(0, { ...stated, tlp: 'GREEN' })).toBe('RELEASE');
});
