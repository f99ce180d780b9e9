/** The law of this gateway, in the order in which a person would mend what is wrong (`mayForward`, domain.md 12). */
import { PROFILES } from '../domain/profiles/index.js';
import type { Rule } from './rule.js';
import { civilAdmin } from './rules/channel/civil-admin.js';
import { coercive } from './rules/channel/coercive.js';
import { criminalThere } from './rules/channel/criminal-there.js';
import { diagonalChain } from './rules/channel/diagonal-chain.js';
import { diplomatic } from './rules/channel/diplomatic.js';
import { equalAssurance } from './rules/channel/equal-assurance.js';
import { fallback } from './rules/channel/fallback.js';
import { formalAuthority } from './rules/channel/formal-authority.js';
import { networkObserver } from './rules/channel/network-observer.js';
import { liftNoticed } from './rules/channel/lift-noticed.js';
import { measureLongest } from './rules/channel/measure-longest.js';
import { network } from './rules/channel/network.js';
import { oneself } from './rules/channel/oneself.js';
import { onwardPair } from './rules/channel/onward-pair.js';
import { pair } from './rules/channel/pair.js';
import { postponement } from './rules/channel/postponement.js';
import { profileLevel } from './rules/channel/profile-level.js';
import { region } from './rules/channel/region.js';
import { retentionMax } from './rules/channel/retention-max.js';
import { sender } from './rules/channel/sender.js';
import { ended } from './rules/consent/ended.js';
import { answersRequest } from './rules/consent/answers-request.js';
import { grantPeriod } from './rules/consent/grant-period.js';
import { grantProceedings } from './rules/consent/grant-proceedings.js';
import { scope } from './rules/consent/scope.js';
import { sentOn } from './rules/consent/sent-on.js';
import { thirdParty } from './rules/consent/third-party.js';
import { addedLabel } from './rules/form/added-label.js';
import { answerToRecipients } from './rules/form/answer-to-recipients.js';
import { assistance } from './rules/form/assistance.js';
import { clearFields } from './rules/form/clear-fields.js';
import { coerciveFlag } from './rules/form/coercive-flag.js';
import { confidentialityChoice } from './rules/form/confidentiality-choice.js';
import { conventionApplies } from './rules/form/convention-applies.js';
import { coordinationPlan } from './rules/form/coordination-plan.js';
import { countryLink } from './rules/form/country-link.js';
import { distributionList } from './rules/form/distribution-list.js';
import { deadlineReason } from './rules/form/deadline-reason.js';
import { language } from './rules/form/language.js';
import { legalBasis } from './rules/form/legal-basis.js';
import { nothingSaid } from './rules/form/nothing-said.js';
import { onBehalfOf } from './rules/form/on-behalf-of.js';
import { period } from './rules/form/period.js';
import { purpose } from './rules/form/purpose.js';
import { sealedFields } from './rules/form/sealed-fields.js';
import { times } from './rules/form/times.js';
import { urgency } from './rules/form/urgency.js';
import { useEnded } from './rules/consent/use-ended.js';
import { useScope } from './rules/consent/use-scope.js';
import { borrowed } from './rules/holding/borrowed.js';
import { capacity } from './rules/holding/capacity.js';
import { derivation } from './rules/holding/derivation.js';
import { desk } from './rules/holding/desk.js';
import { foreignCaveat } from './rules/holding/foreign-caveat.js';
import { holder } from './rules/holding/holder.js';
import { lifted } from './rules/holding/lifted.js';
import { originator } from './rules/holding/originator.js';
import { retention } from './rules/holding/retention.js';
import { retracted } from './rules/holding/retracted.js';
import { addedOriginator } from './rules/label/added-originator.js';
import { attribution } from './rules/label/attribution.js';
import { caveatAllowed } from './rules/label/caveat-allowed.js';
import { condition } from './rules/label/condition.js';
import { confidentialAhead } from './rules/label/confidential-ahead.js';
import { confidentialChosen } from './rules/label/confidential-chosen.js';
import { confidentialFact } from './rules/label/confidential-fact.js';
import { confidentialUntil } from './rules/label/confidential-until.js';
import { contactSource } from './rules/label/contact-source.js';
import { contradictory } from './rules/label/contradictory.js';
import { destroyAhead } from './rules/label/destroy-ahead.js';
import { empty } from './rules/label/empty.js';
import { exportAllowed } from './rules/label/export.js';
import { restrictionInWords } from './rules/label/in-words.js';
import { minimumCaveats } from './rules/label/minimum-caveats.js';
import { namedRecipients } from './rules/label/named-recipients.js';
import { openUse } from './rules/label/open-use.js';
import { ownOrganisation } from './rules/label/own-organisation.js';
import { privileged } from './rules/label/privileged.js';
import { specialityOwed } from './rules/label/speciality.js';
import { tlp } from './rules/label/tlp.js';
import { tlpChosen } from './rules/label/tlp-chosen.js';
import { weakened } from './rules/label/weakened.js';
import { weakerThanSources } from './rules/label/weaker-than-sources.js';
import { consulting } from './rules/lawful/consulting.js';
import { domesticDuty } from './rules/lawful/domestic-duty.js';
import { noticeMissing } from './rules/lawful/notice-missing.js';
import { openTo } from './rules/lawful/open-to.js';
import { recipient } from './rules/lawful/recipient.js';
import { twoPersons } from './rules/lawful/two-persons.js';
import { clearance } from './rules/level/clearance.js';
import { protection } from './rules/level/protection.js';
import { system } from './rules/level/system.js';
import { beyond } from './rules/purpose/beyond.js';
import { evidence } from './rules/purpose/evidence.js';
import { handedOn } from './rules/purpose/handed-on.js';
import { speciality } from './rules/purpose/speciality.js';
import { tippingOff } from './rules/purpose/tipping-off.js';
import { tooEarly } from './rules/purpose/too-early.js';
import { addresseeDesignated } from './rules/recipient/addressee-designated.js';
import { observer } from './rules/recipient/observer.js';
import { privateParty } from './rules/recipient/private-party.js';
import { suspended } from './rules/recipient/suspended.js';
import { acceptedConditions } from './rules/refusal/accepted-conditions.js';
import { cannotProvide } from './rules/refusal/cannot-provide.js';
import { consentGround } from './rules/refusal/consent-ground.js';
import { consultation } from './rules/refusal/consultation.js';
import { dualCriminality } from './rules/refusal/dual-criminality.js';
import { ground } from './rules/refusal/ground.js';
import { postponementGround } from './rules/refusal/postponement-ground.js';
import { reason } from './rules/refusal/reason.js';

export const RULES: readonly Rule[] = [
  // whom it is for
  privateParty,
  addresseeDesignated,
  observer,
  suspended,
  // whose it is, and whether it still is
  holder,
  capacity,
  desk,
  originator,
  foreignCaveat,
  lifted,
  retracted,
  retention,
  borrowed,
  derivation,
  // how well it is kept
  system,
  clearance,
  protection,
  // what its label says of readers
  namedRecipients,
  ownOrganisation,
  tlp,
  exportAllowed,
  attribution,
  privileged,
  confidentialFact,
  confidentialUntil,
  confidentialAhead,
  destroyAhead,
  openUse,
  // the channel
  sender,
  oneself,
  pair,
  onwardPair,
  network,
  networkObserver,
  region,
  equalAssurance,
  formalAuthority,
  diplomatic,
  civilAdmin,
  criminalThere,
  diagonalChain,
  coercive,
  postponement,
  measureLongest,
  liftNoticed,
  fallback,
  profileLevel,
  retentionMax,
  // what it is for
  empty,
  beyond,
  evidence,
  handedOn,
  speciality,
  tooEarly,
  tippingOff,
  // who agreed
  thirdParty,
  sentOn,
  scope,
  ended,
  useEnded,
  useScope,
  answersRequest,
  grantPeriod,
  grantProceedings,
  // the lawful ways around consent
  openTo,
  recipient,
  domesticDuty,
  noticeMissing,
  consulting,
  twoPersons,
  contactSource,
  condition,
  restrictionInWords,
  // the label it goes on under
  contradictory,
  caveatAllowed,
  tlpChosen,
  minimumCaveats,
  specialityOwed,
  confidentialChosen,
  weakened,
  weakerThanSources,
  addedLabel,
  addedOriginator,
  // what a request owes
  legalBasis,
  conventionApplies,
  purpose,
  sealedFields,
  clearFields,
  assistance,
  coerciveFlag,
  countryLink,
  distributionList,
  period,
  urgency,
  deadlineReason,
  times,
  nothingSaid,
  onBehalfOf,
  language,
  confidentialityChoice,
  coordinationPlan,
  answerToRecipients,
  // what a refusal owes
  reason,
  ground,
  postponementGround,
  dualCriminality,
  consultation,
  acceptedConditions,
  consentGround,
  cannotProvide,
];

/** The text whose digest an audit event names as its `policy`: changes whenever rule, source, sentence or profile does. */
export const policyDigestInput = (): string =>
  JSON.stringify({
    rules: RULES.map(({ id, code, on, source, sentence }) => ({ id, code, on, source, sentence })),
    profiles: Object.values(PROFILES),
  });
