/** What leaf a statement in a file of evidence rests on: one that tells of this very act, by its author, when its key was good. */
import { expect, it } from 'vitest';
import { checkItem, checkStatement, type CheckedStatement } from '../../../../client/sdk/evidence/check-statements.js';
import type { ReadLeaf } from '../../../../client/sdk/evidence/dossier.js';
import type { Directory } from '../../../../client/sdk/evidence/keys.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import { signingKeyOf } from '../../../../crypto/signing-key.js';
import { digestOf, signStatement } from '../../../../crypto/statement.js';
import type { StatementType } from '../../../../domain/statement.js';
import type { EvidenceManifest } from '../../../../domain/wire/evidence.js';
import { authority, instant, uuid } from '../../../support/ids.js';
import { sampleOf } from '../../../support/wire.js';

const [MAKER, OTHER] = ['NG-FIA', 'VG-FIX'];
const manifest = { aud: 'parley.example/test', exchange: uuid(2), authority: MAKER } as unknown as EvidenceManifest;
const [GOOD, ENDED] = ['2026-03-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z'];
const keys = { [MAKER!]: signingKeyOf(new Uint8Array(32).fill(1)), [OTHER!]: signingKeyOf(new Uint8Array(32).fill(2)) };
/** The keys of both were good from January to June. */
const directory: Directory = new Map(
  Object.entries(keys).map(([of, { kid, publicKey }]) => {
    const key = { kid, publicKey: encodeBase64url(publicKey) };
    const span = { from: instant('2026-01-01T00:00:00Z'), until: instant('2026-06-01T00:00:00Z') };
    const payload = { at: span.from, officers: [{ officer: 'o.1', ...span, signing: key, auth: { kid: 'a' }, encryption: { kid: 'e' } }] };
    return [of, { authority: authority(of), entries: [{ payload }], revocations: [] }] as never;
  }),
);

const signed = (typ: StatementType, by: string, over: object = {}): Promise<string> => {
  const sample = sampleOf(typ);
  const head = { aud: manifest.aud, at: GOOD };
  const own = Object.fromEntries(Object.entries(head).filter(([name]) => name in sample));
  return signStatement(typ, { ...sample, ...own, ...over }, keys[by]!);
};

interface Told {
  readonly of?: string;
  readonly stage?: string;
  readonly outcome?: string;
  readonly at?: string;
  readonly by?: string;
  readonly action?: string;
  readonly exchange?: string;
  readonly to?: string;
}
const leafOf = (statement: string, told: Told): ReadLeaf => {
  const { of = digestOf(statement), stage = 'accepted', outcome = 'ALLOW', at = GOOD, by = MAKER, action, exchange, to } = told;
  const event = { actor: { authority: by }, action, object: { exchange }, counterparty: to };
  return { index: 7, body: { statement: of, stage, outcome, at }, event } as unknown as ReadLeaf;
};

const check = async (statement: string, ...told: Told[]): Promise<string> =>
  checkStatement(
    digestOf(statement),
    statement,
    told.map((one) => leafOf(statement, one)),
    directory,
    manifest,
  ).then(
    ({ isGoodByItsDate }) => (isGoodByItsDate ? 'BY ITS DATE' : 'HOLDS'),
    ({ code }: { code: string }) => code,
  );

const USE: Told = { action: 'USE' };
const SEND: Told = { action: 'SEND', exchange: manifest.exchange };
const READ: Told = { action: 'ACCESS', stage: 'accessed' };
const use = () => signed('parley-use+json', MAKER!, { holder: MAKER });
const envelope = () => signed('parley-envelope+json', MAKER!, { from: MAKER, to: OTHER, exchange: manifest.exchange });
const access = () => signed('parley-access+json', MAKER!, { reader: MAKER });
const change = () => signed('parley-label+json', OTHER!, { originator: OTHER });
const TOLD: Told = { action: 'DELIVER', stage: 'delivered', outcome: 'DONE', by: 'GATEWAY', to: MAKER! };

it.each<[string, () => Promise<string>, Told, string]>([
  ['a use that was taken in', use, USE, 'HOLDS'],
  ['a use that was refused', use, { ...USE, stage: 'refused', outcome: 'DENY' }, 'RECEIPT_MISSING'],
  ['a use that was refused, as one that was taken in', use, { ...USE, outcome: 'DENY' }, 'RECEIPT_MISSING'],
  ['a use that was delivered alone', use, { ...USE, stage: 'delivered', outcome: 'DONE', by: 'GATEWAY', to: MAKER! }, 'RECEIPT_MISSING'],
  ['a use of which another stage is told', use, { ...USE, stage: 'answered' }, 'RECEIPT_MISSING'],
  ['a use by another', use, { ...USE, by: OTHER! }, 'EVENT_DIFFERS'],
  ['a use that is told as an envelope', use, SEND, 'EVENT_DIFFERS'],
  ['a use that is told as a reading', use, { ...USE, stage: 'accessed' }, 'EVENT_DIFFERS'],
  ['a use that was dated while its key was good, and taken in later', use, { ...USE, at: ENDED }, 'KEY_NOT_VALID'],
  ['an envelope of the exchange', envelope, SEND, 'HOLDS'],
  ['an envelope that was taken into another exchange', envelope, { ...SEND, exchange: uuid(3) }, 'EVENT_DIFFERS'],
  ['an envelope that is told as a use', envelope, { ...SEND, action: 'USE' }, 'EVENT_DIFFERS'],
  ['a reading', access, READ, 'HOLDS'],
  ['a reading that is told as a word', access, { ...READ, stage: 'accepted' }, 'EVENT_DIFFERS'],
  ['a change of label that was delivered to the maker', change, TOLD, 'HOLDS'],
  ['a change of label that was delivered after its key ended', change, { ...TOLD, at: ENDED }, 'BY ITS DATE'],
  ['a change of label that was delivered to another', change, { ...TOLD, to: OTHER! }, 'RECEIPT_MISSING'],
  ['a change of label that was refused', change, { ...TOLD, stage: 'refused', outcome: 'DENY' }, 'RECEIPT_MISSING'],
  ['a change of label that is delivered by no gateway', change, { ...TOLD, by: OTHER! }, 'EVENT_DIFFERS'],
])('%s', async (_, statement, told, verdict) => {
  expect(await check(await statement(), told)).toBe(verdict);
});

it('is of this exchange, where holders asked one another to open one', async () => {
  const asked = (over: object) => signed('parley-quorum-request+json', MAKER!, { authority: MAKER, ...over });
  const told: Told = { action: 'QUORUM_REQUEST' };
  expect(await check(await asked({ exchange: manifest.exchange }), told)).toBe('HOLDS');
  expect(await check(await asked({ exchange: uuid(3) }), told)).toBe('STATEMENT_DIFFERS');
});

it('takes an item whose signer had left where its issuer stands by it, and no other', async () => {
  const item = await signed('parley-item+json', MAKER!, { issuer: MAKER });
  const given = (by: string, at: string) =>
    ({
      statement: { typ: 'parley-envelope+json', payload: { items: [digestOf(item)] } },
      ...{ authority: by, leaf: { body: { at } } },
    }) as unknown as CheckedStatement;
  const take = (...givers: CheckedStatement[]): Promise<string> =>
    checkItem(digestOf(item), item, givers, directory).then(
      ({ isGood }) => (isGood ? 'GOOD' : 'STOOD BY'),
      ({ code }: { code: string }) => code,
    );
  expect(await take(given(OTHER!, GOOD))).toBe('GOOD');
  expect(await take(given(MAKER!, ENDED))).toBe('STOOD BY');
  expect(await take(given(OTHER!, ENDED))).toBe('KEY_NOT_VALID');
  expect(await take()).toBe('ITEM_UNGIVEN');
});
