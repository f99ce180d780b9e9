/** Consent: the originator's signed exception, beside the label and never inside it (rulings 2). */
import type { AuthorityId, Digest } from './ids.js';
import type { Instant } from './time.js';
import type { AuthorityType, Purpose, Suite } from './vocabulary.js';

/** A grant as the log knows it. */
export interface Consent {
  readonly digest: Digest;
  readonly originator: AuthorityId;
  readonly holder: AuthorityId;
  readonly recipient: AuthorityId;
  readonly recipientType: AuthorityType;
  readonly purposes: readonly Purpose[];
  readonly items: readonly Digest[];
  /** null: the whole item */
  readonly fields: readonly Digest[] | null;
  readonly suites: readonly Suite[];
  /** proceedings for which alone whoever has something on it may use it; null: it names none */
  readonly conditions: readonly string[] | null;
  /** its place in the log: a caveat added behind it beats it (rulings 4); times could not say which came first */
  readonly logIndex: number;
  readonly from: Instant;
  /** exclusive: at this instant it has ended */
  readonly until: Instant;
  readonly revokedAt: Instant | null;
}

/** What somebody wants to do under a consent. */
export interface Act {
  readonly holder: AuthorityId;
  readonly to: string;
  readonly toType: AuthorityType;
  readonly purpose: Purpose;
  readonly item: Digest;
  /** null: the whole item */
  readonly disclosed: readonly Digest[] | null;
  readonly suite: Suite | null;
}

/** Is it of theirs: did they give it, have it, or does it name them? Of what is between others nothing is said, whoever knows its digest. */
export const concerns = ({ originator, holder, recipient }: Consent, who: AuthorityId): boolean =>
  who === originator || who === holder || who === recipient;

/** Does it reach all that is disclosed? @param disclosed null: the whole item */
export const coversFields = ({ fields }: Consent, disclosed: Act['disclosed']): boolean =>
  fields === null || (disclosed !== null && disclosed.every((field) => fields.includes(field)));

/** A grant bound to proceedings opens no use but in these; reading is none yet. @param proceedings undefined: none are named */
export const coversProceedings = ({ conditions }: Consent, proceedings: string | undefined): boolean =>
  conditions === null || (proceedings !== undefined && conditions.includes(proceedings));

/** Covers it apart from time: recipient, type, purpose, item, fields, suite, and the holder it was given to. */
export function inScope(consent: Consent, act: Act): boolean {
  return (
    consent.holder === act.holder &&
    consent.recipient === act.to &&
    consent.recipientType === act.toType &&
    consent.purposes.includes(act.purpose) &&
    consent.items.includes(act.item) &&
    coversFields(consent, act.disclosed) &&
    (act.suite === null || consent.suites.includes(act.suite))
  );
}

/** In force at `now`: begun, not ended, not revoked. Its last instant is the one before `until`. */
export const inForce = (consent: Consent, now: Instant): boolean =>
  now >= consent.from && now < consent.until && consent.revokedAt === null;

export const covers = (consent: Consent, act: Act, now: Instant): boolean => inScope(consent, act) && inForce(consent, now);

/** When it ended, or null while it has not. */
export const endedAt = (consent: Pick<Consent, 'until' | 'revokedAt'>, now: Instant): Instant | null =>
  consent.revokedAt ?? (now >= consent.until ? consent.until : null);
