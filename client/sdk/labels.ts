/** Labels as a composer meets them: what a new item must carry because of what it is made from. */
import { holdersIn } from '../../domain/handed-on.js';
import type { AuthorityId } from '../../domain/ids.js';
import { canonical, contradictions, isAtLeast, tightest, type Caveat, type Contradiction, type Label } from '../../domain/label.js';
import { LEVELS, TLPS } from '../../domain/vocabulary.js';
import { formatInstant } from '../../domain/time.js';
import { ORIGINATORS_MAX } from '../../domain/wire/label.js';
import type { Violation, ViolationCode } from '../../domain/violation.js';
import { PolicyRefusal } from './error.js';
import type { DraftOf } from './statements.js';

type WireLabel = DraftOf<'parley-item+json'>['label'];
type WireCaveat = WireLabel['caveats'][number];

/** The label as it is signed: instants become RFC 3339. */
export function writeLabel(label: Label): WireLabel {
  const { level, tlp, caveats, purposes, originators, destroyBy } = canonical(label);
  return {
    level,
    tlp,
    caveats: caveats.map(writeCaveat),
    purposes: [...purposes],
    originators: [...originators],
    destroyBy: destroyBy === null ? null : formatInstant(destroyBy),
  };
}

function writeCaveat(caveat: Caveat): WireCaveat {
  switch (caveat.code) {
    case 'CONFIDENTIAL_UNTIL':
      return { ...caveat, until: formatInstant(caveat.until) };
    case 'CONDITIONS':
      return { ...caveat, texts: [...caveat.texts], notBefore: caveat.notBefore === null ? null : formatInstant(caveat.notBefore) };
    case 'NAMED_RECIPIENTS':
      return { ...caveat, recipients: [...caveat.recipients] };
    case 'SPECIALITY':
      return { ...caveat, proceedings: [...caveat.proceedings] };
    case 'OTHER_RESTRICTION':
      return { ...caveat, texts: [...caveat.texts] };
    default:
      return { ...caveat };
  }
}

/** With caveats more: a label only tightens. */
export const withCaveats = (label: Label, caveats: readonly Caveat[]): Label =>
  canonical({ ...label, caveats: [...label.caveats, ...caveats] });

/** What an item's label is to say more. */
export interface LabelAddition extends Partial<Pick<Label, 'level' | 'tlp' | 'destroyBy'>> {
  readonly caveats: readonly Caveat[];
}

/**
 * What joins this to an item's label and changes nothing else in it.
 *
 * @param given as the item was signed: what its originators lifted since is not set anew by it
 */
export const labelAdding = (
  { caveats, level = LEVELS[0], tlp = TLPS[0], destroyBy = null }: LabelAddition,
  { purposes, originators, caveats: signed }: Label,
): Label =>
  canonical({
    level,
    tlp,
    // it loosens, so that leaving it out would tighten
    caveats: [...signed.filter(({ code }) => code === 'FPS_REPORT'), ...caveats],
    purposes,
    // whoever its issuer made one later names itself
    originators: [...originators, ...caveats.map(({ by }) => by)],
    destroyBy,
  });

/** @returns the composer's label joined with every source's: never looser than any of them */
export const labelFrom = (own: Label, sources: readonly Label[]): Label => tightest([own, ...sources]) ?? own;

/** What to change in each. */
export const CONTRADICTION_WORDS: Readonly<Record<Contradiction, string>> = {
  FPS_WITH_THIRD_PARTY_RULE: 'FPS_REPORT and NO_THIRD_PARTY do not go together: leave one of them out',
  RED_WITH_DISTRIBUTION: 'TLP:RED is for named readers alone: add NAMED_RECIPIENTS with those it is for, or choose AMBER+STRICT',
  NOBODY_NAMED: 'NAMED_RECIPIENTS names nobody: name somebody, or leave it out',
  CAVEAT_OF_STRANGER: 'a caveat belongs to an originator of the item, but for CONFIDENTIAL_FACT: let `by` say so',
  NO_PROCEEDINGS: 'SPECIALITY names no proceedings: name them, or leave it out',
};

/**
 * Refuses here what the gateway would refuse too, before anything is sealed.
 *
 * @param sources labels of what it is made from
 * @param holders who hands it on, and may add caveats of its own
 * @throws PolicyRefusal `LABEL_CONTRADICTORY`, `LABEL_EMPTY`, `CAVEAT_WEAKENED`
 */
export function checkLabel(label: Label, sources: readonly Label[], holders: readonly AuthorityId[] = []): void {
  const found: Violation[] = [];
  const floor = tightest(sources);
  // who handed it, or what it is made from, on may have caveats there
  const contradictory = contradictions(label, [...holders, ...(floor === null ? [] : holdersIn(floor))]);
  if (contradictory.length > 0)
    found.push(violation('LABEL_CONTRADICTORY', `The label contradicts itself: ${contradictory.join(', ')}.`, contradictory));
  if (floor !== null && floor.originators.length > ORIGINATORS_MAX) found.push(tooManyOriginators(floor.originators));
  else if (floor !== null && !isAtLeast(label, floor))
    found.push(
      violation('CAVEAT_WEAKENED', 'The label is weaker than that of a source; only the originator can relax it.', floor.originators),
    );
  if (floor !== null && label.purposes.length === 0)
    found.push(violation('LABEL_EMPTY', 'The sources have no purpose in common: the item could only be returned.', floor.originators));
  if (found.length > 0) throw new PolicyRefusal('POLICY', 'Refused before sealing.', 0, found, null);
}

const violation = (code: ViolationCode, sentence: string, offenders: readonly string[]): Violation => ({
  code,
  rule: 'client/label',
  source: 'domain 6.1, rulings 3',
  sentence,
  offenders,
  remedy: code === 'CAVEAT_WEAKENED' ? { action: 'keep-label' } : { action: 'none' },
});

/** No label is as strict as all of them together. */
const tooManyOriginators = (originators: readonly AuthorityId[]): Violation => ({
  ...violation(
    'CAVEAT_WEAKENED',
    `What it is made from has ${originators.length} originators, and a label names ${ORIGINATORS_MAX} at most: make it from fewer, or ask an originator for an item of its own.`,
    originators,
  ),
  remedy: { action: 'ask-originator', originators: originators.slice(0, ORIGINATORS_MAX) },
});
