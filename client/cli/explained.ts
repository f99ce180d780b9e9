/** An explanation as an officer reads it: yes or no, every rule that stands against it with its source, and the lawful next step. */
import { extname } from 'node:path';
import { CONTRADICTION_WORDS, type ConsentDraft, type Explanation, type Grounds } from '../sdk/index.js';
import { fieldWords } from './field-words.js';
import { writeNew } from './new-file.js';
import { plain } from './typed.js';

type Violation = Explanation['violations'][number];
type Remedy = Violation['remedy'];

const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

const fieldList = (fields: unknown): string =>
  Array.isArray(fields) ? fields.map((field) => fieldWords(String(field))).join('; ') : list(fields);

const askCommand = ({ items, recipient, purpose }: Remedy): string =>
  [
    'parley consent ask',
    ...[items].flat().map((item) => `--item ${plain(item)}`),
    `--to ${plain(recipient)}`,
    ...[purpose].flat().map((one) => `--purpose ${plain(one)}`),
    '--until 90d',
  ].join(' ');

const STEPS: Readonly<Record<string, (remedy: Remedy) => string>> = {
  'consent-request': (remedy) =>
    `ask ${list(remedy['originator'])} to consent to ${list(remedy['recipient'])} for ${list(remedy['purpose'])}: ${askCommand(remedy)}`,
  'formal-mla': ({ via }) => `make a formal request, through ${list(via)}: parley promote`,
  'complete-field': ({ fields }) => `fill in, or put right: ${fieldList(fields)}`,
  'choose-addressee': ({ types }) =>
    list(types) === '' ? 'address another body' : `address a body of the type ${list(types)}, or ask through one`,
  'use-profile': ({ profiles }) => `use the profile ${list(profiles)}`,
  'keep-label': () => 'leave it under its own label, to which you may only add',
  justify: ({ fields }) => `give the reason: ${fieldList(fields)}`,
  reseal: ({ suites }) => `seal it under ${list(suites)}`,
  translate: ({ languages }) =>
    `write in ${list(languages)}, with the original beside it; of what the other side has already, attach a translation`,
  'ask-originator': ({ originators }) => `ask ${list(originators)} to do it, or to release you from it`,
  'ask-holder': ({ holders }) => `ask ${list(holders)}, whose caveat it is, to hand it on anew without it`,
  'await-consent': ({ consent, from }) => `the consent ${list(consent)} covers it from ${list(from)} on: wait until then`,
  consult: ({ parts }) =>
    `consult the other side first${list(parts) === '' ? '' : `, on ${list(parts)}`}: parley reply EXCHANGE PRE_REFUSAL_CONSULTATION, or CONDITIONS_PROPOSED`,
  'await-views': ({ parts, until }) =>
    `the other side was asked${list(parts) === 'request' ? '' : ` on ${list(parts)}`}: wait for its views, ${typeof until === 'string' ? `or until ${until}, and refuse then` : 'for which no certain date is set: say "weekend" and "closingDays", up to then, under "calendar" in the facts of your entry: parley entry FACTS.json'}`,
  'exculpatory-notice': () => 'tell every originator first: parley notice give',
  none: () => 'none on this profile',
};

const IN_PROCEEDINGS = 'say in which proceedings, where it is in these: --proceedings ID';
const inProceedings = ({ remedy }: { readonly remedy: Remedy }): string | undefined =>
  remedy.action === 'complete-field' ? IN_PROCEEDINGS : undefined;

/** Rules whose next step is another than that of their remedy, or can be said more exactly here. */
const STEPS_OF_RULES: Readonly<Record<string, (violation: Broken) => string | undefined>> = {
  'refusal/accepted-conditions': () =>
    'put the accepted conditions on the label of every item of the answer, as caveats of yours; `parley reply` does so by itself where it is the answer to the whole request or names its parts; by hand: --caveat CONDITIONS=DIGEST,TIME and --caveat SPECIALITY=PROCEEDINGS, as `parley show EXCHANGE` has them under CONDITIONS_PROPOSED',
  'recipient/suspended': () =>
    'wait until the suspension is lifted, or use another channel of equal protection; where the authority is no more, ask the operator who takes its code over',
  'label/speciality': () =>
    'put the proceedings that the request is for on the label of every item of the answer, as `parley reply` does by itself; by hand: --caveat SPECIALITY=PROCEEDINGS',
  // what was never sealed cannot be asked for, and nothing in an envelope rests on a consent
  'consent/sent-on': ({ remedy }) =>
    remedy.action === 'consent-request'
      ? `hand on what it is made from: ${sourcesStep(remedy['recipient'], remedy['purpose'])}`
      : undefined,
  'label/weakened': () =>
    'open it again, since its label may have been tightened since you did: parley open ITEM; then hand it on under its own label, to which you may only add',
  'holding/borrowed': ({ remedy }) => releasedAnew(remedy),
  'holding/retention': ({ remedy, offenders }) =>
    remedy.action === 'ask-holder'
      ? releasedAnew(remedy)
      : `delete it: ${deleting(offenders)}; where it is needed for longer, ask ${list(remedy['originators'])} to give it anew`,
  'holding/retracted': ({ remedy, offenders }) =>
    `delete it, and ask ${list(remedy['originators'])} for a corrected one: ${deleting(offenders)}`,
  'client/originator': ({ remedy }) =>
    `ask ${list(remedy['originators']) || 'whoever gave it to you'} to do it; on what you make of it yourself you may put caveats of your own: parley compose PROFILE --to CODE --source ITEM --caveat NO_EXPORT`,
  'label/named-recipients': ({ remedy }) =>
    remedy.action === 'none' ? 'address somebody whom its label names, or name this recipient among them before it is sent' : undefined,
  'channel/lift-noticed': () =>
    'tell the other side first, and wait for its reasons or the end of the window: parley reply EXCHANGE PROVISIONAL_MEASURE_LIFT_NOTICE --body JSON --text-file FILE; only where it cannot be heard, say why by `body.withoutNotice`; what each takes: parley body MESSAGE',
  'channel/diplomatic': () => 'send it on paper, through the foreign ministries; speak of it here: parley compose INFORMAL_MLA_CONSULT',
  'label/in-words': ({ remedy, offenders = [] }) => (remedy.action === 'complete-field' ? keptStep(offenders) : undefined),
  'purpose/handed-on': ({ remedy }) =>
    [
      remedy.action === 'none' ? 'say the purpose that it was handed on for' : STEPS[remedy.action]!(remedy),
      'or, where it may be handed on for this purpose too (the request named you for it, or a lawful way is open), have whoever handed it on release it once more for that',
    ].join('; '),
  'purpose/beyond': inProceedings,
  'purpose/evidence': inProceedings,
  'purpose/speciality': ({ remedy }) =>
    remedy.action === 'complete-field'
      ? IN_PROCEEDINGS
      : `keep to the proceedings that are named; for others ask ${list(remedy['originators'] ?? remedy['holders'])}, whose caveat it is, to set it anew with them too`,
  'label/condition': ({ remedy }) => `wait until then, or ask ${list(remedy['originators'])} to change the condition`,
};

/** What an originator is asked for, where its word is the next step. */
const ASKED: Readonly<Record<string, (originators: string) => string>> = {
  'label/empty': (who) => `ask ${who} for which purpose it may be used; until then it goes back to its originators, and nowhere else`,
  'label/export': (who) => `ask ${who} to give it to the recipient itself, or to lift the caveat`,
  'label/attribution': (who) => `ask ${who} to give it to the recipient itself, or to lift the caveat`,
  'label/contact-source': (who) => `have ${who} verify it first, and cite the verification that it signs: --verification STATEMENT`,
  'label/open-use': (who) => `use it so that nobody notices, wait for the day, or ask ${who} to lift the caveat`,
  'label/in-words': (who) => `ask ${who}, whose condition it is, to consent, or to lift it`,
  'purpose/too-early': (who) => `wait for the day, or ask ${who} to change it`,
  'purpose/tipping-off': (who) => `ask ${who} before anything is done: it may allow it, or lift the limit`,
  'holding/originator': (who) => `have ${who} say it: nobody else may decide about it`,
  'holding/lifted': (who) => `lift only what you set yourself; ask ${who}, whose caveat it is, to lift it`,
  'holding/foreign-caveat': (who) => `add only caveats of your own; ask ${who} to add theirs`,
};

/** Where no program can take the next step, and a person can. */
const BY_HAND: Readonly<Record<string, (offender: string) => string>> = {
  'channel/oneself': () => 'hand on to your other role what it may have, by a release: parley release ITEM',
  'channel/profile-level': () => 'use a channel that carries the level; it is never lowered here',
  'channel/sender': () => 'send as a type for which the directory lists you: --from-type TYPE',
  'consent/sent-on': (item) => `hand it on by a release of its own: parley explain release --item ${plain(item)}`,
  'consent/use-scope': () => 'say the purpose that it was given for, or ask whose consent it is to consent to you for this one',
  'form/distribution-list': () => 'ask those whose link with the case you can explain',
  'holding/derivation': () => 'name all that it is made from: --source ITEM for each; what came from elsewhere, leave out',
  'holding/desk': () => 'let an officer of the desk read it, or have the authority’s quorum open it: parley quorum ask EXCHANGE',
  'holding/holder': () => 'ask who holds it for a release',
  'label/privileged': () => 'leave it out; where an answer is owed, refuse with LEGAL_PRIVILEGE, or what the profile has for it',
  'lawful/consulting': (notice) =>
    `wait until then, or have every originator say that it has nothing against it: parley notice answer ${plain(notice)} --no-objection`,
  'lawful/open-to': () => 'ask the originators for consent: parley consent ask',
  'lawful/two-persons': (notice) =>
    `have a second officer approve it: parley notice approve ${plain(notice)}; then cite that: --approval DIGEST`,
  'level/clearance': () => 'let an officer or an authority with the clearance act',
  'level/system': () => 'use a channel accredited for the level; it is never lowered here',
  'purpose/beyond': (who) => `say the purpose that it was given for, or ask ${who} to consent to you for this one`,
};

const byHand = ({ rule, remedy, offenders = [] }: Broken): string | undefined =>
  remedy.action === 'none' ? BY_HAND[rule]?.(list(offenders)) : undefined;

const askedStep = ({ rule, remedy }: Broken): string | undefined =>
  remedy.action === 'ask-originator' ? ASKED[rule]?.(list(remedy['originators'])) : undefined;

type Broken = Pick<Violation, 'code' | 'rule' | 'sentence'> & { readonly remedy: Remedy; readonly offenders?: readonly string[] };

const deleting = (items: readonly string[] = ['ITEM']): string => items.map((item) => `parley deleted ${plain(item)}`).join('; ');

const releasedAnew = ({ holders }: Remedy): string => `ask ${list(holders)}, who released it, to release it anew`;

/** @param texts items that say in words what binds; a later holder may have the item without them */
const keptStep = (texts: readonly string[]): string =>
  [
    `read what binds it: ${texts.map((text) => `parley open ${plain(text)}`).join('; ')}`,
    `then state that this keeps to it: ${texts.map((text) => `--kept ${plain(text)}`).join(' ')}`,
    'where it does not, ask their owner to consent or to lift it',
    `a text that never came to you, whoever gave you the item hands on as any other: ${texts.map((text) => `parley release ${plain(text)}`).join('; ')}`,
  ].join('; ');

const sourcesStep = (recipient: unknown, purpose: unknown): string =>
  `for each source parley explain release --item SOURCE --to ${plain(recipient)} --purpose ${plain(purpose)}, which says whose consent it needs, then parley release SOURCE`;

/** The lawful next step in words. */
export function stepOf(violation: Broken): string {
  const { code, rule, sentence, remedy } = violation;
  const contradicting = Object.entries(CONTRADICTION_WORDS).flatMap(([name, words]) => (sentence.includes(name) ? [words] : []));
  if (code === 'LABEL_CONTRADICTORY' && contradicting.length > 0) return contradicting.join('; ');
  return STEPS_OF_RULES[rule]?.(violation) ?? askedStep(violation) ?? byHand(violation) ?? STEPS[remedy.action]?.(remedy) ?? remedy.action;
}

/** Whoever cannot ask is not told to. */
const nextStepOf = (violation: Violation, { act, missing }: Explanation): string => {
  const { action, originator } = violation.remedy;
  const isOutOfReach = act !== 'send' && missing.some((one) => one.originator === originator && one.ask === null);
  return action === 'consent-request' && isOutOfReach ? outOfReach(String(originator)) : stepOf(violation);
};

const violationLines = (answer: Explanation): string[] =>
  answer.violations.flatMap((violation) => [
    `  ${violation.code} (${violation.rule})`,
    `    ${violation.sentence}`,
    `    source: ${violation.source}`,
    `    next step: ${nextStepOf(violation, answer)}`,
  ]);

const missingLine =
  (act: Explanation['act']) =>
  ({ originator, codes, ask }: Explanation['missing'][number]): string =>
    `  ${originator} (${codes.join(', ')}): ${ask === null ? (act === 'send' ? UNSEALED : outOfReach(originator)) : askLine(originator, ask)}`;

const UNSEALED = 'it cannot be asked about what is not sealed yet; ask it about what you made this from';

/** INR.40 ¶18-19 [M] */
const outOfReach = (originator: string): string =>
  `no channel joins you with ${originator}, nor with who handed it on to you: have a body of your own State that one joins with either, such as its unit or central authority, ask by a request of its own`;

const askLine = (originator: string, { to, toType, profile, body: { consent } }: ConsentDraft): string => {
  const { authority, authorityType, purposes } = consent.recipient;
  const through = to === originator ? '' : ` through ${to}`;
  return `ask it${through} as ${toType} on ${profile}: to ${authority} as ${authorityType}, for ${purposes.join(', ')}, until ${consent.until.slice(0, 10)}`;
};

const lineOf = ({ originator, consent, presumed, exemption }: NonNullable<Explanation['restsOn']['each']>[number]): string =>
  `${originator}=${consent === undefined ? (presumed === undefined ? `exemption:${exemption}` : `presumed:${presumed}`) : `consent:${consent}`}`;

/** What there is that it could rest on; empty where it needs nothing, or nothing is there. */
export function restLines({ consents, presumed, exemption, each }: Explanation['restsOn']): string[] {
  if (each !== undefined) return [`It rests on something else for each originator: cite --each ${each.map(lineOf).join(' --each ')}.`];
  return [
    ...(consents.length === 0
      ? []
      : [`It rests on the consent ${consents.join(', ')}: cite it, ${consents.map((one) => `--consent ${one}`).join(' ')}.`]),
    ...(presumed === undefined ? [] : [`It rests on the presumed consent to the request ${presumed}: cite it, --presumed ${presumed}.`]),
    ...(exemption === undefined ? [] : [`It rests on the channel’s exemption ${exemption}: cite it, --exemption ${exemption}.`]),
  ];
}

/** Where the rule came from, and what may be done instead. */
export const groundLines = ({ source, next }: Pick<Grounds, 'source' | 'next'>): string[] => [
  `  source: ${source}`,
  `  next step: ${next}`,
];

/** What whoever asks cannot mend: only another recipient, profile or way would. */
const FINAL: ReadonlySet<string> = new Set(['choose-addressee', 'use-profile', 'formal-mla', 'none']);

/** Codes that stand whoever consents. @returns those against which no consent request helps, and those to be mended beside it */
export function beyondConsent({ violations, missing }: Explanation): {
  readonly final: readonly string[];
  readonly more: readonly string[];
} {
  // the same rule may want one originator's consent, and stand against the recipient whoever consents
  const others = violations.filter(({ remedy }) => remedy.action !== 'consent-request');
  const codes = (isFinal: boolean) => [
    ...new Set(others.filter(({ remedy }) => FINAL.has(remedy.action) === isFinal).map(({ code }) => code)),
  ];
  return missing.length === 0 ? { final: [], more: [] } : { final: codes(true), more: codes(false) };
}

function beyondLines(answer: Explanation): string[] {
  const { final, more } = beyondConsent(answer);
  if (final.length > 0)
    return [
      `No consent helps: ${[...final, ...more].join(', ')} would stand all the same. No consent request is written; ask nobody for it.`,
    ];
  return more.length === 0 ? [] : [`Consent alone is not enough: ${more.join(', ')} has to be mended as well.`];
}

/** @param files where the prefilled consent requests were written */
export function explanationLines(answer: Explanation, files: readonly string[]): string {
  const { allowed, violations, obstacle, restsOn, missing } = answer;
  const { final } = beyondConsent(answer);
  if (allowed) return ['Yes: as things stand now it would be allowed.', ...restLines(restsOn)].join('\n');
  const broken = violations.length === 0 ? [] : [`No. ${violations.length} rule${violations.length === 1 ? '' : 's'} against it:`];
  return [
    ...broken,
    ...violationLines(answer),
    ...(obstacle === undefined
      ? []
      : [`${broken.length === 0 ? 'No. ' : ''}${obstacle.code}: ${obstacle.detail}`, ...groundLines(obstacle)]),
    ...(missing.length === 0 ? [] : ['Consent lacking, by originator:', ...missing.map(missingLine(answer.act)), ...beyondLines(answer)]),
    ...(files.length === 0 && final.length === 0 && missing.some(({ ask }) => ask !== null)
      ? ['To have the request written: the same once more with --out FILE.']
      : []),
    ...(files.length === 0 ? [] : [`Consent request, filled in: ${files.join(', ')}. Read it, then: parley send ${files[0]}`]),
    'Nothing was done, and this was no attempt. The next step is this profile’s; it is not legal advice.',
  ].join('\n');
}

/**
 * Writes each different request once: the first at `path`, further ones beside it with a number.
 *
 * @returns the files; none where no consent would help
 */
export async function writeRequests(answer: Explanation, path: string): Promise<string[]> {
  const { missing } = answer;
  if (beyondConsent(answer).final.length > 0) return [];
  const drafts = missing.flatMap(({ ask }) => (ask === null ? [] : [`${JSON.stringify(ask, null, 2)}\n`]));
  const files: string[] = [];
  for (const draft of new Set(drafts)) {
    const file = files.length === 0 ? path : numbered(path, files.length + 1);
    await writeNew(file, draft);
    files.push(file);
  }
  return files;
}

function numbered(path: string, n: number): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${n}${extension}`;
}
