/** What is asked of an answer before anything of it is shown, each thing by itself: it holds in all others. */
import { describe, expect, it } from 'vitest';
import { PolicyRefusal } from '../../../client/sdk/error.js';
import { readHolding } from '../../../client/sdk/holding.js';
import { createMemoryKeyStore } from '../../../client/sdk/index.js';
import { readRecord } from '../../../client/sdk/key-store.js';
import { keepOtherSide } from '../../../client/sdk/other-side.js';
import { keepShown } from '../../../client/sdk/told.js';
import { discloseForm } from '../../../crypto/disclosure.js';
import { padForm } from '../../../crypto/form.js';
import { digestOf } from '../../../crypto/statement.js';
import type { ExchangeId } from '../../../domain/ids.js';
import { HOUR_MS, plusMs } from '../../../domain/time.js';
import { digest, uuid } from '../../support/ids.js';
import { sampleOf } from '../../support/wire.js';
import { createChance } from '../../support/world.js';
import { GIVEN, HOLDER, kidOf, madeUp, NOW, ORIGINATOR, READER, signed, type Changed } from './made-up-reading.js';

const outcome = async (way: Parameters<typeof madeUp>[0], changed: Changed): Promise<string> =>
  (await madeUp(way, changed)).open().then(
    ({ content }) => (content.role === 'TEXT' ? content.text : content.role),
    (error: { code?: string }) => error.code ?? String(error),
  );
const SHOWN = 'What a person is to read.';
const { label } = sampleOf('parley-item+json') as { readonly label: { readonly caveats: readonly object[] } };
const BEFORE = plusMs(GIVEN, -HOUR_MS);
const quorum = digest('quorum');

it.each(['envelope', 'release', 'refusal'] as const)('what holds in every check is shown: by %s', async (way) => {
  const { open, stated } = await madeUp(way);
  const { content, doubts, revoked, tokens, access } = await open();
  expect([content, doubts, revoked, tokens]).toEqual([{ role: 'TEXT', text: SHOWN }, [], [], []]);
  expect(stated).toEqual([access.digest]);
});

it.each<[string, 'envelope' | 'release', Changed, string]>([
  ['an item that its issuer did not sign', 'envelope', { itemBy: 'release' }, 'ITEM_STATEMENT'],
  ['an item that the log took in nothing to give', 'release', { taken: null }, 'RECEIPT'],
  ['an item that the rules did not let be given', 'release', { taken: { stage: 'refused', outcome: 'DENY' } }, 'RECEIPT'],
  ['an item under a seal that its sender did not sign', 'envelope', { isOtherSeal: true }, 'SEAL'],
  ['an item under a seal that its holder did not sign', 'release', { isOtherSeal: true }, 'SEAL'],
  ['an item under a weaker label', 'release', { via: { label: { ...label, caveats: [] } } }, 'RELEASE'],
  ['an item of which its holder knew more labels', 'release', { via: { labelEpoch: 1 } }, 'LABEL'],
  ['an item of which a reading was refused', 'envelope', { access: { outcome: 'DENY' } }, 'RECEIPT'],
  [
    'an item of another case than its quorum was asked for',
    'envelope',
    { request: { quorum, exchange: 'other' as ExchangeId } },
    'QUORUM_CASE',
  ],
  ['an item that was taken back', 'release', { labels: [{ change: 'RETRACT', label: undefined }] }, 'ITEM_RETRACTED'],
  [
    'an item that was taken back, to clear an accused of whom no notice tells',
    'release',
    { labels: [{ change: 'RETRACT', label: undefined }], via: { purpose: 'EXCULPATORY' }, consent: { purposes: ['EXCULPATORY'] } },
    'ITEM_RETRACTED',
  ],
  ['an item made from what was taken back', 'release', { sources: [{ change: 'RETRACT', label: undefined }] }, 'ITEM_RETRACTED'],
])('shows nothing of %s', async (_what, way, changed, code) => {
  expect(await outcome(way, changed)).toBe(code);
});

it('shows nothing where a receipt is false, or what was said of a source is unlogged, of the item itself or nobody’s word on it', async () => {
  const [said, foreign] = [
    { change: 'ADD', label },
    { change: 'ADD', label, originator: HOLDER },
  ];
  const { open } = await madeUp('envelope', { labels: [said], sources: [said] });
  expect((await open()).labelEpoch).toBe(1);
  const falsified = open((answer) => void answer.receipts.push({ ...answer.receipts[0]!, body: '{}' }));
  await expect(falsified).rejects.toMatchObject({ check: 'RECEIPT' });
  await expect(open((answer) => void answer.receipts.pop())).rejects.toMatchObject({ check: 'LABEL' });
  await expect(open((answer) => void answer.sourceLabels.push(...answer.labels))).rejects.toMatchObject({ check: 'LABEL' });
  expect(await outcome('envelope', { sources: [foreign], sourcesBy: 'release' })).toBe('LABEL');
});

it('judges keys by when the log took in what was signed: its signer may have left since', async () => {
  const since = plusMs(GIVEN, HOUR_MS);
  expect(await outcome('envelope', { until: { item: since, envelope: since } })).toBe(SHOWN);
  expect(await outcome('release', { until: { item: since, release: since, consent: since } })).toBe(SHOWN);
  // what left before is its issuer’s word still where that names it in a consent, and not where nobody does
  expect(await outcome('release', { until: { item: BEFORE } })).toBe(SHOWN);
  expect(await outcome('refusal', { until: { item: BEFORE } })).toBe('ITEM_STATEMENT');
  expect(await outcome('refusal', { until: { item: since, refusal: since } })).toBe(SHOWN);
  const { sd, disclosures } = discloseForm({ facts: 'A fact.' }, 1, createChance(2));
  const form = { schema: 'FIU_REQUEST_1', present: [], _sd: [...sd] };
  const original = await signed('parley-item+json', 'source', { ...(sampleOf('parley-item+json') as object), issuer: ORIGINATOR, form });
  const item = { itemRole: 'FORM', form, derivedFrom: [digestOf(original)] };
  const text = padForm({ original, disclosures: [...disclosures.values()] });
  expect(await outcome('envelope', { text, item, until: { source: since } })).toBe('FORM');
  expect(await outcome('envelope', { text, item, until: { source: BEFORE } })).toBe('ITEM_STATEMENT');
});

it('looks for the key of whoever signed any of it, which no entry may list any more', async () => {
  const asked = async (way: Parameters<typeof madeUp>[0], changed: Changed = {}) => {
    const { open, askedKeys } = await madeUp(way, changed);
    await open();
    return new Set(askedKeys);
  };
  const released = await asked('release', { labels: [{ change: 'ADD', label }], sources: [{ change: 'ADD', label }] });
  expect(released).toEqual(new Set((['item', 'release', 'consent', 'label', 'source'] as const).map(kidOf)));
  expect(await asked('envelope')).toEqual(new Set([kidOf('item'), kidOf('envelope')]));
  expect(await asked('refusal')).toEqual(new Set([kidOf('item'), kidOf('refusal')]));
});

it('marks each signature that its way rests on and that may be another’s', async () => {
  const marked = async (way: Parameters<typeof madeUp>[0], doubtful: Changed['doubtful'] & object) =>
    (await (await madeUp(way, { doubtful })).open()).doubts.map(({ kid }) => kid);
  for (const one of ['item', 'release', 'consent'] as const) expect(await marked('release', [one])).toEqual([kidOf(one)]);
  for (const one of ['item', 'envelope'] as const) expect(await marked('envelope', [one])).toEqual([kidOf(one)]);
});

it('shows by which caveats its reader is bound, and which of them the holder added to the item’s own', async () => {
  const added = { code: 'NO_EXPORT', by: HOLDER };
  const { open, context, item } = await madeUp('release', { via: { label: { ...label, caveats: [...label.caveats, added] } } });
  const opened = await open();
  expect([opened.label.caveats, opened.itemLabel.caveats]).toEqual([expect.arrayContaining([added]), expect.not.arrayContaining([added])]);
  expect((await readHolding(context.store, item.digest)).label.caveats).toContainEqual(added);
});

it('tells which of the consents have ended, as its inbox told', async () => {
  const store = createMemoryKeyStore();
  const { open, consent } = await madeUp('release', { store });
  await keepShown(store, consent, [digest('revocation')]);
  expect((await open()).revoked).toEqual([consent]);
});

it('says of a reason that it is none where one is owed, and asks none of what is handed on', async () => {
  const tokensOf = async (way: Parameters<typeof madeUp>[0]) => (await (await madeUp(way, { text: '-' })).open()).tokens;
  expect([await tokensOf('refusal'), await tokensOf('release')]).toEqual([['text'], []]);
});

it('remembers with whom the exchange is', async () => {
  const { open, context, exchange } = await madeUp('envelope');
  await open();
  await keepOtherSide(context.store, exchange, ORIGINATOR);
  await expect(keepOtherSide(context.store, exchange, READER)).rejects.toMatchObject({ code: 'OTHER_SIDE_CHANGED' });
});

it('names the exchange in which it is said that a seal does not open, where there is one', async () => {
  const { open, exchange } = await madeUp('envelope', { isUnopenable: true });
  const next = expect.stringContaining(`parley reply ${exchange} UNDECIPHERABLE`) as string;
  await expect(open()).rejects.toMatchObject({ check: 'SEAL_UNOPENABLE', next });
  const released = await madeUp('release', { isUnopenable: true });
  await expect(released.open()).rejects.toMatchObject({ check: 'SEAL_UNOPENABLE', next: expect.not.stringContaining('reply') as string });
});

it('demands what an earlier reading showed: as many labels, and the same ones', async () => {
  const [one, other] = [
    { change: 'ADD', label, id: uuid(31) },
    { change: 'ADD', label, id: uuid(32) },
  ];
  for (const request of [{}, { quorum }]) {
    const store = createMemoryKeyStore();
    const labels = [one, other];
    const first = await madeUp('envelope', { store, labels, request });
    await first.open();
    for (const kept of [[], [0], [1]])
      await expect(first.open((answer) => void (answer.labels = kept.map((n) => answer.labels[n]!)))).rejects.toMatchObject({
        check: 'LABEL',
      });
    expect((await first.open()).labelEpoch).toBe(2);
  }
  const store = createMemoryKeyStore();
  const reading = await madeUp('envelope', { store, labels: [one, other] });
  await reading.open((answer) => void answer.labels.pop());
  await expect(reading.open((answer) => void answer.labels.shift())).rejects.toMatchObject({ check: 'LABEL' });
});

it('is to prove its reading to every other originator of then: whom the label named before it in the log, or as far as its inbox told', async () => {
  const named = { labels: [{ change: 'ADD', label: { ...label, originators: [HOLDER, ORIGINATOR] } }] };
  const owedTo = async (changed: Changed, isTold = false) => {
    const { open, context, item, labels, stated } = await madeUp('envelope', changed);
    if (isTold) await keepShown(context.store, item.digest, labels);
    await open();
    return ((await readRecord(context.store, `proofs/${stated[0]}`)) as { readonly originators: readonly string[] }).originators;
  };
  expect(await owedTo({ item: { label: { ...label, originators: [ORIGINATOR, READER] } } })).toEqual([ORIGINATOR]);
  expect(await owedTo(named)).toEqual([ORIGINATOR, HOLDER]);
  expect(await owedTo({ ...named, placed: 60 })).toEqual([ORIGINATOR]);
  expect(await owedTo({ ...named, placed: 60 }, true)).toEqual([ORIGINATOR, HOLDER]);
});

it('demands nothing that its inbox told of after it was asked', async () => {
  const { open, context, item, labels } = await madeUp('envelope', {
    labels: [{ change: 'ADD', label }],
    meanwhile: async (path) => (path === '/v1/access' ? keepShown(context.store, item.digest, labels) : undefined),
  });
  expect((await open((answer) => void answer.labels.pop())).labelEpoch).toBe(0);
});

describe('a release by a notice', () => {
  const RETRACTED = [{ change: 'RETRACT', label: undefined }];
  /** @param second who approves it */
  async function told(second: 'release' | 'second', purpose: string, changed: Changed = {}): Promise<string> {
    const { item } = await madeUp('release', changed);
    const way = purpose === 'EXCULPATORY' ? {} : { way: 'LEGAL_OBLIGATION', reason: 'COURT_ORDER' };
    const recipient = { authority: READER, authorityType: 'LAW_ENFORCEMENT' };
    const notice = await signed('parley-notice+json', 'release', { holder: HOLDER, item: item.digest, recipient, purpose, ...way });
    const approval = await signed('parley-approval+json', second, { authority: HOLDER, notice: digestOf(notice) });
    const via = { purpose, basis: { notices: [digestOf(notice)], approvals: [digestOf(approval)] } };
    return outcome('release', { ...changed, via, shown: [notice, approval], request: { purpose: purpose as 'EXCULPATORY' } });
  }

  it('is shown where two persons signed it, and not where one did', async () => {
    expect([await told('second', 'EXCULPATORY'), await told('release', 'EXCULPATORY')]).toEqual([SHOWN, 'NOTICE']);
  });

  it('outlives a retraction where it clears an accused, and no other does', async () => {
    expect(await told('second', 'EXCULPATORY', { labels: RETRACTED })).toBe(SHOWN);
    expect(await told('second', 'PROSECUTION_JUDICIAL')).toBe(SHOWN);
    expect(await told('second', 'PROSECUTION_JUDICIAL', { labels: RETRACTED })).toBe('ITEM_RETRACTED');
  });
});

it('states nothing where the giver was not compared, or nobody can say who it is', async () => {
  const release = await signed('parley-release+json', 'release', { holder: HOLDER, to: READER });
  const { open, stated } = await madeUp('release', { request: { via: digestOf(release) as never }, shown: [release], doubts: [HOLDER] });
  await expect(open()).rejects.toMatchObject({ code: 'ENTRY_NOT_BELIEVED' });
  const cut = await madeUp('release', {
    meanwhile: (path) => (path.startsWith('/v1/statements') ? Promise.reject(new TypeError('cut')) : Promise.resolve()),
  });
  await expect(cut.open()).rejects.toThrow('cut');
  expect([stated, cut.stated]).toEqual([[], []]);
});

it('has the try stated though the inbox is refused, and shows nothing', async () => {
  const refusal = new PolicyRefusal('ROLE_REQUIRED', 'no', 403, [], null);
  const refused = await madeUp('envelope', {
    meanwhile: (path) => (path.startsWith('/v1/inbox') ? Promise.reject(refusal) : Promise.resolve()),
  });
  await expect(refused.open()).rejects.toBe(refusal);
  expect(refused.stated).toHaveLength(1);
  // whoever holds a quorum has no inbox of the case, and is asked for none
  const held = await madeUp('envelope', {
    request: { quorum },
    meanwhile: (path) => (path.startsWith('/v1/inbox') ? Promise.reject(refusal) : Promise.resolve()),
  });
  expect((await held.open()).content).toEqual({ role: 'TEXT', text: SHOWN });
});

it('holds nothing that did not open to its end', async () => {
  const { open, context } = await madeUp('envelope');
  const opening = open((answer) => void (answer.body.bytes = `AAAA${answer.body.bytes.slice(4)}`));
  await expect(opening).rejects.toMatchObject({ check: 'CIPHERTEXT' });
  expect(await context.store.names('held/')).toEqual([]);
});

it('takes its label to be as old as the question, not as the answer', async () => {
  let late = 0;
  const { open, context, item } = await madeUp('envelope', {
    meanwhile: (path) => Promise.resolve(path === '/v1/access' ? void (late = HOUR_MS) : undefined),
  });
  Object.assign(context.clock, { now: () => plusMs(NOW, late) });
  await open();
  expect((await readHolding(context.store, item.digest)).labelAt).toBe(NOW);
});
