/** Every statement and item: signature, payload, key, type, name; said anew; left out; exchanged for another. */
import { memberName } from '../../client/sdk/evidence/layout.js';
import type { EvidenceCode } from '../../client/sdk/evidence/codes.js';
import { textOf, type Genuine } from './genuine.js';
import {
  byMaker,
  edit,
  flipped,
  keysIn,
  payloadOf,
  rename,
  signedBy,
  spread,
  swap,
  withHeader,
  withPayload,
  withSignature,
  type Row,
} from './row.js';

const ANOTHER_ID = '00000000-0000-4000-8000-000000000001';

/** @param count of statements, and of items, that are altered in each way */
export function statementRows(genuine: Genuine, count: number): Row[] {
  const { members, keys } = genuine;
  const kinds = [
    ['statement', 'RECEIPT_MISSING'],
    ['item', 'ITEM_UNGIVEN'],
  ] as const;
  const rows = kinds.flatMap(([kind, unlogged]) =>
    spread(keysIn(members, kind), count).flatMap((key) => {
      const name = memberName(kind, key);
      const compact = textOf(members.get(name)!);
      const part = `${kind} ${typOf(compact)}`;
      const of = byMaker(genuine);
      const renamed = (what: string, caught: EvidenceCode, change: (text: string) => string | Promise<string>): Row =>
        of(part, what, caught, async (all) => rename(all, kind, key, await change(compact)));
      return [
        renamed('a byte of its signature', 'SIGNATURE_INVALID', withSignature),
        renamed('its payload', 'SIGNATURE_INVALID', (text) => withPayload(text, { id: ANOTHER_ID })),
        renamed('another key named', 'KEY_UNKNOWN', (text) => withHeader(text, { kid: keys.stranger.kid })),
        renamed('another type named', 'STATEMENT_MALFORMED', (text) => withHeader(text, { typ: 'parley-agreement+json' })),
        renamed('said anew by a stranger', 'KEY_UNKNOWN', (text) => signedBy(text, keys.stranger)),
        of(part, 'a byte, under its old name', 'STATEMENT_MALFORMED', (all) => edit(all, name, (text) => flipped(text, text.length - 20))),
        of(part, 'a character behind it', 'STATEMENT_MALFORMED', (all) => edit(all, name, (text) => `${text}=`)),
        of(part, 'left out', kind === 'item' ? 'REFERENCE_MISSING' : missing(compact), (all) => void all.delete(name)),
        ...(signerIn(compact) === genuine.payload.authority
          ? [
              renamed('said anew by the maker, who has the key, with another id', unlogged, (text) =>
                signedBy(text, keys.maker, { id: ANOTHER_ID }),
              ),
            ]
          : []),
      ];
    }),
  );
  const of = byMaker(genuine);
  const [first, second] = keysIn(members, 'statement').map((key) => memberName('statement', key)) as [string, string];
  const [one, other] = keysIn(members, 'item').map((key) => memberName('item', key)) as [string, string];
  return [
    ...rows,
    of('statements', 'a reading of the maker left out', 'STATEMENT_MISSING', (all) => void all.delete(ownReading(genuine))),
    of('statements', 'two exchanged', 'STATEMENT_MALFORMED', (all) => swap(all, first, second)),
    of('statements', 'a change of label left out', 'EVENT_DIFFERS', (all) => void all.delete(changeOfLabel(genuine))),
    of('items', 'two exchanged', 'STATEMENT_MALFORMED', (all) => swap(all, one, other)),
    of('items', 'a designation among them', ['STATEMENT_MALFORMED'], (all) =>
      rename(all, 'item', 'none', textOf(members.get(memberName('designation', keysIn(members, 'designation')[0]!))!)),
    ),
    of('statements', 'a designation among them', 'STATEMENT_DIFFERS', (all) =>
      rename(all, 'statement', 'none', textOf(members.get(memberName('designation', keysIn(members, 'designation')[0]!))!)),
    ),
    of('statements', 'an envelope of another exchange, signed by the maker', 'STATEMENT_DIFFERS', async (all) => {
      const own = ownEnvelope(genuine);
      rename(all, 'statement', 'none', await signedBy(own, keys.maker, { exchange: ANOTHER_ID }));
    }),
    of('statements', 'an envelope of another log, signed by the maker', 'STATEMENT_DIFFERS', async (all) => {
      rename(all, 'statement', 'none', await signedBy(ownEnvelope(genuine), keys.maker, { aud: 'another.test/log' }));
    }),
  ];
}

/** @returns the member */
const ownReading = ({ members, payload }: Genuine): string =>
  keysIn(members, 'statement')
    .map((key) => memberName('statement', key))
    .find((name) => payloadOf(textOf(members.get(name)!))['reader'] === payload.authority)!;

/** @returns the member */
const changeOfLabel = ({ members }: Genuine): string =>
  keysIn(members, 'statement')
    .map((key) => memberName('statement', key))
    .find((name) => typOf(textOf(members.get(name)!)) === 'label')!;

const ownEnvelope = ({ members, payload }: Genuine): string =>
  keysIn(members, 'statement')
    .map((key) => textOf(members.get(memberName('statement', key))!))
    .find((compact) => payloadOf(compact).from === payload.authority)!;

const typOf = (compact: string): string => {
  const { message, itemRole } = payloadOf(compact);
  const typ = /"typ":"parley-([a-z-]+)\+json"/.exec(Buffer.from(compact.split('.')[0]!, 'base64url').toString())![1]!;
  return [typ, message ?? itemRole ?? ''].join(' ').trim();
};

const signerIn = (compact: string): unknown => {
  const { from, originator, holder, reader, issuer } = payloadOf(compact);
  const typ = typOf(compact);
  return issuer ?? from ?? reader ?? (typ.startsWith('consent') ? originator : holder);
};

/** An item without its giver, a reference without its end, or a leaf without its statement: whichever is met first; of a change of label a delivery of nothing. */
const missing = (compact: string): readonly EvidenceCode[] => {
  if (typOf(compact) === 'label') return ['EVENT_DIFFERS'];
  return typOf(compact).startsWith('access') || typOf(compact).startsWith('release')
    ? ['STATEMENT_MISSING']
    : ['ITEM_UNGIVEN', 'REFERENCE_MISSING', 'STATEMENT_MISSING'];
};
