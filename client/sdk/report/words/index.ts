/** The languages in which a report can be read. Codes stay codes in each. */
import { EN } from './en.js';
import { ES } from './es.js';
import { FR } from './fr.js';
import type { Words } from './words.js';

const CATALOGUES = { en: EN, fr: FR, es: ES } as const satisfies Record<string, Words>;
export type ReportLanguage = keyof typeof CATALOGUES;
export const REPORT_LANGUAGES = Object.keys(CATALOGUES) as readonly ReportLanguage[];

export const wordsIn = (language: ReportLanguage): Words => CATALOGUES[language];
