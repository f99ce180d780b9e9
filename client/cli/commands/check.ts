import { Command } from 'commander';
import { parseDigest } from '../../../domain/ids.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { formatInstant, isCivilDate, plusDays, type Instant } from '../../../domain/time.js';
import {
  EXCHANGE_TYPES,
  PROFILE_IDS,
  type AssistanceType,
  type ExchangeType,
  type ProfileId,
  type Purpose,
} from '../../../domain/vocabulary.js';
import {
  completenessOf,
  draftIn,
  ParleyError,
  profileForm,
  readReviewedDraft,
  type Completeness,
  type Gap,
  type ReviewedDraft,
} from '../../sdk/index.js';
import { assistanceType, exchangeType, listOf, profile, purpose } from '../arguments.js';
import { systemClock } from '../clock-system.js';
import { draftIssues, readJson, withoutBlank } from '../draft.js';
import { filledIn } from '../form/blank.js';
import type { Workplace } from '../workplace.js';
import { wrapped } from '../wrapped.js';
import { findVia } from './open.js';

interface Options {
  form?: ProfileId;
  type?: ExchangeType;
  answer?: boolean;
  assistance?: readonly AssistanceType[];
  purpose: Purpose;
}

/** What a draft lacks, by article. The draft stays in this client; of an item that was received, the reading is logged. */
export const checkCommand = (workplace: Workplace): Command =>
  new Command('check')
    .description('what a draft lacks, by article, and fails where it lacks something; the gateway never sees it')
    .argument('<draft>', 'a draft file, or the digest of an item that holds one')
    .option('--form <profile>', `${Object.keys(PROFILES).join(', ')}; absent: as the draft says`, profile)
    .option(
      '--type <exchange>',
      'exchange type; absent: the one that the profile is for. FEEDBACK: it may be what `parley feedback --form` takes',
      exchangeType,
    )
    .option('--answer', 'it is what `parley reply --form` takes: the contents of an answer; --form says on which profile')
    .option('--assistance <type>', 'what is asked for, where the draft does not say; may be repeated', listOf(assistanceType))
    .option('--purpose <purpose>', 'what an item is read for', purpose, 'MLA_PREPARATION')
    .action(async (draft: string, options: Options) => {
      const { assistance = [], answer = false } = options;
      const read = await readDraftFrom(draft, options, workplace);
      const form = options.form ?? named(PROFILE_IDS, read.envelope?.['profile']) ?? unnamed();
      const type = options.type ?? named(EXCHANGE_TYPES, read.envelope?.['exchangeType']);
      const kind = answer || isGivenLater(type, read) ? 'answer' : 'opening';
      const asked = [...read.asked, ...assistance];
      const own = { ...read, asked, form: read.form === null ? null : filledIn(read.form) };
      const found = completenessOf(form, kind === 'answer' ? { ...own, envelope: null } : own, type, kind);
      const issues = isDigest(draft) ? [] : await draftIssues(await readJson(draft), kind, draft);
      const wrong = [...found.wrong, ...issues.map((what) => ({ field: 'draft', what })), ...contradictionsIn(own, systemClock.now())];
      const whole = { ...found, isComplete: found.isComplete && wrong.length === 0, wrong };
      workplace.out.say(whole, () => linesOf(whole, kind, isDigest(draft) ? 'DRAFT' : draft));
      if (!whole.isComplete)
        throw new ParleyError(
          'NOT_COMPLETE',
          `${found.missing.length} missing, ${wrong.length} not as it is taken.`,
          'Fill in what is named, then check again.',
        );
    });

/** Feedback follows in the exchange that it is about, where no draft opens one of its own. */
const isGivenLater = (type: ExchangeType | undefined, { envelope }: ReviewedDraft): boolean =>
  type === 'FEEDBACK' && envelope?.['exchangeType'] === undefined;

/** What contradicts itself, or lies ahead and cannot be known yet. A day is ahead once it has begun nowhere. */
function contradictionsIn({ form, body = {} }: ReviewedDraft, now: Instant): Completeness['wrong'] {
  const { periodFrom, periodTo, parts } = body;
  const tomorrow = plusDays(formatInstant(now).slice(0, 10), 1);
  const isAhead = (day: unknown): boolean => typeof day === 'string' && isCivilDate(day) && day > tomorrow;
  const ids: readonly unknown[] = Array.isArray(parts) ? (parts as { id?: unknown }[]).map(({ id }) => id) : [];
  const doubled = [...new Set(ids.filter((id, at) => id !== undefined && ids.indexOf(id) !== at))];
  return [
    ...(typeof periodFrom === 'string' && typeof periodTo === 'string' && periodTo < periodFrom
      ? [{ field: 'periodTo', what: 'the period ends before it begins' }]
      : []),
    ...(isAhead(periodFrom) ? [{ field: 'periodFrom', what: 'the period begins on a day that is still to come' }] : []),
    ...(isAhead(form?.['asOf']) ? [{ field: 'asOf', what: 'it is a day that is still to come' }] : []),
    ...(doubled.length === 0 ? [] : [{ field: 'parts', what: `several have the id ${doubled.map(String).join(', ')}` }]),
  ];
}

const isDigest = (name: string): boolean => itemNamed(name).ok;
const itemNamed = (name: string) => parseDigest(name.startsWith(':') ? name.slice(1) : name);

const named = <T extends string>(known: readonly T[], name: unknown): T | undefined => known.find((one) => one === name);

function unnamed(): never {
  throw new ParleyError('PROFILE_UNKNOWN', 'What is to be checked does not say on which profile it is.', 'Say it: --form PROFILE.');
}

async function readDraftFrom(
  name: string,
  { form, type, purpose, answer = false }: Options,
  { connect }: Workplace,
): Promise<ReviewedDraft> {
  const item = itemNamed(name);
  if (!item.ok) return readReviewedDraft(JSON.stringify(withoutBlank(await readJson(name))), answer ? 'answer' : 'opening');
  const profile = form ?? unnamed();
  const client = await connect();
  const via = await findVia(client, item.value);
  const opened = await client.open({ item: item.value, via, purpose, justification: 'CASE_WORK' });
  return draftIn(opened, profileForm(profile, answer && type !== 'FEEDBACK' ? 'answer' : 'opening', type) ?? noForm(profile));
}

function noForm(profile: ProfileId): never {
  throw new ParleyError('NO_FORM', `Such an exchange has no form on ${profile}.`, 'See which do: parley form list.');
}

const gapText = ({ article, title, field, help }: Gap): string => `${article}  ${title} (${field}): ${help}`;
const entry = (text: string): string[] => wrapped(text, '    ').map((part, at) => (at === 0 ? `  ${part.trimStart()}` : part));

function linesOf(
  { profile, form, isComplete, missing, possible, depends, wrong }: Completeness,
  kind: 'opening' | 'answer',
  draft: string,
): string {
  const sections = new Map<string, Gap[]>();
  for (const gap of missing) {
    const heading = gap.section === null ? 'In clear, in the envelope' : gap.section;
    sections.set(heading, [...(sections.get(heading) ?? []), gap]);
  }
  return [
    isComplete
      ? `Complete: nothing that ${form ?? 'such a message'} of ${profile} owes is missing.`
      : `Not complete (${form ?? 'no form'} of ${profile}).`,
    ...(isComplete && kind === 'opening' ? [`What the gateway’s rules say of it: parley explain send ${draft}`] : []),
    ...(missing.length === 0 ? [] : [`Missing, ${missing.length} in all:`]),
    ...[...sections].flatMap(([heading, gaps]) => [...(heading === '' ? [] : [heading]), ...gaps.map(gapText).flatMap(entry)]),
    ...(possible.length === 0 ? [] : ['Where it is possible or relevant:', ...possible.map(gapText).flatMap(entry)]),
    ...(wrong.length === 0
      ? []
      : [
          'Filled, and not as it is taken:',
          ...wrong.flatMap(({ field, what }) => entry(field === 'draft' ? what : `${field === '' ? 'the form' : field}: ${what}`)),
        ]),
    ...(depends.length === 0
      ? []
      : ['Owed in some cases, which the envelope will tell:', ...depends.flatMap((gap) => entry(`${gapText(gap)} [${gap.on}]`))]),
  ].join('\n');
}
