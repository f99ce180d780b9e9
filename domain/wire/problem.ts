/** RFC 9457 problems: how a refusal looks on the wire. */
import { z } from 'zod';
import { receiptAnswer } from './http-answers.js';

/**
 * A sentence and a detail, in UTF-16 units, and how many offenders: a client cuts what is longer, and tells the rest. Of violations as many as one
 * answer carries: whoever has mended so many learns of the next.
 */
export const SENTENCE_CHARS_MAX = 1_000;
export const DETAIL_CHARS_MAX = 1_000;
export const OFFENDERS_MAX = 256;
export const VIOLATIONS_MAX = 256;

export const violationAnswer = z.strictObject({
  code: z.string().max(48),
  rule: z.string().max(96),
  source: z.string().max(300),
  sentence: z.string().max(SENTENCE_CHARS_MAX),
  offenders: z.array(z.string().max(200)).max(OFFENDERS_MAX),
  remedy: z.looseObject({ action: z.string().max(48) }),
});

/** `application/problem+json`. `type` is `urn:parley:refusal:` and the code; a 5xx says no more than its code. */
export const problem = z.strictObject({
  type: z.string().max(96),
  title: z.string().max(120),
  status: z.int().min(400).max(599),
  code: z.string().max(48),
  detail: z.string().max(DETAIL_CHARS_MAX),
  violations: z.array(violationAnswer).max(VIOLATIONS_MAX),
  /** where the law was not asked, what each violation has else: the rule, its source and the next step; absent beside `POLICY` and of a 5xx */
  rule: z.string().max(96).optional(),
  source: z.string().max(300).optional(),
  next: z.string().max(500).optional(),
  /** a signed receipt of the refusal, where it earned a leaf */
  receipt: receiptAnswer.optional(),
});
export type Problem = z.output<typeof problem>;

/** As much of a text as there is room for. */
export const shortened = (text: string, chars: number): string => (text.length > chars ? `${text.slice(0, chars - 1)}…` : text);
