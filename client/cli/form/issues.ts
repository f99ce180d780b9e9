/** What a draft lacks, in the words of the form on paper. */
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Form } from '../../../domain/profiles/profile.js';
import type { ExchangeType, ProfileId } from '../../../domain/vocabulary.js';
import { completenessOf, type formIssues, readReviewedDraft } from '../../sdk/index.js';
import { filledIn } from './blank.js';

/** What an opening draft owes outside of its sealed form; the gateway would say so only once the form is in order. */
export function clearGaps(draft: unknown, profile: ProfileId, type: ExchangeType): readonly string[] {
  const read = readReviewedDraft(JSON.stringify(draft));
  const { missing } = completenessOf(profile, { ...read, form: read.form === null ? null : filledIn(read.form) }, type);
  return missing.flatMap(({ section, title, field }) => (section === null ? [`${title} (${field}): it is missing`] : []));
}

/** By the title of each field; of a field that takes one thing or another each way is told, and what is alike once. */
export function issuesIn({ fields }: Form, issues: ReturnType<typeof formIssues>): string {
  const titles = new Map(fields.map(({ name, title }) => [name, title]));
  const titled = (field: string): string => {
    const title = titles.get(field.split('.')[0]!);
    return title === undefined ? field : `${title} (${field})`;
  };
  return [...new Set(issues.map(({ field, what }) => `${field === '' ? 'the form' : titled(field)}: ${what}`))].join('; ');
}

/** The command that prints a form, as it is typed. */
export function printing({
  profile,
  form,
  type,
}: {
  readonly profile: ProfileId;
  readonly form: 'opening' | 'answer';
  readonly type: ExchangeType;
}): string {
  const named = type === PROFILES[profile].exchangeTypes[0] ? '' : ` --type ${type}`;
  return `parley form print ${profile}${named}${form === 'answer' ? ' --answer' : ''}`;
}
