/** Reports of the log, for whoever checks on an authority: what they are, how they are made, and how they read. */
export { makeReport, questionOf, wholenessOf, type MadeReport, type ReportWanted, type Wholeness } from './make.js';
export { COLUMNS, type Cell, type Column, type Question, type ReportKind, type Row } from './question.js';
export {
  abridgedLinesOf,
  csvOf,
  digestsOf,
  footnotesOf,
  headOf,
  jsonOf,
  linesOf,
  preambleOf,
  shownLinesOf,
  titleOf,
  wholenessText,
} from './render.js';
export { nameOfReport, REPORT_KINDS } from './table.js';
export { REPORT_LANGUAGES, wordsIn, type ReportLanguage } from './words/index.js';
export type { Listed, Words } from './words/words.js';
