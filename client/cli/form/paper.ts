/** A form as a person reads it on paper. */
import { clearMembersOf } from '../../../domain/profiles/clear-members.js';
import type { Step } from '../../../domain/machine.js';
import { MACHINES } from '../../../domain/machines/index.js';
import type { FieldCase, Form, FormField } from '../../../domain/profiles/form.js';
import type { Pair, Profile, ProfileClock } from '../../../domain/profiles/profile.js';
import type { ExchangeType } from '../../../domain/vocabulary.js';
import { COLUMNS, wrapped } from '../wrapped.js';

const LINE = '.'.repeat(60);

const KINDS: Readonly<Record<ProfileClock['kind'], string>> = {
  ACK: 'acknowledged',
  FIRST: 'first answer',
  FINAL: 'answered',
  REVIEW: 'looked at again',
  CLARIFICATION: 'clarified',
  RESUBMISSION: 'sealed anew',
  SILENCE: 'closed',
  CONSULTATION: 'views given',
  REASONS: 'reasons against its end given',
  NOTICE: 'notice given',
};

/** Of a clock of several exchanges, the steps of this one that start it; silence counts after those that settle all. Null: its receipt. */
function startingSteps({ kind, starts }: ProfileClock, type: ExchangeType): Step[] | null {
  const rows = MACHINES[type].table.filter(({ clock }) => kind !== 'SILENCE' || clock === 'MET');
  return starts?.filter((step) => rows.some((row) => row.step === step)) ?? null;
}

function clockLine(clock: ProfileClock, type: ExchangeType): string {
  const { code, kind, amount, unit, urgency, askedAs, extension, exceededFor, lapses, binding, source } = clock;
  const days = unit === 'HOURS' ? 'hours' : unit === 'CALENDAR_DAYS' ? 'calendar days' : 'business days';
  const beginning = startingSteps(clock, type)?.join(' or ');
  return [
    ...(kind === 'SILENCE'
      ? [`${code}: closed after ${amount} ${days} in which the asking side says nothing`, ` after ${beginning}`]
      : [`${code}: ${KINDS[kind]} within ${amount} ${days}`, ...(beginning === undefined ? [] : [` of ${beginning}`])]),
    ...(kind === 'CONSULTATION' ? [', by the asking side; a refusal may follow without them'] : []),
    ...(kind !== 'SILENCE' && lapses === true ? [', or it lapses: silence is no yes'] : []),
    ...(urgency === undefined ? [] : [` if ${urgency.join(' or ')}`]),
    ...(askedAs === undefined ? [] : [`, asked of ${askedAs.join(' or ')}`]),
    ...(extension === undefined ? [] : [`; with reasons ${extension.amount} (${extension.code})`]),
    ...(exceededFor === undefined ? [] : [`; for ${exceededFor.join(' or ')} until the day that the notice names`]),
    ` (${binding}; ${source})`,
  ].join('');
}

const pairLine = ({ from, to, on, domestic, network, region }: Pair): string =>
  `${from.join(', ')} → ${to.join(', ')}${domestic === true ? ', within one State' : ''}${network === undefined ? '' : `, members of ${network}`}${region === undefined ? '' : `, both in one of ${region.join(', ')}`}${on === undefined ? '' : `, for ${on.join(', ')}`}`;

/** A heading and what it says, one paragraph each. */
const entry = (title: string, ...paragraphs: readonly string[]): string[] => [
  title,
  ...paragraphs.flatMap((text) => wrapped(text, '    ')),
];

function headOf(profile: Profile, type: ExchangeType): string[] {
  const { level, tlp, caveats, purposes } = profile.defaultLabel;
  const running = profile.clocks.filter(({ on, unit }) => on.includes(type) && unit !== 'STATED');
  const clocks = running.filter((clock) => startingSteps(clock, type)?.length !== 0).map((clock) => clockLine(clock, type));
  const languages = profile.languages.length === 0 ? '' : `; and ${profile.languages.join(', ')}, which everybody here reads`;
  const pairs = profile.pairs.filter(({ on }) => on === undefined || on.includes(type)).map(pairLine);
  return [
    ...entry('Who to whom', ...pairs, ...(profile.domestic ? ['Both within one State.'] : [])),
    ...(profile.network === null
      ? []
      : entry('Network', `Members of ${profile.network} alone; observers and associates receive no case data.`)),
    ...(profile.region === null ? [] : entry('Region', `Both in one of ${profile.region.join(', ')}.`)),
    ...entry('Language', `Those that the addressee’s directory entry lists${languages}.`),
    ...entry('Default label', `${level}, TLP:${tlp}, ${caveats.join(', ') || 'no caveat'}; for ${purposes.join(', ')}`),
    ...(profile.minimumCaveats.length === 0 ? [] : entry('On every item', profile.minimumCaveats.join(', '))),
    ...entry(
      'Deadlines',
      ...clocks,
      ...reopening(running, type),
      ...(profile.promptness === null ? [] : [profile.promptness]),
      suspension(profile, type),
    ),
    ...entry('Handing on', profile.forwardRule),
    ...(profile.retentionYearsMax === null ? [] : entry('Kept', `${profile.retentionYearsMax} years at most.`)),
    ...entry('May be refused for', ...groundLines(profile, type)),
  ];
}

/** A closed list takes the place of the others, for whoever is asked as what it names. */
function groundLines({ refusalGrounds, closedGrounds }: Profile, type: ExchangeType): string[] {
  const closed = closedGrounds.filter(({ on }) => on.includes(type));
  const asked = closed.map(
    ({ askedAs, grounds }) => `${askedAs === undefined ? '' : `Asked of ${askedAs.join(' or ')}: `}${grounds.join(', ')}`,
  );
  return closed.some(({ askedAs }) => askedAs === undefined) ? asked : [refusalGrounds.join(', '), ...asked];
}

/** @param running the clocks that the profile runs for it */
const reopening = (running: readonly ProfileClock[], type: ExchangeType): readonly string[] =>
  running.some(({ kind, starts }) => kind !== 'ACK' && starts === undefined) && MACHINES[type].table.some(({ clock }) => clock === 'ANEW')
    ? ['Reopened, it is to be answered within the same time again, counted from the reopening.']
    : [];

function suspension({ suspendsOnClarification }: Profile, type: ExchangeType): string {
  if (!MACHINES[type].table.some(({ step }) => step === 'CLARIFICATION_REQUEST'))
    return 'No clarification is asked for in it, and nothing stops the clocks.';
  return suspendsOnClarification ? 'The clocks stand still while a clarification is open.' : 'A clarification does not stop the clocks.';
}

function caseOf(when: FieldCase): string {
  if ('asked' in when) return `MANDATORY where one of ${when.asked.join(', ')} is asked for`;
  if ('askedBeyond' in when) return `MANDATORY, but where nothing except ${when.askedBeyond.join(', ')} is asked for`;
  const cases = {
    URGENT: 'MANDATORY if URGENT or EMERGENCY',
    DEADLINE: 'MANDATORY if a day is named',
    LONG_PERIOD: 'MANDATORY if the period is longer than the gateway allows without',
    MATTERS_DIFFER: 'MANDATORY if the matter is another on the other side',
  };
  return cases[when.envelope];
}

function placeFor({ takes }: FormField): string[] {
  if (takes === undefined || takes.kind === 'TEXT') return [`    ${LINE}`];
  if (takes.kind === 'DATE') return ['    yyyy-mm-dd ..........'];
  if (takes.kind !== 'ROWS')
    return [`    ${takes.kind === 'CHOICE' ? 'One of' : 'All that apply'}:`, ...takes.choices.map((choice) => `    [ ] ${choice}`)];
  return [
    '    For each, or as text:',
    ...takes.columns.flatMap(({ title, choices }) => wrapped(`${title}: ${choices?.join(' | ') ?? '....................'}`, '      ')),
  ];
}

const fieldLines = (field: FormField): string[] => [
  `[ ] ${field.title} (${field.name}) - ${field.when === undefined ? (field.mandatory ? 'MANDATORY' : 'optional') : caseOf(field.when)}`,
  ...wrapped(field.help, '    '),
  ...wrapped(`Source: ${field.article}`, '    '),
  ...(field.group === undefined ? [] : [`    Together or not at all: ${field.group}`]),
  ...placeFor(field),
  '',
];

function sealedLines({ fields }: Form): string[] {
  let heading: string | undefined;
  return fields.flatMap((field) => {
    const isNew = field.section !== heading;
    heading = field.section;
    return [...(isNew && heading !== undefined ? [heading.toUpperCase(), ''] : []), ...fieldLines(field)];
  });
}

const clearLines = (profile: Profile, type: ExchangeType): string[] =>
  clearMembersOf(profile, type).flatMap(({ name, title, help, article }) => [
    `[ ] ${title} (${name}) - MANDATORY`,
    ...wrapped(help, '    '),
    ...wrapped(`Source: ${article}`, '    '),
    '',
  ]);

/** @param form null: such an exchange opens without one */
export function paper(profile: Profile, type: ExchangeType, form: Form | null, kind: 'opening' | 'answer'): string {
  const answer = kind === 'opening' ? (profile.openings[type]?.answer ?? null) : null;
  const title = form?.title ?? `${type}, which has no form of its own`;
  return [
    `${profile.id} / ${type}${form === null ? '' : `, form ${form.schema}`}`,
    title,
    '='.repeat(Math.min(COLUMNS, title.length)),
    ...(form === null ? [] : wrapped(`Source: ${form.source}`, '')),
    ...wrapped(`Channel: ${profile.title}. Source: ${profile.source}`, ''),
    ...wrapped('Modelled on public descriptions; not affiliated, not connected; not legal advice.', ''),
    '',
    ...headOf(profile, type),
    '',
    ...(kind === 'opening' ? ['IN CLEAR, IN THE ENVELOPE', '', ...clearLines(profile, type)] : []),
    ...(form === null ? [] : ['SEALED: ONLY THE ADDRESSEE READS IT', '', ...sealedLines(form)]),
    ...(answer === null ? [] : [`It is answered on the form ${answer.schema}: parley form print ${profile.id} --type ${type} --answer`]),
  ].join('\n');
}
