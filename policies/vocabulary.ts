/** The words in which the rules are written. Each says one thing about the facts; no rule hides a loop of its own. */
import { hasType, type Authority } from '../domain/authority.js';
import { presumedOf } from '../domain/basis.js';
import { covers, coversFields, coversProceedings, endedAt, inForce, inScope, type Act, type Consent } from '../domain/consent.js';
import { isOfHolder } from '../domain/handed-on.js';
import type { AuthorityId, Digest } from '../domain/ids.js';
import { hasCaveat, levelExceeds, type Caveat, type CaveatCode, type Label } from '../domain/label.js';
import type { LawfulWay, Notice } from '../domain/lawful-way.js';
import { closePurposes, PROFILES } from '../domain/profiles/index.js';
import type { Instant } from '../domain/time.js';
import type { Remedy } from '../domain/violation.js';
import { EVIDENTIAL_PURPOSES, NEVER_PRESUMED, type AuthorityType, type Purpose } from '../domain/vocabulary.js';
import { givenNow, tightenedLast, wasHandedFor } from './held-on.js';
import type {
  AccessFacts,
  ApprovalFacts,
  ConsentFacts,
  ConsentRefusalFacts,
  Facts,
  ItemFacts,
  NoticeFacts,
  ReleaseFacts,
  SendFacts,
  UseFacts,
} from './facts.js';

// ── who ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const inOneTerritory = (a: Authority | null, b: Authority | null): boolean =>
  a !== null && b !== null && a.entry !== null && b.entry !== null && a.entry.territory === b.entry.territory;

/** Is its entry in the directory one that still holds? */
export const isCurrent = (authority: Authority, now: Instant): boolean => authority.entry !== null && now < authority.entry.validUntil;

/** Whom it is meant for. `type` null: a release that does not say as what. */
export interface Addressee {
  readonly id: string;
  readonly type: AuthorityType | null;
  readonly authority: Authority | null;
}

export function addresseeOf(facts: SendFacts | ReleaseFacts | ConsentFacts | NoticeFacts): Addressee {
  if (facts.action === 'send') return { id: facts.envelope.to, type: facts.envelope.toType, authority: facts.to };
  if (facts.action === 'release') return { id: facts.release.to, type: facts.release.toType ?? null, authority: facts.to };
  const { authority, authorityType } = facts.action === 'notice' ? facts.notice.recipient : facts.consent.recipient;
  return { id: authority, type: authorityType, authority: facts.action === 'notice' ? facts.to : facts.recipient };
}

/** What a statement encloses, and between whom: the items of an envelope, the text of a refusal. */
export interface Enclosure {
  readonly from: AuthorityId;
  readonly to: AuthorityId;
  readonly toType: AuthorityType;
  readonly items: readonly ItemFacts[];
}

export function enclosureOf(facts: SendFacts | ConsentRefusalFacts): Enclosure {
  if (facts.action === 'send') return { ...facts.envelope, items: facts.items };
  const { refusal, holderType, text } = facts;
  return { from: refusal.originator, to: refusal.holder, toType: holderType, items: text === null ? [] : [text] };
}

/** Items whose bytes this act hands to somebody, at the level at which they go: whoever hands one on may raise it. */
export function handedOver(facts: Exclude<Facts, ApprovalFacts>): readonly ItemFacts[] {
  if (facts.action === 'consent-refusal') return enclosureOf(facts).items;
  if (facts.action !== 'release') return itemsOf(facts);
  const { level } = facts.release.label;
  return itemsOf(facts).map((item) => (levelExceeds(level, item.label.level) ? { ...item, label: { ...item.label, level } } : item));
}

/** `private:NEWSPAPER`: named plainly as somebody who is no authority at all. */
export const isPrivate = (id: string): boolean => id.startsWith('private:');

export const itemsOf = (facts: Exclude<Facts, ApprovalFacts>): readonly ItemFacts[] => ('item' in facts ? [facts.item] : facts.items);

/** By authority *and* type, all of it: one body may be FIU and central authority, and these are strangers to each other (rulings 2). */
export const cameFrom = (item: ItemFacts, id: string, type: AuthorityType | undefined): boolean =>
  item.cameFrom.some(({ authority }) => authority === id) &&
  item.cameFrom.every(({ authority, authorityType }) => authority !== id || authorityType === type);

/** Handing it to one's own new desk generation is no disclosure, so long as it stays under the type that holds it. */
export const staysWithHolder = (facts: ReleaseFacts): boolean =>
  facts.release.to === facts.release.holder && facts.release.toType !== undefined && facts.heldAs.includes(facts.release.toType);

/** It goes back to who gave it: then neither that one's caveats stand in the way, nor what somebody added who only handed it on. */
export const goesHome = (item: ItemFacts, owner: AuthorityId, to: string, type: AuthorityType | undefined): boolean =>
  (owner === to || isOfHolder(item.label, owner)) && cameFrom(item, to, type);

// ── consent ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** All fields that open with it; null: it is not made of fields. */
const disclosedIn = (form: ItemFacts['form']): readonly Digest[] | null =>
  form !== null && form.disclosures.length > 0 ? form.disclosures : null;

/**
 * What a release wants to do, in the words of a grant; null where it does not say as what the recipient gets it. A seal opens the
 * whole item, whatever the release says it discloses: fewer fields are an item of their own, which names no others.
 */
export function actOf({ release, item: { form } }: ReleaseFacts): Act | null {
  const { holder, to, toType, purpose, item, suite } = release;
  const disclosed = disclosedIn(form);
  return toType === undefined ? null : { holder, to, toType, purpose, item, disclosed, suite: suite ?? null };
}

export const isInScope = (grant: Consent, act: Act | null): boolean => act !== null && inScope(grant, act);

/** A later caveat beats an earlier grant (rulings 4); later is what stands later in the log. */
export const isBeaten = (grant: Consent, item: ItemFacts): boolean =>
  item.tightened.some(({ by, logIndex }) => by === grant.originator && logIndex > grant.logIndex);

/** Only what the release cites counts: the new reader has to see it too, else its client shows nothing (protocol 2). */
export const isGranted = (facts: ReleaseFacts, originator: AuthorityId): boolean => {
  const act = actOf(facts);
  return (
    act !== null &&
    facts.cited.some(
      (grant) => grant !== null && grant.originator === originator && covers(grant, act, facts.now) && !isBeaten(grant, facts.item),
    )
  );
};

/** Grants of `originator` that would cover the act at their time, and whether all of them have ended. */
export function onlyEndedGrants(facts: ReleaseFacts, originator: AuthorityId): readonly Consent[] {
  const meant = facts.consents.filter((grant) => grant.originator === originator && isInScope(grant, actOf(facts)));
  return meant.every((grant) => endedAt(grant, facts.now) !== null) ? meant : [];
}

/** Named in the request, not refused in the reply, switched on in both entries, possible on the profile (0.4); a later caveat beats it (rulings 4). */
export function isPresumed({ release, presumption, item }: ReleaseFacts, originator: AuthorityId): boolean {
  if (presumption === null || presumption.originator !== originator || !PROFILES[presumption.profile].presumedConsentPossible) return false;
  if (presumedOf(release.basis, originator) !== presumption.request || !presumption.bothSwitchedOn) return false;
  if (item.tightened.some(({ by }) => by === originator)) return false;
  if ((presumption.answer !== 'SILENT' && presumption.answer !== 'GRANT') || NEVER_PRESUMED.has(release.purpose)) return false;
  return presumption.named.some(
    ({ authority, authorityType, purposes }) =>
      authority === release.to && authorityType === release.toType && purposes.includes(release.purpose),
  );
}

/** Nothing leaves the holder, or it is the holder's own, or goes back to who gave it: then no caveat of `owner` stands in the way. */
export const returnsTo =
  (facts: ReleaseFacts) =>
  (owner: AuthorityId): boolean =>
    staysWithHolder(facts) || owner === facts.release.holder || goesHome(facts.item, owner, facts.release.to, facts.release.toType);

/** Is this release what the notice told of, whether or not its time has come? */
const isToldOf = ({ release }: ReleaseFacts, notice: Notice): boolean =>
  notice.holder === release.holder &&
  notice.item === release.item &&
  notice.recipient === release.to &&
  notice.recipientType === release.toType &&
  notice.purpose === release.purpose;

/** The cited notices that tell of this very release. */
export const noticesOf = (facts: ReleaseFacts): readonly Notice[] =>
  facts.notices.flatMap((notice) => (notice !== null && isToldOf(facts, notice) ? [notice] : []));

/** The lawful way it takes: told of, approved by a second person, and open; null: none. */
export const lawfulWayOf = (facts: ReleaseFacts): LawfulWay | null =>
  noticesOf(facts).find(({ isApproved, opensAt }) => isApproved && facts.now >= opensAt)?.way ?? null;

/** Has `originator` nothing against this release, or is it lawful all the same? It has its own back, gave its consent, or is presumed to. */
export const agreesToRelease = (facts: ReleaseFacts): ((originator: AuthorityId) => boolean) => {
  if (lawfulWayOf(facts) !== null) return () => true;
  return (originator) => returnsTo(facts)(originator) || isGranted(facts, originator) || isPresumed(facts, originator);
};

/** Sealing an item to one's own new key opens no purpose: the holder has it for this one already, or the originator grants it. */
export const agreesToPurpose = (facts: ReleaseFacts): ((originator: AuthorityId) => boolean) => {
  if (!staysWithHolder(facts)) return agreesToRelease(facts);
  const { release, heldBy, now } = facts;
  const hasItForThis = heldBy?.some(({ purpose, until }) => purpose === release.purpose && now < until) ?? false;
  return (originator) => hasItForThis || originator === release.holder || isGranted(facts, originator);
};

/** Who granted the purpose to this very body, as one of those as which it holds the item, for all that opens with it, and in force now. */
function grantedTo(who: Authority | null, purpose: Purpose, facts: AccessFacts | UseFacts): ReadonlySet<AuthorityId> {
  if (who === null) return new Set();
  const tightened = tightenedLast(facts.item.tightened);
  const lets = (grant: Consent): boolean =>
    grant.recipient === who.id &&
    hasType(who, grant.recipientType) &&
    facts.heldAs.includes(grant.recipientType) &&
    coversFields(grant, disclosedIn(facts.item.form)) &&
    grant.purposes.includes(purpose) &&
    (facts.action === 'access' || coversProceedings(grant, facts.use.proceedings)) &&
    inForce(grant, facts.now) &&
    (tightened.get(grant.originator) ?? 0) <= grant.logIndex;
  return new Set(facts.consents.filter(lets).map(({ originator }) => originator));
}

/** Is it asked as who handed the items on, being an originator of none of them? */
export const answersForOthers = ({ refusal, items }: ConsentRefusalFacts): boolean =>
  items.every(({ label }) => !label.originators.includes(refusal.originator));

/** All that such a holder says to who asks: whose consent is lacking, and that one is, it tells nobody (6.4 (5) [D]). */
export const saysOnlyThatItCannot = (facts: ConsentRefusalFacts): boolean =>
  answersForOthers(facts) && facts.refusal.codes.join() === 'CANNOT_PROVIDE' && facts.refusal.text === undefined;

// ── purpose ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** INTEL_ONLY leaves these, so far as the label lists them (A.5). */
const INTELLIGENCE_PURPOSES: ReadonlySet<Purpose> = new Set(['INTELLIGENCE', 'ASSET_TRACING', 'MLA_PREPARATION']);
/** LEA_PURPOSE_ONLY: preventing and combating crime (H0 [F:S23]). */
const CRIME_PURPOSES: ReadonlySet<Purpose> = new Set([
  ...INTELLIGENCE_PURPOSES,
  'INVESTIGATION',
  'PROSECUTION_JUDICIAL',
  'CONFISCATION',
  'ASSET_RETURN',
  'EXTRADITION',
  'PREVENTION',
  'EXCULPATORY',
  'IMMINENT_THREAT',
]);

function bars(caveat: Caveat, purpose: Purpose): boolean {
  if (caveat.code === 'INTEL_ONLY') return !INTELLIGENCE_PURPOSES.has(purpose);
  if (caveat.code === 'LEA_PURPOSE_ONLY') return !CRIME_PURPOSES.has(purpose);
  return caveat.code === 'NOT_FOR_EVIDENCE' && EVIDENTIAL_PURPOSES.has(purpose);
}

/** A purpose somebody has in mind, and whether an originator agrees to it beside its label. */
export interface Intention {
  readonly item: ItemFacts;
  readonly purpose: Purpose;
  agrees(originator: AuthorityId): boolean;
}

export function intentionOf(facts: ReleaseFacts | AccessFacts | UseFacts): Intention {
  const { item } = facts;
  if (facts.action === 'release') return { item, purpose: facts.release.purpose, agrees: agreesToPurpose(facts) };
  if (facts.action === 'use') {
    const { holder, purpose } = facts.use;
    const [handed, granted] = [wasHandedFor(facts), grantedTo(facts.holder, purpose, facts)];
    return { item, purpose, agrees: (who) => who === holder || handed(who) || granted.has(who) };
  }
  const { reader, purpose } = facts.access;
  // an ended grant stops new use, not the reading by who has it already (rulings 4): what gave it says for what, and never the reader itself
  const given = givenNow(facts).some((one) => one.purpose === purpose);
  const granted = grantedTo(facts.reader, purpose, facts);
  return { item, purpose, agrees: (originator) => given || originator === reader || granted.has(originator) };
}

/** The law takes these out of consent and caveats, whatever is said of one later (AMLD6 33(1), 34(1) [F:S18]). */
export const isFpsReport = (item: ItemFacts): boolean => item.kind === 'FPS_REPORT' && hasCaveat(item.statedLabel, 'FPS_REPORT');

/** Open to the public, and so nobody's to withhold (UNCAC 46(29)(a)): what is made from anything else does not become so by its name. */
export const isOpenRecord = (item: ItemFacts): boolean => item.kind === 'PUBLIC_RECORD' && item.sourcesOpen;

/**
 * The purposes that its label lists, with those that its channel implies: of something made from others only such as each of these allows
 * (rulings 3), whichever channel its maker chose.
 */
export const purposesOf = ({ label, givenOn, sources }: ItemFacts): readonly Purpose[] =>
  closePurposes(label.purposes, givenOn).filter(
    (purpose) => label.purposes.includes(purpose) || sources.every((source) => source?.purposes.includes(purpose)),
  );

/** Who objects to the purpose: every originator where the label does not list it, and owners of caveats that bar it. */
export function objectors({ item, purpose, agrees }: Intention): AuthorityId[] {
  if (isFpsReport(item)) return [];
  const listed = purposesOf(item).includes(purpose);
  const owners = item.label.caveats.filter((caveat) => bars(caveat, purpose)).map((caveat) => caveat.by);
  return [...new Set([...(listed ? [] : item.label.originators), ...owners])].filter((owner) => !agrees(owner));
}

/** Would it put the item before a court although it was given as intelligence, or before a criminal court at all? */
export const isEvidence = (label: Label, purpose: Purpose): boolean =>
  purpose === 'PROSECUTION_JUDICIAL' ||
  (EVIDENTIAL_PURPOSES.has(purpose) && (hasCaveat(label, 'INTEL_ONLY') || hasCaveat(label, 'NOT_FOR_EVIDENCE')));

// ── labels ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type CaveatOf<C extends CaveatCode> = Extract<Caveat, { code: C }>;
const isCaveat =
  <C extends CaveatCode>(code: C) =>
  (caveat: Caveat): caveat is CaveatOf<C> =>
    caveat.code === code;

export const caveatsOf = <C extends CaveatCode>(label: Label, code: C): CaveatOf<C>[] => label.caveats.filter(isCaveat(code));

/** Whose caveat of this kind stands against it. */
export const ownersOf = (label: Label, code: CaveatCode, agrees: (owner: AuthorityId) => boolean): AuthorityId[] =>
  caveatsOf(label, code)
    .map((caveat) => caveat.by)
    .filter((owner) => !agrees(owner));

// ── remedies ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const NONE: Remedy = { action: 'none' };

/** what a sentence spells out; the offenders have as many as an answer carries */
const NAMED_MAX = 8;

export function named(things: readonly string[], max = NAMED_MAX): string {
  const more = things.length - max;
  const text = things.slice(0, max).join(', ');
  return more > 0 ? `${text} and ${more} more` : text || 'none';
}
