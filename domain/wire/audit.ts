/** Reading the log: what is asked before events leave, and what comes then. */
import { z } from 'zod';
import { ACTIONS } from '../audit-event.js';
import { READING_PURPOSES, REPORTS } from '../oversight.js';
import { receiptAnswer } from './http-answers.js';
import { time } from './answer-texts.js';
import { pageQuery } from './http-requests.js';
import { authorityId, digest, instant, uuid } from './primitives.js';

export const READING_BYTES_MAX = 1_024;

/** `POST /v1/audit/readings`: who reads which report of whose log, why, and over which time. */
export const readingOpening = z
  .strictObject({
    report: z.enum(REPORTS),
    /** whose view; absent: one's own */
    of: authorityId.optional(),
    item: digest.optional(),
    /** of EVIDENCE, and of nothing else: the exchange, all of it */
    exchange: uuid.optional(),
    /** events at or after; absent: from the first */
    from: instant.optional(),
    /** events before; absent: to the newest */
    to: instant.optional(),
    purpose: z.enum(READING_PURPOSES),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { message: 'from: not before to', path: ['from'] })
  .refine(({ report, exchange }) => (report === 'EVIDENCE') === (exchange !== undefined), {
    message: 'exchange: of EVIDENCE, and of nothing else',
    path: ['exchange'],
  })
  .refine(({ report, from, to }) => report !== 'EVIDENCE' || (from === undefined && to === undefined), {
    message: 'from, to: evidence is of the whole exchange',
    path: ['from'],
  });
export type ReadingOpening = z.output<typeof readingOpening>;

const ticket = z
  .string()
  .max(600)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);

export const readingOpened = z.strictObject({
  /** for pages of events or of counts, a quarter of an hour long, for this officer alone */
  ticket,
  until: z.string().max(24),
  receipt: receiptAnswer,
});

export const eventsQuery = pageQuery.extend({ ticket, action: z.enum(ACTIONS).optional() });
export const countsQuery = z.strictObject({ ticket, after: pageQuery.shape.after });

/** How many leaves of which stage and outcome: no ids, no authorities, no times. */
export const countsPage = z.strictObject({
  counts: z.array(z.strictObject({ stage: z.string().max(16), outcome: z.string().max(8), leaves: z.int().min(1) })).max(32),
  next: z.string().max(24).optional(),
});
export type CountsPage = z.output<typeof countsPage>;

const text = z.string().optional();
const texts = z.array(z.string());
/** An event as far as whoever reads the log relies on its members: it is proved, if at all, long after it was shown. */
export const shownEvent = z.looseObject({
  at: time,
  action: z.string(),
  outcome: z.string(),
  actor: z.looseObject({ authority: z.string(), officer: text, role: text }),
  object: z.looseObject({
    exchange: text,
    exchangeType: text,
    message: text,
    item: text,
    items: texts.optional(),
    statement: text,
    seal: text,
    answers: text,
    text,
  }),
  counterparty: text,
  holderType: text,
  toType: text,
  purpose: text,
  legalBasis: texts,
  justification: text,
  rules: texts,
  codes: texts,
  consents: texts,
  basis: text,
  about: z
    .looseObject({
      profile: z.string(),
      fromType: z.string(),
      toType: z.string(),
      matterType: z.string(),
      urgency: z.string(),
      assistanceTypes: texts.optional(),
      pairCase: text,
      ownCase: text,
      handlerRef: text,
      relatesTo: texts.optional(),
    })
    .optional(),
  details: texts.optional(),
  until: time.optional(),
  destroyBy: time.optional(),
});
