/**
 * The typed exemptions: what is handed on without anybody's consent, because of what it is or of the exchange by which it came
 * (rulings 2). They are no bypasses: each says whose caveat it lifts towards whom, and everything else of the label stands.
 */
import type { AuthorityId } from './ids.js';
import type { CaveatCode } from './label.js';
import type { AuthorityType, ExchangeType, ProfileId, Purpose } from './vocabulary.js';

/** Because of the exchange by which it came: rows of the channel's profile. */
export const CHANNEL_EXEMPTIONS = ['NAMED_TEAM', 'EXECUTION', 'OWN_PROCEEDINGS'] as const;
export type ChannelExemption = (typeof CHANNEL_EXEMPTIONS)[number];
/** Because of what it is, or of whose it is: the law sees that itself, and a release that rests on it says so. */
export const EXEMPTIONS = ['RETURN', 'PUBLIC_RECORD', 'FPS_REPORT', ...CHANNEL_EXEMPTIONS] as const;
export type ExemptionCode = (typeof EXEMPTIONS)[number];

/** An exchange is what it rests on, which the new reader never sees. */
export const restsOnExchange = (code: ExemptionCode): code is ChannelExemption =>
  (CHANNEL_EXEMPTIONS as readonly ExemptionCode[]).includes(code);

/** One exemption of a channel. The recipient is always of the holder's own State. */
export interface Exemption {
  readonly code: ChannelExemption;
  /** the exchanges by which it came */
  readonly on: readonly ExchangeType[];
  /** which side the holder is on; null: either */
  readonly side: 'REQUESTING' | 'REQUESTED' | null;
  /** as what the holder was given it */
  readonly heldAs: readonly AuthorityType[];
  readonly to: readonly AuthorityType[];
  /** only whom the request named, as that, for that purpose, and whom no answer refused; a caveat of these that the giver adds later stands */
  readonly isNamed: boolean;
  /** only while the exchange by which it came is open: delivered, and neither answered, refused, withdrawn nor closed */
  readonly whileOpen: boolean;
  /** null: whatever the label lists */
  readonly purposes: readonly Purpose[] | null;
  /** the giver's caveats that do not stand in its way; NO_THIRD_PARTY takes TLP short of RED with it */
  readonly lifts: readonly CaveatCode[];
  readonly source: string;
}

/** A recipient that a request names, and for what. */
export interface NamedRecipient {
  readonly authority: AuthorityId;
  readonly authorityType: AuthorityType;
  readonly purposes: readonly Purpose[];
}

/** The exchange in which the holder was given something by an envelope to it. */
export interface GivenIn {
  readonly profile: ProfileId;
  readonly type: ExchangeType;
  readonly by: AuthorityId;
  readonly heldAs: AuthorityType;
  readonly side: 'REQUESTING' | 'REQUESTED';
  /** was it delivered, and has it not ended? */
  readonly isOpen: boolean;
  readonly named: readonly NamedRecipient[];
  /** the giver's last word on this recipient; null: none */
  readonly answer: 'GRANT' | 'REFUSE' | 'SILENT' | null;
}

/** What somebody wants to do with what it was given. */
interface HandingOn {
  readonly to: string;
  readonly toType: AuthorityType;
  readonly purpose: Purpose;
}

const isNamedIn = ({ named, answer }: GivenIn, { to, toType, purpose }: HandingOn): boolean =>
  answer !== 'REFUSE' &&
  named.some(({ authority, authorityType, purposes }) => authority === to && authorityType === toType && purposes.includes(purpose));

/** Does this row fit what came by that exchange, and where it is to go? Whether both are of one State, the caller knows. */
export const fits = (row: Exemption, given: GivenIn, act: HandingOn): boolean =>
  row.on.includes(given.type) &&
  (row.side === null || row.side === given.side) &&
  row.heldAs.includes(given.heldAs) &&
  row.to.includes(act.toType) &&
  (!row.whileOpen || given.isOpen) &&
  (row.purposes === null || row.purposes.includes(act.purpose)) &&
  (!row.isNamed || isNamedIn(given, act));
