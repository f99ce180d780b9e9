import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { verifyEvidenceFile, type EvidenceTrust } from '../../../../client/sdk/index.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import { signStatement } from '../../../../crypto/statement.js';
import { memberName } from '../../../../client/sdk/evidence/layout.js';
import { SECRET_WORDS } from '../../../tamper/exchange.js';
import { makeGenuine, readerOf, repaired, textOf, whole, type Genuine } from '../../../tamper/genuine.js';
import { keysIn, payloadOf, rename, signedBy } from '../../../tamper/row.js';

let genuine: Genuine;
beforeAll(async () => {
  genuine = await makeGenuine();
}, 240_000);
afterAll(() => genuine.close());

const check = (bytes: Uint8Array, trust: EvidenceTrust = genuine.trust) => verifyEvidenceFile(readerOf(bytes), trust);

describe('a file of evidence', () => {
  it('holds for whoever brings the maker’s root, the log’s key and a witness', async () => {
    const { wrong, checks, remarks, about } = await check(genuine.bytes);
    expect(wrong).toBeNull();
    expect(about).toMatchObject({ authority: 'NG-FIA', exchange: genuine.played.exchange });
    expect(new Set(checks.map(({ check: what }) => what))).toEqual(
      new Set(['file', 'entries', 'manifest', 'checkpoint', 'consistency', 'leaf', 'statement', 'item', 'order', 'body', 'timeline']),
    );
    // those that the manifest names: itself it cannot
    const named = [...genuine.members.keys()].filter((name) => !name.startsWith('manifest.'));
    expect(checks[0]!.held).toMatch(new RegExp(`^${named.length} members, each with the digest`));
    expect(checks.find(({ check: what }) => what === 'checkpoint')!.held).toContain('witness.test/one');
    expect(remarks).toEqual([expect.stringContaining('VG-FIX is believed on the designation of XX-OPS') as unknown]);
  });

  it('says on whose word each thing rests that the verifier did not bring', async () => {
    const { wrong, remarks } = await check(genuine.bytes, { root: genuine.trust.root });
    expect(wrong).toBeNull();
    expect(remarks.join('\n')).toMatch(/operator’s own root[^]*log’s key is as the maker[^]*No witness was asked for/);
  });

  it('says of a root that was given and signed nothing here that nothing rests on it', async () => {
    const [right, other] = [genuine.trust.root, 'A'.repeat(43)];
    const withRoots = async (root: string, own: readonly string[]) =>
      check(genuine.bytes, { ...genuine.trust, root, roots: new Map([['NG-FIA', own]]) });
    const unused = expect.stringContaining(`The root ${other} that you gave for NG-FIA vouched for nothing`) as unknown;
    for (const given of [await withRoots(other, [right]), await withRoots(right, [other])])
      expect(given).toMatchObject({ wrong: null, remarks: expect.arrayContaining([unused]) as unknown });
    expect((await withRoots(right, [right])).remarks.join('\n')).not.toContain('vouched for nothing');
  });

  it('has receipts and views of every stage that concerns the maker, its refusal too, and nobody else’s', async () => {
    const told = textOf(genuine.members.get('timeline.txt')!);
    for (const line of [
      'SEND SUBMIT',
      'DELIVER',
      'ACCESS',
      'SEND FINAL_REPLY',
      'RELEASE → NG-EFCX  refused DENY',
      'codes TLP_EXCEEDED, NO_THIRD_PARTY_CONSENT',
      'CONSENT_GRANT',
    ])
      expect(told).toContain(line);
    const lineOf = (what: string): string => told.split('\n').find((line) => line.includes(what))!;
    expect(lineOf('SEND SUBMIT')).toMatch(/accepted ALLOW  signed by NG-FIA, here$/);
    expect(lineOf('SEND FINAL_REPLY')).toMatch(/signed by VG-FIX, here$/);
    for (const what of ['DELIVER', 'refused DENY']) expect(lineOf(what)).toMatch(/  the log’s word$/);
    expect(textOf(genuine.members.get('README.txt')!)).toMatch(/a row without one, "the log’s word", is the gateway's own, bound by the/);
    const other = await whole((await genuine.played.requested.makeEvidence(genuine.played.exchange)).bytes());
    const report = await check(other, { ...genuine.trust, root: genuine.keys.otherRoot.kid, witnesses: [], quorum: 0 });
    expect(report.wrong).toBeNull();
    expect(textOf(unzipSync(other)['timeline.txt']!)).not.toContain('refused DENY');
  });

  it('says of each message which items it gave, so that it is plain what was read', () => {
    const rows = textOf(genuine.members.get('timeline.txt')!).split(/\n(?=\d{4}-)/);
    const itemsIn = (what: string): string[] =>
      rows
        .filter((row) => row.includes(`  ${what} `))
        .flatMap((row) => [...row.matchAll(/^ {4}item (\S{43})$/gm)].map(([, item]) => item!));
    expect(itemsIn('ACCESS')).not.toEqual([]);
    expect(itemsIn('SEND')).toEqual(expect.arrayContaining(itemsIn('ACCESS')));
  });

  it('names no statement where the log has none, as on the reading that made it', () => {
    for (const name of ['timeline.txt', 'timeline.html']) expect(textOf(genuine.members.get(name)!)).not.toContain('A'.repeat(43));
  });

  it('has a page whose table says what each cell belongs to', () => {
    const page = textOf(genuine.members.get('timeline.html')!);
    expect(page.match(/<th scope="col">/g)).toHaveLength(7);
    const [, body = ''] = page.split('<tbody>');
    expect(body.match(/<tr[^>]*><td>[^<]*<\/td><th scope="row">\d+<\/th>/g)).toHaveLength(body.split('<tr').length - 1);
    expect(page).toContain('that nothing else happened, it does not show');
    expect(page).toMatch(/<html lang="en">[^]*<meta name="viewport"[^]*<main>/);
  });

  it('is nobody’s who is no party', async () => {
    await expect(genuine.played.third.makeEvidence(genuine.played.exchange)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('holds no secret: no private key, no content key, no plaintext', async () => {
    const { requesting, requested } = genuine.played;
    const secrets = [requesting, requested].flatMap(({ identity }) => [
      identity.signing.seed,
      identity.auth.seed,
      identity.root!.seed,
      ...identity.desks.flatMap(({ keys }) => keys.map(({ secret }) => secret)),
    ]);
    const words = [...SECRET_WORDS, 'A report of a bank.', 'Company-A', 'AGE-SECRET-KEY', 'PRIVATE KEY'];
    const bytes = Buffer.concat([...genuine.members.values(), genuine.bytes]);
    for (const word of words) expect(bytes.includes(word), word).toBe(false);
    expect(secrets.length).toBeGreaterThan(6);
    for (const secret of secrets)
      for (const spelling of [
        Buffer.from(secret),
        Buffer.from(encodeBase64url(secret)),
        Buffer.from(Buffer.from(secret).toString('base64')),
      ])
        expect(bytes.includes(spelling)).toBe(false);
  });

  it('gives the same bytes for the same members, dated 1980, and any zip tool lists it', async () => {
    expect(await repaired(genuine, genuine.members)).toEqual(genuine.bytes);
    expect(Object.keys(unzipSync(genuine.bytes))).toEqual(Object.keys(unzipSync(genuine.bytes)).toSorted());
  });

  it('was read from the log by a leaf of its own', async () => {
    const events = await genuine.played.requesting.auditEvents();
    expect(events.some(({ event }) => event.action === 'REPORT' && event.basis === 'EVIDENCE')).toBe(true);
  });
});

describe('keys as they were then', () => {
  const otherEntry = () =>
    keysIn(genuine.members, 'entry').find(
      (key) => payloadOf(textOf(genuine.members.get(memberName('entry', key))!))['authority'] === 'VG-FIX',
    )!;
  const otherRevocation = () => keysIn(genuine.members, 'revocation')[0]!;
  const altered = async (change: (members: Map<string, Uint8Array>) => Promise<void>, trust?: EvidenceTrust) => {
    const members = new Map(genuine.members);
    await change(members);
    return check(await repaired(genuine, members), trust);
  };

  it('still hold where a key was revoked after log time, and are marked where it was doubtful before', async () => {
    const { kid } = genuine.played.requested.identity.signing;
    const before = textOf(genuine.members.get(memberName('revocation', otherRevocation()))!);
    const later = { kid, at: '2090-01-01T00:00:00Z', reason: 'COMPROMISED' };
    const plain = await altered(async (all) => rename(all, 'revocation', 'none', await signedBy(before, genuine.keys.otherRoot, later)));
    expect(plain).toMatchObject({ wrong: null });
    expect(plain.remarks.join()).not.toContain('DOUBTFUL');
    const doubtful = { ...later, doubtfulSince: '2020-01-01T00:00:00Z' };
    const marked = await altered(async (all) =>
      rename(all, 'revocation', 'none', await signedBy(before, genuine.keys.otherRoot, doubtful)),
    );
    expect(marked).toMatchObject({ wrong: null });
    expect(marked.remarks.filter((line) => line.startsWith('DOUBTFUL: VG-FIX'))).toHaveLength(5);
  });

  it('still hold where the next entry dropped the officer after log time', async () => {
    const compact = textOf(genuine.members.get(memberName('entry', otherEntry()))!);
    const { officers, seq } = payloadOf(compact) as { officers: Record<string, unknown>[]; seq: number };
    const stranger = { kid: genuine.keys.stranger.kid, publicKey: encodeBase64url(genuine.keys.stranger.publicKey) };
    const next = {
      seq: seq + 1,
      at: '2090-01-01T00:00:00Z',
      officers: officers.map((one) => ({ ...one, signing: stranger, auth: stranger })),
    };
    const report = await altered(async (all) => rename(all, 'entry', 'none', await signedBy(compact, genuine.keys.otherRoot, next)));
    expect(report).toMatchObject({ wrong: null });
  });

  it('are found along a change of root that the old one signed, whichever of both the verifier brings', async () => {
    const compact = textOf(genuine.members.get(memberName('entry', otherEntry()))!);
    const { seq } = payloadOf(compact) as { seq: number };
    const { stranger, otherRoot } = genuine.keys;
    const rootOf = ({ kid, publicKey }: typeof stranger) => ({ kid, publicKey: encodeBase64url(publicKey) });
    const change = {
      v: 1,
      aud: genuine.payload.aud,
      id: '00000000-0000-4000-8000-000000000001',
      at: '2026-01-01T00:00:00Z',
      authority: 'VG-FIX',
      old: rootOf(otherRoot),
      root: rootOf(stranger),
      after: seq,
    };
    for (const given of [undefined, otherRoot.kid, stranger.kid]) {
      const roots = new Map([...genuine.trust.roots!, ...(given === undefined ? [] : [['VG-FIX', [given as string]] as const])]);
      const report = await altered(
        async (all) => {
          rename(all, 'root', 'none', await signStatement('parley-root+json', change, otherRoot));
          rename(all, 'entry', 'none', await signedBy(compact, stranger, { seq: seq + 1, root: rootOf(stranger) }));
        },
        { ...genuine.trust, roots },
      );
      expect(report).toMatchObject({ wrong: null });
    }
  });

  it('come with the newest entry, where the root has published another one since', async () => {
    const { requested, exchange, requesting } = genuine.played;
    await requested.turnDeskKey();
    const file = await whole((await requesting.makeEvidence(exchange)).bytes());
    const report = await check(file, { ...genuine.trust, witnesses: [], quorum: 0 });
    expect(report.wrong).toBeNull();
    expect(Object.keys(unzipSync(file)).filter((name) => name.startsWith('directory/entries/'))).not.toContain(
      memberName('entry', otherEntry()),
    );
  });
});
