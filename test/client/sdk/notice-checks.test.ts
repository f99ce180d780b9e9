/** What a disclosure on a lawful way rests on: a notice of its holder that tells of exactly this, and another person of it, or its deputy, who approved. */
import { expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import type { LoggedAt } from '../../../client/sdk/logged.js';
import { checkNotice } from '../../../client/sdk/notice.js';
import type { Release } from '../../../client/sdk/reading-order.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { signingKeyOf } from '../../../crypto/signing-key.js';
import { digestOf, signStatement } from '../../../crypto/statement.js';
import type { StatementType } from '../../../domain/statement.js';
import { authority, digest, instant } from '../../support/ids.js';
import { sampleOf } from '../../support/wire.js';
import { receiptBy } from './receipts.js';

const [HOLDER, DEPUTY, READER, STRANGER] = ['NG-FIA', 'NG-MIN', 'NG-PROS', 'LI-FIN'].map(authority) as [never, never, never, never];
const NOW = instant('2026-06-15T12:00:00.000Z');
/** one officer who writes, a colleague, the deputy, and one of another authority */
const keys = [1, 2, 3, 4].map((fill) => signingKeyOf(new Uint8Array(32).fill(fill)));
const [writer, colleague, deputy, stranger] = keys as [(typeof keys)[0], (typeof keys)[0], (typeof keys)[0], (typeof keys)[0]];
const OWNERS = [HOLDER, HOLDER, DEPUTY, STRANGER];
const span = { from: instant('2026-01-01T00:00:00Z'), until: instant('2028-01-01T00:00:00Z') };
const officerKeys = keys.map(({ kid, publicKey }, at) => {
  return [kid, { authority: OWNERS[at], use: 'signing', publicKey: encodeBase64url(publicKey), ...span }] as const;
});
const entryOf = (of: unknown) => ({ officers: keys.filter((_, at) => OWNERS[at] === of).map(({ kid }) => ({ signing: { kid } })) });
const authorities = new Map(OWNERS.map((of) => [of, { root: 'r', entry: entryOf(of) }]));

interface Told {
  readonly notice?: object;
  readonly approval?: object;
  readonly approvedBy?: typeof writer;
  readonly release?: object;
  /** whom nobody compared */
  readonly uncompared?: string;
  /** what no receipt says that the log took in */
  readonly refused?: 'notice' | 'approval';
}
async function outcome({ notice = {}, approval = {}, approvedBy = colleague, release = {}, uncompared, refused }: Told): Promise<string> {
  const sign = (typ: StatementType, by: typeof writer, over: object) => signStatement(typ, { ...sampleOf(typ), ...over }, by);
  const recipient = { authority: READER, authorityType: 'PROSECUTION' };
  const words = { holder: HOLDER, item: digest('item'), recipient, way: 'EXCULPATORY', purpose: 'EXCULPATORY', deputy: DEPUTY };
  const told = await sign('parley-notice+json', writer, { ...words, ...notice });
  const second = await sign('parley-approval+json', approvedBy, { authority: HOLDER, notice: digestOf(told), ...approval });
  const shown = new Map([told, second].map((compact) => [digestOf(compact) as string, compact]));
  const body = { v: 1, log: 'parley.test/log', stage: 'accepted', outcome: 'ALLOW', index: 7, leaf: digest('leaf'), version: 0 } as const;
  const get = async (path: string) => {
    const one = path.split('/').at(-1)!;
    const said = { ...body, statement: one as never, at: '2026-06-15T12:00:00.000Z' as never, proofDelayMsMax: 1_000 };
    return { statement: shown.get(one), items: [], receipt: await receiptBy(writer, said) };
  };
  const pins = Object.fromEntries(OWNERS.filter((of) => of !== uncompared).map((of) => [of, 'r']));
  const view = { doubts: [], pins, directory: { authorities, officerKeys: new Map(officerKeys), revoked: new Map() } };
  const context = { door: { get }, directory: () => Promise.resolve(view) } as unknown as ClientContext;
  const out = refused === undefined ? null : digestOf(refused === 'notice' ? told : second);
  const loggedAt = Object.assign(() => NOW, { place: (one: string) => (one === out ? null : 1) }) as LoggedAt;
  const basis = { notices: [digestOf(told)], approvals: [digestOf(second)] };
  const what = { holder: HOLDER, item: digest('item'), to: READER, toType: 'PROSECUTION', purpose: 'EXCULPATORY', basis, ...release };
  return checkNotice(context, { payload: what } as unknown as Release, loggedAt).then(
    () => 'HOLDS',
    (error: { check?: string; code?: string }) => error.check ?? error.code ?? String(error),
  );
}

it.each<[string, Told, string]>([
  ['a colleague approved', {}, 'HOLDS'],
  ['its deputy approved', { approval: { authority: DEPUTY }, approvedBy: deputy }, 'HOLDS'],
  ['another authority approved', { approval: { authority: STRANGER }, approvedBy: stranger }, 'NOTICE'],
  [
    'a deputy approved that it does not name',
    { notice: { deputy: STRANGER }, approval: { authority: DEPUTY }, approvedBy: deputy },
    'NOTICE',
  ],
  [
    'a deputy approved whom nobody compared',
    { approval: { authority: DEPUTY }, approvedBy: deputy, uncompared: DEPUTY },
    'ROOT_NOT_COMPARED',
  ],
  ['whoever wrote it approved', { approvedBy: writer }, 'NOTICE'],
  ['somebody approved in the holder’s name', { approvedBy: stranger }, 'NOTICE'],
  ['the rules refused the notice', { refused: 'notice' }, 'NOTICE'],
  ['the rules refused the approval', { refused: 'approval' }, 'NOTICE'],
  ['the approval is of another notice', { approval: { notice: digest('another') } }, 'NOTICE'],
  ['it tells of another item', { release: { item: digest('another') } }, 'NOTICE'],
  ['it tells of another reader', { release: { to: STRANGER } }, 'NOTICE'],
  ['it tells of another role of the reader', { release: { toType: 'FIU' } }, 'NOTICE'],
  ['it tells of another purpose', { release: { purpose: 'SUPERVISORY' } }, 'NOTICE'],
  ['it is of another holder', { release: { holder: STRANGER } }, 'NOTICE'],
])('a release on a notice where %s', async (_, told, verdict) => {
  expect(await outcome(told)).toBe(verdict);
});
