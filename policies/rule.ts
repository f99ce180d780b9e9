/** One rule of the law as a lawyer reads it and the gateway runs it. */
import type { Remedy, ViolationCode } from '../domain/violation.js';
import type { ActionName, Facts, FactsOf } from './facts.js';

/** One way in which a rule is broken. */
export interface Finding<Blank extends string = string> {
  /** what stands in the blanks of the sentence; ids and codes only */
  readonly fill: Readonly<Record<Blank, string>>;
  readonly offenders: readonly string[];
  readonly remedy: Remedy;
}

interface Text<S extends string> {
  /** its place in the rule book and under rules/ */
  readonly id: string;
  readonly code: ViolationCode;
  /** article or decision, with its certainty mark */
  readonly source: string;
  /** with blanks in braces */
  readonly sentence: S;
  /** for the rule book: how it is mended on this profile; not legal advice */
  readonly remedy: string;
}

export interface Rule extends Text<string> {
  readonly on: readonly ActionName[];
  /** Pure. @returns every way in which it is broken, none where it has nothing to say */
  violatedBy(facts: Facts): readonly Finding[];
}

/** The names in braces of a sentence: `'{to} is a third party'` has `to`. */
type Blanks<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never;

interface Definition<A extends ActionName, S extends string> extends Text<S> {
  readonly on: readonly A[];
  violatedBy(facts: FactsOf<A>): readonly Finding<Blanks<S>>[];
}

/** A rule that sees the facts of its own actions only, and whose findings fill the blanks of its sentence: the compiler checks both. */
export function rule<const A extends ActionName, const S extends string>(definition: Definition<A, S>): Rule {
  const on: readonly ActionName[] = definition.on;
  const concerns = (facts: Facts): facts is FactsOf<A> => on.includes(facts.action);
  return { ...definition, violatedBy: (facts) => (concerns(facts) ? definition.violatedBy(facts) : []) };
}

/** Sentences taken apart at their blanks: text and name in turns. As many as there are rules, each taken apart once. */
const PARTS = new Map<string, readonly string[]>();

function partsOf(sentence: string): readonly string[] {
  const before = PARTS.get(sentence);
  if (before !== undefined) return before;
  const parts = sentence.split(/\{(\w+)\}/);
  PARTS.set(sentence, parts);
  return parts;
}

/** The sentence with its blanks filled. @throws where a blank has nothing to stand in it */
export function fillIn(sentence: string, fill: Readonly<Record<string, string>>): string {
  const parts = partsOf(sentence);
  let said = parts[0]!;
  for (let at = 1; at < parts.length; at += 2) {
    const text = fill[parts[at]!];
    if (text === undefined) throw new RangeError(`nothing fills {${parts[at]}}`);
    said += `${text}${parts[at + 1]}`;
  }
  return said;
}
