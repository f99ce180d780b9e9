/**
 * The reader's order: item statement → release → consents of every originator other than me → my seal's digest → key
 * commitment → receipt. Each check is one function that returns or throws `ReadingRefused` with its name.
 *
 * @see protocol.md 2
 */
import { digestOfBytes } from '../../crypto/digest.js';
import { digestOf } from '../../crypto/statement.js';
import { openSeal } from '../../crypto/open.js';
import type { SealedFormat } from '../../crypto/seal.js';
import { citedIn, consentsIn, exemptionOf, presumedOf, type Basis } from '../../domain/basis.js';
import { inForce, inScope, type Act, type Consent } from '../../domain/consent.js';
import { restsOnExchange } from '../../domain/exemption.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import { asDated, labelAfter, speakersOf, type DatedChange } from '../../domain/label-change.js';
import { isAtLeast, type Label } from '../../domain/label.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { requireCompared, verifySigner, type DirectoryView } from './directory.js';
import { ReadingRefused, retractedBy } from './error.js';
import { deskKey, type DeskKey } from './identity.js';
import type { LoggedAt } from './logged.js';
import { readStatementOf } from './statements.js';

export type Item = StatementOf<'parley-item+json'>;
export type Release = StatementOf<'parley-release+json'>;
export type Envelope = StatementOf<'parley-envelope+json'>;
export type Grant = StatementOf<'parley-consent+json'>;
type StandingBy = { readonly envelope?: Envelope | null; readonly consents?: readonly Grant[] };

const refuse = (check: string, detail: string): never => {
  throw new ReadingRefused(check, detail);
};

/** 1a. The item is the one that was asked for. Whose it is, `checkItem` says once it is known when the log took it. */
export function readItem(compact: string, asked: Digest, view: DirectoryView): Item {
  const item = readStatementOf('parley-item+json', compact);
  if (!item.ok) return refuse('ITEM_STATEMENT', item.error);
  if (item.value.digest !== asked) return refuse('ITEM_STATEMENT', 'The gateway gave another item than the one that was asked for.');
  requireCompared(view, item.value.payload.issuer);
  return item.value;
}

/**
 * 1b. An officer of its issuer signed it, with a key that was good when the log took it, or that the issuer itself stands by since.
 *
 * @param at when the log took what gave it: it cannot be younger than that
 * @param by verified: an envelope that encloses it, whose sender is its issuer, maybe not for the first time; and consents. Where the issuer
 * itself names the item in one, it stands by it, though its signer has left since
 */
export async function checkItem(item: Item, view: DirectoryView, at: Instant, by: StandingBy = {}): Promise<void> {
  const { issuer } = item.payload;
  const { envelope = null, consents = [] } = by;
  const isNamed = consents.some(({ payload }) => payload.originator === issuer && payload.items.includes(item.digest));
  const signer = await verifySigner(item, issuer, view, at);
  if (signer.ok || isNamed) return;
  const key = view.directory.officerKeys.get(item.kid);
  const isEnclosedAgain = envelope !== null && key !== undefined && (await verifySigner(item, issuer, view, key.from)).ok;
  if (!isEnclosedAgain) refuse('ITEM_STATEMENT', `The item is not ${issuer}’s: ${signer.error}.`);
}

/** 2a. What gave it was an envelope, to me or from me. @returns my seal's digests, by key */
export async function checkEnvelope(compact: string, via: Digest, item: Item, me: AuthorityId, view: DirectoryView, at: Instant) {
  const envelope = readStatementOf('parley-envelope+json', compact);
  if (!envelope.ok || envelope.value.digest !== via) return refuse('ENVELOPE', 'It is not the envelope that was named.');
  const { payload } = envelope.value;
  if (payload.to !== me && payload.from !== me) return refuse('ENVELOPE', 'The envelope is neither to nor from this authority.');
  if (!payload.items.includes(item.digest)) return refuse('ENVELOPE', 'The envelope does not carry the item.');
  // what another issued is released, never enclosed
  if (payload.from !== item.payload.issuer) return refuse('ENVELOPE', 'The envelope encloses what its sender did not issue.');
  const signer = await verifySigner(envelope.value, payload.from, view, at);
  if (!signer.ok) return refuse('ENVELOPE', `The envelope is not ${payload.from}’s: ${signer.error}.`);
  return { envelope: envelope.value, seals: payload.seals.filter((seal) => seal.item === item.digest) };
}

/** 2b. What gave it was a release to me: of this item and key. Whether its label is weaker, `checkNotWeakened` says. */
export async function checkRelease(
  compact: string,
  via: Digest,
  item: Item,
  me: AuthorityId,
  view: DirectoryView,
  at: Instant,
): Promise<Release> {
  const release = readStatementOf('parley-release+json', compact);
  if (!release.ok || release.value.digest !== via) return refuse('RELEASE', 'It is not the release that was named.');
  const { payload } = release.value;
  if (payload.to !== me || payload.item !== item.digest) return refuse('RELEASE', 'The release is of another item or to another reader.');
  if (payload.keyCommitment !== item.payload.keyCommitment) return refuse('RELEASE', 'The release is of another content key.');
  // a gateway can make up an authority that nobody compared, and sign for it
  requireCompared(view, payload.holder);
  const signer = await verifySigner(release.value, payload.holder, view, at);
  return signer.ok ? release.value : refuse('RELEASE', `The release is not ${payload.holder}’s: ${signer.error}.`);
}

/** 2c. What gave it was a refusal of consent, whose sealed text it is: an item of whoever refused. */
export async function checkRefusal(compact: string, via: Digest, item: Item, me: AuthorityId, view: DirectoryView, at: Instant) {
  const refusal = readStatementOf('parley-consent-refusal+json', compact);
  if (!refusal.ok || refusal.value.digest !== via) return refuse('REFUSAL', 'It is not the refusal that was named.');
  const { holder, originator, text, seals } = refusal.value.payload;
  // a gateway can make up an authority that nobody compared, and sign for it
  requireCompared(view, originator);
  if ((holder !== me && originator !== me) || text !== item.digest || item.payload.issuer !== originator)
    return refuse('REFUSAL', 'The refusal’s text is another item or another’s.');
  const signer = await verifySigner(refusal.value, originator, view, at);
  return signer.ok ? seals : refuse('REFUSAL', `The refusal is not ${originator}’s: ${signer.error}.`);
}

/**
 * 3. Every originator other than me and the holder agreed, in words that cover exactly this. A presumption rests on an exchange that a
 * third party never sees, and so does an exemption of its channel: the gateway's word is all there is for them. Any other exemption
 * names nobody else's information. Where each originator's part rests on something of its own, each is looked at so.
 */
export async function checkBasis(
  release: Release,
  consents: readonly string[],
  item: Item,
  me: AuthorityId,
  view: DirectoryView,
  loggedAt: LoggedAt,
): Promise<Grant[]> {
  const { basis, holder, at } = release.payload;
  if ('reseal' in basis && holder !== me) return refuse('CONSENT', 'A reseal is to oneself.');
  // a lawful way asks nobody: `checkNotice` looks at what it asks instead
  if ('presumed' in basis || 'reseal' in basis || 'notices' in basis) return [];
  if ('exemption' in basis && restsOnExchange(basis.exemption)) return [];
  const grants = await verifiedGrants(consents, consentsIn(basis), view, loggedAt);
  const act = actOf(release, item);
  // by the holder's own date, and by the log's
  const times = [at, loggedAt(release.digest)];
  const isExempt = 'exemption' in basis && (item.payload.kind === 'PUBLIC_RECORD' || item.payload.kind === 'FPS_REPORT');
  // whoever was added as its originator since stands in the label under which it was released
  const originators = new Set([...item.payload.label.originators, ...release.payload.label.originators]);
  for (const originator of isExempt ? [] : originators) {
    if (originator === me || originator === holder) continue;
    if (restsElsewhere(basis, originator)) continue;
    requireCompared(view, originator);
    const agreed = grants.some(
      (grant) =>
        grant.payload.originator === originator &&
        isCitedFor(basis, grant) &&
        inScope(consentOf(grant), act) &&
        times.every((time) => inForce(consentOf(grant), time)),
    );
    if (!agreed) refuse('CONSENT', `No consent of ${originator} covers this release.`);
  }
  return grants;
}

async function verifiedGrants(
  compacts: readonly string[],
  cited: readonly Digest[],
  view: DirectoryView,
  loggedAt: LoggedAt,
): Promise<Grant[]> {
  const grants: Grant[] = [];
  for (const compact of compacts) {
    const grant = readStatementOf('parley-consent+json', compact);
    // one that the rules refused bears its signature too
    if (!grant.ok || !cited.includes(grant.value.digest) || loggedAt.place(grant.value.digest) === null) continue;
    const signer = await verifySigner(grant.value, grant.value.payload.originator, view, loggedAt(grant.value.digest));
    if (signer.ok) grants.push(grant.value);
  }
  return grants;
}

/** Where each originator has a line of its own: is this one's an exchange that the reader never sees? */
const restsElsewhere = (basis: Basis, originator: AuthorityId): boolean =>
  'each' in basis && (presumedOf(basis, originator) !== null || exemptionOf(basis, originator) !== null);

const isCitedFor = (basis: Basis, { digest, payload }: Grant): boolean =>
  citedIn(basis).some((cited) => cited.consent === digest && (cited.for ?? payload.originator) === payload.originator);

/** What is opened is the item's own word; `disclosed` is the holder's. */
export function actOf({ payload }: Release, { payload: { form } }: Item): Act {
  const { holder, to, toType, purpose, item, suite } = payload;
  const disclosed = form !== undefined && form._sd.length > 0 ? form._sd : null;
  if (toType === undefined) return refuse('RELEASE', 'The release does not say as what this authority receives it.');
  return { holder, to, toType, purpose, item, disclosed, suite: suite ?? null };
}

export const consentOf = ({ digest, payload }: Grant): Consent => ({
  ...payload,
  digest,
  // the reader has no log to place it in: whether a caveat came later, the gateway has judged
  logIndex: 0,
  recipient: payload.recipient.authority,
  recipientType: payload.recipient.authorityType,
  fields: payload.fields ?? null,
  conditions: payload.conditions ?? null,
  revokedAt: null,
});

/** 4. The seal is the one that the sender or holder signed, and one of my keys. */
export function checkSeal(
  given: readonly { readonly kid: string; readonly bytes: Uint8Array }[],
  signed: readonly { readonly kid: string; readonly seal: string }[],
  context: ClientContext,
): { readonly key: DeskKey; readonly bytes: Uint8Array } {
  for (const { kid, bytes } of given) {
    const key = deskKey(context.identity, kid);
    if (key !== null && signed.some((one) => one.kid === kid && one.seal === digestOfBytes(bytes))) return { key, bytes };
  }
  return refuse('SEAL', 'No seal that was signed for this item is to a key of this key store.');
}

/**
 * 5. The key inside is the one that the issuer committed to, before anything is decrypted with it.
 *
 * @param exchange whose envelope gave the item; null: none did
 */
export async function checkCommitment(
  item: Item,
  seal: { readonly key: DeskKey; readonly bytes: Uint8Array },
  exchange: ExchangeId | null,
): Promise<Uint8Array> {
  const { id, issuer, format, keyCommitment } = item.payload;
  const contentKey = await openSeal({ id, issuer, format: sealedFormat(format), keyCommitment }, seal.bytes, seal.key);
  if (contentKey.ok) return contentKey.value;
  if (contentKey.error === 'KEY_COMMITMENT')
    return refuse('KEY_COMMITMENT', 'The seal holds another key than the issuer signed: other readers may have been shown something else.');
  // nobody can prove that it does not open: the word in the exchange names what it is about, as the envelope lists both (docs/PROTOCOL.md)
  const body = JSON.stringify({ item: item.digest, proof: digestOfBytes(seal.bytes) });
  throw new ReadingRefused(
    'SEAL_UNOPENABLE',
    'The seal does not open with this desk’s key.',
    exchange === null
      ? 'Nothing of it is shown. Ask whoever released it for another release.'
      : `Nothing of it is shown. Whoever was asked says so, which stops its clocks until it comes sealed again: parley reply ${exchange} UNDECIPHERABLE --body '${body}'`,
  );
}

export function sealedFormat(format: 'age' | 'openpgp' | 'cms'): SealedFormat {
  if (format === 'cms') throw new ReadingRefused('FORMAT', 'This client does not open CMS.', 'Open it with the bridge that takes S/MIME.');
  return format;
}

export interface LabelNow {
  readonly label: Label;
  readonly labelEpoch: number;
  /** the label after each of them, the stated one first: what a release says it saw */
  readonly labels: readonly Label[];
  /** each with its place in the log: whom its issuer named by then is told of a reading */
  readonly changes: readonly (DatedChange & { readonly digest: Digest; readonly place: number })[];
}

/**
 * 6. What originators said of it since: each lifts what it set itself, all else only tightens; a retracted item is not shown.
 *
 * @param outlivesRetraction what clears an accused is read in spite of it (rulings 2)
 * @param seen how many such statements there were when this authority last looked, or when the releasing holder did
 */
export async function checkLabels(
  item: Item,
  compacts: readonly string[],
  view: DirectoryView,
  loggedAt: LoggedAt,
  seen: number,
  outlivesRetraction = false,
): Promise<LabelNow> {
  // one that is shown twice is not in the order of the log
  if (compacts.length < seen) return refuse('LABEL', `There were ${seen} label statements about it before: the gateway keeps some back.`);
  const labels: Label[] = [item.payload.label];
  const said: LabelNow['changes'][number][] = [];
  let last = -1;
  for (const compact of compacts) {
    const change = readStatementOf('parley-label+json', compact);
    if (!change.ok || change.value.payload.item !== item.digest)
      return refuse('LABEL', 'A label statement is unreadable or about another item.');
    const place = loggedAt.place(change.value.digest);
    if (place === null || place <= last) return refuse('LABEL', 'The label statements about it are not in the order of the log.');
    last = place;
    const { originator } = change.value.payload;
    const signer = await verifySigner(change.value, originator, view, loggedAt(change.value.digest));
    if (!signer.ok || !speakersOf(item.payload, said).includes(originator))
      return refuse('LABEL', 'A label statement is not an originator’s.');
    if (change.value.payload.change === 'RETRACT' && !outlivesRetraction) throw retractedBy(originator, item.digest, 'it');
    const now = asDated(change.value.payload, said);
    said.push({ ...now, digest: change.value.digest, place });
    labels.push(labelAfter(labels.at(-1)!, now));
  }
  return { label: labels.at(-1)!, labelEpoch: compacts.length, labels, changes: said };
}

/** 6. So that a statement that somebody's inbox told of, or that was shown here before, is not kept back. */
export function checkTold(compacts: readonly string[], told: readonly Digest[]): void {
  const shown = new Set(compacts.map(digestOf));
  if (told.some((digest) => !shown.has(digest)))
    refuse('LABEL', 'Your inbox told of a label statement about it, or an earlier reading showed it, and the gateway keeps it back.');
}

// recipients that a consent adds do not count as weakening (rulings 2)
const withoutNames = (label: Label): Label => ({ ...label, caveats: label.caveats.filter(({ code }) => code !== 'NAMED_RECIPIENTS') });

/** 7. The release is under a label no weaker than the one that stood when its holder looked. */
export function checkNotWeakened({ payload }: Release, { labels }: LabelNow): void {
  const floor = labels[payload.labelEpoch]!;
  if (!isAtLeast(withoutNames(payload.label), withoutNames(floor))) refuse('RELEASE', 'The release weakens the originator’s label.');
}
