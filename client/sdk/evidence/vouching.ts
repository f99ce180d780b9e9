/**
 * Which roots are believed, and what they signed: from a root that was given, or that the operator's designation names, along the changes
 * that each root signed itself, to entries and revocations.
 */
import { decodeBase64url } from '../../../crypto/base64url.js';
import { lineFrom, termOf, type RootTerm } from '../../../domain/roots.js';
import type { StatementOf, StatementType } from '../../../domain/statement.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { believedChanges } from '../roots.js';
import { isSignedBy, readStatementOf } from '../statements.js';
import { wrong, type EvidenceCode } from './codes.js';
import type { Dossier } from './dossier.js';
import type { Directory, Entry, Revocation, Vouched } from './keys.js';
import { memberName, type MemberKind } from './layout.js';

/** Root fingerprints that the verifier got another way, by authority: one, or its former ones too. */
export type GivenRoots = ReadonlyMap<string, readonly string[]>;
type RootChange = StatementOf<'parley-root+json'>;

/** @throws EvidenceWrong about operator, designations, roots, entries and revocations */
export async function vouchedDirectory(dossier: Dossier, manifest: EvidenceManifest, given: GivenRoots): Promise<Directory> {
  const { aud } = manifest;
  const designated = await designatedRoots(dossier, manifest, given);
  const changes = await changesIn(dossier, aud);
  const entries = read(dossier.entries, 'entry', 'parley-entry+json', 'ENTRY_INVALID', aud);
  const revocations = read(dossier.revocations, 'revocation', 'parley-revocation+json', 'REVOCATION_INVALID', aud);
  const vouched = new Map<string, Vouched>();
  for (const authority of new Set(entries.map(({ payload }) => payload.authority))) {
    const published = entries.filter(({ payload }) => payload.authority === authority);
    const lines = linesOf(authority, designated.get(authority), given.get(authority), changes);
    const terms = lines.flat();
    for (const entry of published) await checkEntry(entry, terms);
    const own = inOrder(published, lines);
    const keys = rootKeys(own, changes);
    const ended = revocations.filter(({ payload }) => payload.authority === authority);
    for (const revocation of ended) await checkRevocation(revocation, terms, keys);
    const listed = own.flatMap(({ payload }) => payload.revocations ?? []);
    const missing = listed.find((digest) => !dossier.revocations.has(digest));
    if (missing !== undefined) wrong('REVOCATION_MISSING', memberName('revocation', missing));
    const by = given.has(authority) ? 'GIVEN' : 'DESIGNATION';
    const idle = (given.get(authority) ?? []).filter((_, at) => !lines[at]!.some(({ kid }) => published.some((one) => one.kid === kid)));
    vouched.set(authority, { authority, root: own.at(-1)!.payload.root.kid, by, idle, entries: own, revocations: ended });
  }
  const stray = revocations.find(({ payload }) => !vouched.has(payload.authority));
  if (stray !== undefined) wrong('REVOCATION_INVALID', memberName('revocation', stray.digest), 'of an authority that has no entry here');
  return vouched;
}

/** Each under the digest of its bytes, of its type, and of this log. */
function read<T extends StatementType>(
  compacts: ReadonlyMap<string, string>,
  kind: MemberKind,
  typ: T,
  code: EvidenceCode,
  aud: string,
): StatementOf<T>[] {
  return [...compacts].map(([digest, compact]) => {
    const one = readStatementOf(typ, compact);
    if (!one.ok) return wrong(code, memberName(kind, digest), one.error);
    const { payload } = one.value;
    const fits = one.value.digest === digest && 'aud' in payload && payload.aud === aud;
    return fits ? one.value : wrong(code, memberName(kind, digest), 'it is another one, or of another log');
  });
}

async function designatedRoots(
  { designations }: Dossier,
  { aud, operator }: EvidenceManifest,
  given: GivenRoots,
): Promise<Map<string, string>> {
  const key = decodeBase64url(operator.root.publicKey);
  const own = given.get(operator.authority);
  if (!key.ok || (own !== undefined && !own.includes(operator.root.kid))) return wrong('OPERATOR_DIFFERS', operator.authority);
  const roots = new Map<string, string>();
  for (const { payload, kid, digest, compact } of read(
    designations,
    'designation',
    'parley-designation+json',
    'DESIGNATION_INVALID',
    aud,
  )) {
    const where = memberName('designation', digest);
    if (payload.operator !== operator.authority || kid !== operator.root.kid || roots.has(payload.authority))
      wrong('DESIGNATION_INVALID', where, 'of another operator, or the second one of an authority');
    if (!(await isSignedBy(compact, key.value))) wrong('DESIGNATION_INVALID', where, 'not signed by the operator’s root');
    roots.set(payload.authority, payload.root);
  }
  return roots;
}

async function changesIn({ roots }: Dossier, aud: string): Promise<readonly RootChange[]> {
  const said = read(roots, 'root', 'parley-root+json', 'ROOT_CHANGE_INVALID', aud);
  const believed = await believedChanges(said.map(({ compact }) => compact));
  const other = said.find(({ digest }) => !believed.some((one) => one.digest === digest));
  return other === undefined ? believed : wrong('ROOT_CHANGE_INVALID', memberName('root', other.digest), 'not signed by the old root');
}

/** Lines of roots of one authority, those that were given first: the roots of each with the entries that were its to sign. A root that was given must be of the line that was designated. */
function linesOf(
  authority: Entry['payload']['authority'],
  designated: string | undefined,
  given: readonly string[] | undefined,
  changes: readonly RootChange[],
): readonly (readonly RootTerm[])[] {
  const payloads = changes.map(({ payload }) => payload);
  const line = (root: string): readonly RootTerm[] => lineFrom(authority, root as RootTerm['kid'], payloads);
  const official = designated === undefined ? [] : line(designated);
  if (given === undefined) return designated === undefined ? wrong('ROOT_UNKNOWN', authority) : [official];
  if (designated !== undefined && !official.some(({ kid }) => given.includes(kid)))
    wrong('ROOT_DIFFERS', authority, 'the operator designated another one than was given');
  return [...given.map(line), official];
}

/** Where a root was lost the next one counts its entries anew: numbers order those of one line alone, and lines follow by their first entry. */
function inOrder(entries: readonly Entry[], lines: readonly (readonly RootTerm[])[]): readonly Entry[] {
  // a line that signed nothing here comes anywhere
  const beginning = (line: readonly RootTerm[]): number =>
    entries.reduce(
      (at, { payload }) => (line.some(({ kid }) => kid === payload.root.kid) ? Math.min(at, payload.at) : at),
      Number.MAX_VALUE,
    );
  const roots = lines
    .toSorted((a, b) => beginning(a) - beginning(b))
    .flat()
    .map(({ kid }) => kid);
  const placeOf = ({ payload }: Entry): number => roots.lastIndexOf(payload.root.kid);
  return entries.toSorted((a, b) => placeOf(a) - placeOf(b) || a.payload.seq - b.payload.seq || a.payload.at - b.payload.at);
}

async function checkEntry({ payload, kid, compact, digest }: Entry, terms: readonly RootTerm[]): Promise<void> {
  const where = memberName('entry', digest);
  if (kid !== payload.root.kid || termOf(payload, terms) === null) wrong('ROOT_DIFFERS', where, 'no root that is believed had it to sign');
  const key = decodeBase64url(payload.root.publicKey);
  // the signature also proves that the key is the one of that fingerprint
  if (!key.ok || !(await isSignedBy(compact, key.value))) wrong('ENTRY_INVALID', where, 'not signed by its root');
}

const rootKeys = (entries: readonly Entry[], changes: readonly RootChange[]): ReadonlyMap<string, string> =>
  new Map([
    ...changes.flatMap(({ payload }) => [payload.old, payload.root].map(({ kid, publicKey }) => [kid as string, publicKey] as const)),
    ...entries.map(({ payload }) => [payload.root.kid as string, payload.root.publicKey] as const),
  ]);

async function checkRevocation(
  { kid, compact, digest }: Revocation,
  terms: readonly RootTerm[],
  keys: ReadonlyMap<string, string>,
): Promise<void> {
  const key = terms.some((term) => term.kid === kid) ? decodeBase64url(keys.get(kid) ?? '') : null;
  if (!key?.ok || !(await isSignedBy(compact, key.value)))
    wrong('REVOCATION_INVALID', memberName('revocation', digest), 'not signed by the authority’s root');
}
