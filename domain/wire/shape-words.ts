/** What is wrong with a shape, in words: where, and what is taken there. Never a value that was given. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Each issue with its path, and what is taken there: the allowed values, the missing member, the unknown one.
 *
 * @param given what was parsed, of which no value is repeated: it tells a missing member from a wrong one
 * @param whole what all of it is called
 */
export const shapeWords = (issues: readonly Issue[], given: unknown, whole = 'payload'): string[] =>
  found(issues, given).map(({ issue, path, isAbsent }) => {
    const where = path.length === 0 ? whole : pathText(path);
    return isAbsent ? `${where} is missing${owed(issue)}` : `${where}: ${expected(issue)}`;
  });

/** The same by field, where it is told beside its name; of the whole the field is empty. */
export const shapeIssues = (issues: readonly Issue[], given: unknown): { readonly field: string; readonly what: string }[] =>
  found(issues, given).map(({ issue, path, isAbsent }) => ({
    field: pathText(path),
    what: isAbsent ? `it is missing${owed(issue)}` : expected(issue),
  }));

const pathText = (path: Path): string => path.map(String).join('.');

const found = (issues: readonly Issue[], given: unknown) =>
  issues.flatMap((issue) => waysOf(issue, issue.path)).map((way) => ({ ...way, isAbsent: isMissing(given, way.path) }));

/** Of a union the ways are told that take what was given as far as its kind goes; where none does, each. */
function waysOf(issue: Issue, path: Path): { readonly issue: Issue; readonly path: Path }[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }];
  const begun = issue.errors.filter((way) => !way.some((one) => one.code === 'invalid_type' && one.path.length === 0));
  return (begun.length > 0 ? begun : issue.errors).flatMap((way) => way.flatMap((one) => waysOf(one, [...path, ...one.path])));
}

function isMissing(given: unknown, path: Path): boolean {
  const found = path.reduce<unknown>((value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name], given);
  return path.length > 0 && found === undefined;
}

const owed = (issue: Issue): string => (issue.code === 'invalid_value' || optionsOf(issue) !== undefined ? `: ${expected(issue)}` : '');

/** Of a union that one member decides: what it may be. */
const optionsOf = (issue: Issue): readonly unknown[] | undefined =>
  issue.code === 'invalid_union' && issue.inclusive !== false ? issue.options : undefined;

/** What is counted, by what zod calls the origin. */
const COUNTED: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };

/** What kind of thing is taken, for who writes it by hand. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text, in quotes',
  array: 'a list, in square brackets',
  object: 'an object, in braces',
  record: 'an object, in braces',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What is written in a way that zod knows by a name. */
const FORMATS: Readonly<Record<string, string>> = {
  date: 'it is a day, written yyyy-mm-dd',
  email: 'it is an e-mail address, as desk@example.org',
  url: 'it is an address, as https://example.org',
};

/** as a schema begins that says in words what its pattern takes */
const OWN_WORDS = 'it is ';

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `it has no member ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return `it is one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `it is ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_format':
      if (issue.message.startsWith(OWN_WORDS)) return issue.message;
      return FORMATS[issue.format] ?? `it has the form ${issue.pattern ?? issue.format}`;
    case 'too_small':
      return `it has at least ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_big':
      return `it has at most ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    default:
      return optionsOf(issue) === undefined ? issue.message : `it is one of ${optionsOf(issue)!.map(String).join(', ')}`;
  }
}
