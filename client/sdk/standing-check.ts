/** What is checked of how an exchange is shown, by what, and what came of it. */
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { ClockAnswer, ExchangeSummary } from '../../domain/wire/http-answers.js';
import type { SignedStep } from './replay.js';

/** Both empty: all that can be followed does. */
export interface StandingCheck {
  /** cannot be, by what was signed: tell the operator and the other side */
  readonly contradicted: readonly string[];
  readonly unchecked: readonly string[];
}

export interface Shown {
  readonly summary: ExchangeSummary;
  readonly dates: readonly ClockAnswer[];
}

/** By what the signed steps are counted again. */
export interface Evidence {
  /** verified, and taken in by the log */
  readonly opening: StatementOf<'parley-envelope+json'>;
  /** of it and all that came after it, in the order of their versions */
  readonly steps: readonly SignedStep[];
  /** of the requested authority, as this client believes it; null: it has none */
  readonly entry: EntryPayload | null;
  readonly now: Instant;
}
