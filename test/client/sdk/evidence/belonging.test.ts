/** What a maker splices in from another exchange is genuine, in the log, and refused all the same. */
import { expect, it } from 'vitest';
import { checkBelonging } from '../../../../client/sdk/evidence/belonging.js';
import { NO_STATEMENT } from '../../../../client/sdk/evidence/dossier.js';
import { digest, uuid } from '../../../support/ids.js';

const [HERE, ELSEWHERE] = [uuid(1), uuid(2)];
/** of a reading of the log */
const NOTHING = 'nothing';

interface Told {
  readonly name: string;
  readonly typ?: string;
  readonly payload?: object;
  readonly object?: object;
  readonly authority?: string;
}
const leafOf = ({ name, object = {}, authority = 'NG-FIA' }: Told, index: number) => ({
  ...{ index, body: { statement: name === NOTHING ? NO_STATEMENT : digest(name) }, event: { object, actor: { authority } } },
});

/** @param seen leaves of statements that are not in the file, or of nothing */
function check(said: readonly Told[], seen: readonly Told[] = [], items: readonly string[] = []): void {
  const statements = said.map((one, index) => ({
    statement: { typ: one.typ, digest: digest(one.name), payload: one.payload },
    leaf: leafOf(one, index),
  }));
  const leaves = [...statements.map(({ leaf }) => leaf), ...seen.map((one, index) => leafOf(one, 100 + index))];
  const given = items.map((item) => ({ item: { digest: digest(item) } }));
  checkBelonging(...([statements, given, leaves, { exchange: HERE }] as unknown as Parameters<typeof checkBelonging>));
}

const envelope = (name: string, exchange: string, ...items: string[]): Told => ({
  ...{ name, typ: 'parley-envelope+json', payload: { exchange, items: items.map(digest) }, object: { exchange } },
});
const of = (kind: string, name: string, payload: object): Told => ({ name, typ: `parley-${kind}+json`, payload });
const OPENING = envelope('opening', HERE, 'item');
const consent = of('consent', 'consent', { items: [digest('other'), digest('item')] });
const refusal = of('consent-refusal', 'refusal', { items: [digest('item')], text: digest('text') });
const release = (item: string): Told => of('release', `release-${item}`, { item: digest(item), basis: { consents: [digest('consent')] } });

it('takes what its envelopes carried, and what was said of that, however many steps away', () => {
  const chain = [
    ...[of('access', 'reading', { item: digest('text') }), of('consent-revocation', 'end', { consent: digest('consent') })],
    ...[
      consent,
      refusal,
      release('item'),
      of('approval', 'yes', { notice: digest('notice') }),
      of('notice', 'notice', { item: digest('item') }),
    ],
  ];
  expect(() => check([...chain, OPENING], [], ['item', 'text'])).not.toThrow();
});

it('takes leaves of what its maker may not see, where one of them says what it is about', () => {
  const unseen = [{ name: 'unseen', object: { item: digest('item') } }, { name: 'unseen' }, { name: 'tried', object: { exchange: HERE } }];
  expect(() => check([OPENING], unseen)).not.toThrow();
});

it('takes readings of its exchange and of its items, which are about no statement', () => {
  const readings = [
    { name: NOTHING, object: { exchange: HERE } },
    { name: NOTHING, object: { item: digest('item') } },
  ];
  expect(() => check([OPENING], readings)).not.toThrow();
});

it.each<[string, string, Parameters<typeof check>]>([
  ['a reading of another item', 'STATEMENT_DIFFERS', [[OPENING, of('access', 'reading', { item: digest('other') })]]],
  ['a release of another item, on a consent that is of this one too', 'STATEMENT_DIFFERS', [[OPENING, consent, release('other')]]],
  ['an end of another consent', 'STATEMENT_DIFFERS', [[OPENING, of('consent-revocation', 'end', { consent: digest('elsewhere') })]]],
  ['an envelope', 'STATEMENT_DIFFERS', [[OPENING, envelope('other', ELSEWHERE, 'item')]]],
  ['an item', 'ITEM_UNGIVEN', [[OPENING], [], ['item', 'other']]],
  ['a leaf of another exchange', 'EVENT_DIFFERS', [[OPENING], [{ name: 'other', object: { exchange: ELSEWHERE } }]]],
  ['a leaf of another item', 'EVENT_DIFFERS', [[OPENING], [{ name: 'other', object: { item: digest('other') } }]]],
  ['a delivery of what is not here', 'EVENT_DIFFERS', [[OPENING], [{ name: 'sealed', authority: 'GATEWAY' }]]],
  [
    'a reading of the log of another exchange, beside one of this',
    'EVENT_DIFFERS',
    [[OPENING], [HERE, ELSEWHERE].map((exchange) => ({ name: NOTHING, object: { exchange } }))],
  ],
  ['somebody’s act on nothing that is here', 'EVENT_DIFFERS', [[OPENING], [{ name: 'other' }]]],
])('refuses what was spliced in: %s', (_, code, given) => {
  expect(() => check(...given)).toThrow(code);
});
