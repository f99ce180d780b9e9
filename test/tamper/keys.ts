/** Keys that their own roots say were not good when the log took in what they signed; and roots that follow one another. */
import { memberName } from '../../client/sdk/evidence/layout.js';
import { signStatement } from '../../crypto/statement.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { ANOTHER_LOG, namesIn, officersIn, rootOf, type Names } from './directory.js';
import { textOf, type Genuine } from './genuine.js';
import { byMaker, keysIn, payloadOf, rename, signedBy, type Row } from './row.js';

const LONG_AGO = '2020-01-01T00:00:00Z';
const LATER = '2020-01-02T00:00:00Z';

export function keyRows(genuine: Genuine): Row[] {
  const found = namesIn(genuine);
  return [...timeRows(genuine, found), ...changeRows(genuine, found)];
}

/** What an authority's own root says of its keys, against the time that the log gives. */
function timeRows(genuine: Genuine, { entry, revocation }: Names): Row[] {
  const of = byMaker(genuine);
  const { keys, played, members, payload } = genuine;
  const compact = textOf(members.get(memberName('entry', entry))!);
  const ended = textOf(members.get(memberName('revocation', revocation))!);
  const officers = officersIn(compact);
  const { kid } = played.requested.identity.signing;
  const renewed = (what: string, change: object): Row =>
    of('key validity', what, 'KEY_NOT_VALID', async (all) => rename(all, 'entry', entry, await signedBy(compact, keys.otherRoot, change)));
  const others = officers.map((one) => ({ ...one, signing: rootOf(keys.stranger), auth: rootOf(keys.maker) }));
  const [delivered = ''] = changesDelivered(members);
  return [
    {
      ...of('key validity', 'of a change of label: revoked when it was delivered', [], async (all) =>
        rename(all, 'revocation', 'none', await signedBy(ended, keys.otherRoot, { kid, at: delivered, reason: 'LOST' })),
      ),
      remarked: /^DOUBTFUL: the key of \S+ was good at the date that VG-FIX gives it, and not when it was delivered/,
    },
    renewed('ended before log time', { officers: officers.map((one) => ({ ...one, from: LONG_AGO, until: LATER })) }),
    renewed('began after log time', {
      officers: officers.map((one) => ({ ...one, from: '2090-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' })),
    }),
    of('key validity', 'dropped by the next entry before log time', 'KEY_NOT_VALID', async (all) => {
      const seq = Number(payloadOf(compact)['seq']) + 1;
      rename(all, 'entry', 'none', await signedBy(compact, keys.otherRoot, { seq, at: LONG_AGO, officers: others }));
    }),
    of('key validity', 'revoked before log time', 'KEY_REVOKED', async (all) =>
      rename(all, 'revocation', 'none', await signedBy(ended, keys.otherRoot, { kid, at: LONG_AGO, reason: 'COMPROMISED' })),
    ),
    of('key validity', 'of the manifest: revoked before it was made', 'MANIFEST_SIGNATURE', async (all) => {
      const said = { authority: payload.authority, kid: keys.maker.kid, at: LONG_AGO };
      rename(all, 'revocation', 'none', await signedBy(ended, keys.makerRoot, said));
    }),
  ];
}

/** When a change of label of which the file has the delivery alone was delivered. */
function changesDelivered(members: Genuine['members']): string[] {
  const changes = new Set(
    keysIn(members, 'statement').filter((key) => 'change' in payloadOf(textOf(members.get(memberName('statement', key))!))),
  );
  return keysIn(members, 'receipt').flatMap((index) => {
    const receipt = JSON.parse(textOf(members.get(memberName('receipt', index))!)) as Receipt;
    const { statement, at } = JSON.parse(receipt.body) as ReceiptBody;
    return changes.has(statement) ? [at] : [];
  });
}

/** A root that follows another is believed by the old one's signature alone. */
function changeRows(genuine: Genuine, { entry, revocation }: Names): Row[] {
  const of = byMaker(genuine);
  const { keys, payload, played, members } = genuine;
  const compact = textOf(members.get(memberName('entry', entry))!);
  const change = {
    v: 1,
    aud: payload.aud,
    id: '00000000-0000-4000-8000-000000000001',
    at: LATER,
    authority: played.requested.authority,
    old: rootOf(keys.otherRoot),
    root: rootOf(keys.stranger),
    after: 1,
  };
  const taken = async (all: Map<string, Uint8Array>, signed: string): Promise<void> => {
    rename(all, 'root', 'none', signed);
    rename(all, 'entry', entry, await signedBy(compact, keys.stranger, { seq: 2, root: rootOf(keys.stranger) }));
    all.delete(memberName('revocation', revocation));
  };
  return [
    of('change of root', 'signed by the new one alone', 'ROOT_CHANGE_INVALID', async (all) =>
      taken(all, await signStatement('parley-root+json', change, keys.stranger)),
    ),
    of('change of root', 'signed by the maker’s root', 'ROOT_CHANGE_INVALID', async (all) =>
      taken(all, await signStatement('parley-root+json', change, keys.makerRoot)),
    ),
    of('change of root', 'of another log', 'ROOT_CHANGE_INVALID', async (all) =>
      taken(all, await signStatement('parley-root+json', { ...change, ...ANOTHER_LOG }, keys.otherRoot)),
    ),
    of('change of root', 'left out', 'ROOT_DIFFERS', async (all) => {
      await taken(all, await signStatement('parley-root+json', change, keys.otherRoot));
      for (const key of keysIn(all, 'root')) all.delete(memberName('root', key));
    }),
    of('change of root', 'an entry of the old root behind it', 'ROOT_DIFFERS', async (all) => {
      await taken(all, await signStatement('parley-root+json', change, keys.otherRoot));
      rename(all, 'entry', 'none', await signedBy(compact, keys.otherRoot, { seq: 3 }));
    }),
  ];
}
