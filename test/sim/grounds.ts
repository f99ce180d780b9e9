/** On what a release may go past an originator: its consent, what it answered to the request, or a lawful way of which it was told. */
import type { PayloadOf } from '../../domain/statement.js';
import { behind, isRetracted, labelsOn, saidIn, sentTo, type Logged, type Past, type Release } from './past.js';

/** Has this originator, who neither gives nor gets it, nothing against it, or is it lawful all the same? */
export function mayPass(past: Past, release: Release, originator: string): boolean {
  const { basis } = release.payload;
  const said = 'each' in basis ? basis.each.find((one) => one.originator === originator) : basis;
  if (said === undefined) return false;
  const grants = saidIn(past, 'parley-consent+json');
  if ('consents' in said) return grants.some((grant) => said.consents.includes(grant.digest) && allows(past, grant, release, originator));
  if ('consent' in said) return grants.some((grant) => said.consent === grant.digest && allows(past, grant, release, originator));
  if ('presumed' in said) return isPresumed(past, release, originator, said.presumed);
  if ('exemption' in said) return isExempt(past, release, originator, said.exemption);
  return lawfulWay(past, release) !== null;
}

function allows(past: Past, grant: Logged<'parley-consent+json'>, { payload: release, at }: Release, originator: string): boolean {
  const { payload } = grant;
  return (
    payload.originator === originator &&
    payload.holder === release.holder &&
    payload.recipient.authority === release.to &&
    payload.recipient.authorityType === release.toType &&
    payload.items.includes(release.item) &&
    payload.purposes.includes(release.purpose) &&
    at >= payload.from &&
    at < payload.until &&
    !isRevoked(past, grant.digest) &&
    !labelsOn(past, release.item).some((label) => label.index > grant.index && label.payload.originator === originator)
  );
}

const isRevoked = (past: Past, consent: string): boolean =>
  saidIn(past, 'parley-consent-revocation+json').some(({ payload }) => payload.consent === consent);

function citedIn(past: Past, { payload: { basis } }: Release): readonly Logged<'parley-consent+json'>[] {
  const cited =
    'consents' in basis ? basis.consents : 'each' in basis ? basis.each.flatMap((one) => ('consent' in one ? [one.consent] : [])) : [];
  return saidIn(past, 'parley-consent+json').filter(({ digest }) => cited.includes(digest));
}

type Using = Pick<PayloadOf<'parley-use+json'>, 'holder' | 'item' | 'purpose'>;

/**
 * Does this release still let what came by it be used for this? No consent that it cites has ended or is for something else; and what it
 * rests on beside, it does so for its own purpose. Whoever has said so to the user itself since is not asked.
 */
export function letsUse(past: Past, release: Release, use: Using, at: number): boolean {
  const { holder, toType, purpose } = release.payload;
  const grants = citedIn(past, release);
  return [...behind(past, use.item)].every((originator) => {
    if (isGrantedAnew(past, use, toType, originator, at)) return true;
    const own = grants.filter(({ payload }) => payload.originator === originator);
    if (own.some(({ digest, payload }) => at >= payload.until || isRevoked(past, digest) || !payload.purposes.includes(use.purpose)))
      return false;
    return purpose === use.purpose || originator === holder || own.length > 0;
  });
}

/** Has this originator said so to this very body, as this very type, for this very purpose, by a consent that stands? */
export const isGrantedAnew = (past: Past, use: Using, as: string | undefined, originator: string, at: number): boolean =>
  saidIn(past, 'parley-consent+json').some(
    ({ digest, payload }) =>
      payload.originator === originator &&
      payload.recipient.authority === use.holder &&
      payload.recipient.authorityType === as &&
      payload.items.includes(use.item) &&
      payload.purposes.includes(use.purpose) &&
      at < payload.until &&
      !isRevoked(past, digest),
  );

/** The request named the recipient, whoever answered it has not refused it since, and both let that be enough. */
function isPresumed(past: Past, { payload: release }: Release, originator: string, request: string): boolean {
  const envelopes = saidIn(past, 'parley-envelope+json');
  const opening = envelopes.find(({ digest }) => digest === request)?.payload;
  const carrier = sentTo(past, { who: release.holder, as: release.holderType }, release.item)[0];
  if (opening?.message !== 'SUBMIT' || carrier === undefined) return false;
  const word = lastWord(past, carrier, release);
  return (
    opening.profile === 'EGMONT_FIU' &&
    opening.from === release.holder &&
    (release.holderType ?? opening.fromType) === opening.fromType &&
    opening.to === originator &&
    carrier.payload.from === originator &&
    carrier.payload.exchange === opening.exchange &&
    isNamed(opening.body.intendedRecipients ?? [], release) &&
    (word === 'SILENT' || word === 'GRANT') &&
    [originator, release.holder].every((who) => letsPresume(past, who)) &&
    !labelsOn(past, release.item).some((label) => label.index > carrier.index && label.payload.originator === originator)
  );
}

/** What whoever gave it said last of the recipient, from what gave it on; a refusal stands, whenever it was said, until a grant. */
function lastWord(past: Past, { payload, index }: Logged<'parley-envelope+json'>, release: Release['payload']): string | undefined {
  const words = saidIn(past, 'parley-envelope+json')
    .filter((one) => one.payload.exchange === payload.exchange && one.payload.from === payload.from)
    .flatMap((one) => wordsOn(one.payload, release).map((word) => ({ word, at: one.index })));
  const refused = words.findLastIndex(({ word }) => word === 'REFUSE');
  if (refused >= 0 && !words.slice(refused).some(({ word }) => word === 'GRANT')) return 'REFUSE';
  return words.findLast(({ at }) => at >= index)?.word;
}

const INVESTIGATORS = ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'];
const stateOf = (who: string): string => who.slice(0, 2);

/** Whom a request may name, by its channel. */
const NAMEABLE: Readonly<Partial<Record<string, readonly string[]>>> = {
  CARIN: INVESTIGATORS,
  FORMAL_MLA: [...INVESTIGATORS, 'COURT', 'CENTRAL_AUTHORITY_MLA'],
};

/** In the State of whoever was given it, by the exchange that gave it: to whom a request named, or to who executes a formal one. */
function isExempt(past: Past, { payload: release }: Release, originator: string, code: string): boolean {
  const { holder, holderType, item, to, toType = '' } = release;
  const carrier = sentTo(past, { who: holder, as: holderType }, item)[0];
  const said = saidIn(past, 'parley-envelope+json').filter(({ payload }) => payload.exchange === carrier?.payload.exchange);
  const opening = said[0];
  if (carrier === undefined || opening?.payload.message !== 'SUBMIT' || stateOf(holder) !== stateOf(to)) return false;
  if (carrier.payload.from !== originator || carrier.payload.to !== holder) return false;
  const { profile, from, body } = opening.payload;
  if (code === 'NAMED_TEAM')
    return (
      NAMEABLE[profile]?.includes(toType) === true &&
      from === holder &&
      isNamed(body.intendedRecipients ?? [], release) &&
      lastWord(past, carrier, release) !== 'REFUSE' &&
      !labelsOn(past, item).some(
        ({ index, payload }) =>
          index > carrier.index && payload.originator === originator && payload.label?.caveats.some(isThirdPartyOf(originator)),
      )
    );
  return (
    code === 'EXECUTION' &&
    profile === 'FORMAL_MLA' &&
    from === originator &&
    [...INVESTIGATORS, 'COURT', 'FIU', 'ASSET_RECOVERY_OFFICE'].includes(toType) &&
    past.arrived.has(opening.digest) &&
    !said.some(({ payload }) => payload.message === 'NO_LONGER_REQUIRED')
  );
}
const isThirdPartyOf =
  (who: string) =>
  ({ code, by }: { readonly code: string; readonly by: string }): boolean =>
    code === 'NO_THIRD_PARTY' && by === who;

type Recipients = NonNullable<Extract<PayloadOf<'parley-envelope+json'>, { message: 'SUBMIT' }>['body']['intendedRecipients']>;
const isNamed = (named: Recipients, { to, toType, purpose }: Release['payload']): boolean =>
  named.some((one) => one.authority === to && one.authorityType === toType && one.purposes.includes(purpose));

function wordsOn({ body }: PayloadOf<'parley-envelope+json'>, { to }: Release['payload']): string[] {
  const said = 'consentToIntendedRecipients' in body ? (body.consentToIntendedRecipients ?? []) : [];
  return said.filter(({ authority }) => authority === to).map(({ answer }) => answer);
}

const letsPresume = (past: Past, who: string): boolean =>
  saidIn(past, 'parley-entry+json')
    .findLast(({ payload }) => payload.authority === who)
    ?.payload.presumedConsent.includes('EGMONT_FIU') ?? false;

/** By a notice of this very release, which a second person approved and against which no originator has anything; null: by none. */
export function lawfulWay(past: Past, { payload: release }: Release): 'EXCULPATORY' | 'EMERGENCY' | 'LEGAL_OBLIGATION' | null {
  const { basis } = release;
  if (!('notices' in basis)) return null;
  const notice = saidIn(past, 'parley-notice+json').find(
    ({ digest, payload }) =>
      basis.notices.includes(digest) &&
      payload.holder === release.holder &&
      payload.item === release.item &&
      payload.recipient.authority === release.to &&
      payload.recipient.authorityType === release.toType &&
      payload.purpose === release.purpose,
  );
  if (notice === undefined || !isApproved(past, notice, basis.approvals)) return null;
  const waits = notice.payload.way === 'EXCULPATORY' && notice.payload.impossible === undefined;
  return waits && !isUncontested(past, notice) ? null : notice.payload.way;
}

const isApproved = (past: Past, notice: Logged<'parley-notice+json'>, cited: readonly string[]): boolean =>
  saidIn(past, 'parley-approval+json').some(
    ({ digest, kid, payload }) => cited.includes(digest) && payload.notice === notice.digest && kid !== notice.kid,
  );

/** No life here lasts until a consultation is over by itself. */
const isUncontested = (past: Past, { digest, payload: { item, holder } }: Logged<'parley-notice+json'>): boolean =>
  [...behind(past, item)].every(
    (originator) =>
      originator === holder ||
      saidIn(past, 'parley-consultation+json').findLast(({ payload }) => payload.notice === digest && payload.originator === originator)
        ?.payload.answer === 'NO_OBJECTION',
  );

/** What was taken back is disclosed where it clears an accused, and by no other way. */
export const isBarred = (past: Past, release: Release): boolean =>
  isRetracted(past, release.payload.item) && lawfulWay(past, release) !== 'EXCULPATORY';
