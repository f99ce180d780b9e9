/** What all profiles have in common, so that a profile's file says only what is its own. */
import type { ExchangeType } from '../vocabulary.js';
import { owedBy, type Form, type Owed } from './form.js';
import { SUBJECT_ACCESS_ANSWER_FORM, SUBJECT_ACCESS_FORM } from './forms/consultation.js';
import { FEEDBACK_FORM } from './forms/other.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS } from './grounds.js';
import type { Opening, Profile } from './profile.js';

/** Every channel gives information, so on every channel its originator is asked, heard and told what it was good for. */
const ABOUT_WHAT_WAS_GIVEN: Readonly<Partial<Record<ExchangeType, Opening>>> = {
  CONSENT_REQUEST: { form: null, answer: null, body: [{ field: 'consent', article: 'FINTRAC practice [F:S15]; A.3 [D]' }] },
  FEEDBACK: { form: FEEDBACK_FORM, answer: null, body: [] },
  SUBJECT_ACCESS_CONSULTATION: { form: SUBJECT_ACCESS_FORM, answer: SUBJECT_ACCESS_ANSWER_FORM, body: [] },
};

/** Opened by whoever holds or gave something, whichever side asked for it first. */
export const EITHER_WAY: ReadonlySet<ExchangeType> = new Set<ExchangeType>(['CONSENT_REQUEST', 'FEEDBACK', 'SUBJECT_ACCESS_CONSULTATION']);

type Computed = 'exchangeTypes' | 'mandatoryForm' | 'mandatoryBody' | 'openingForm' | 'answerForm';
type Defaulted =
  | 'domestic'
  | 'formal'
  | 'network'
  | 'region'
  | 'countryLink'
  | 'confidentialityChoice'
  | 'languages'
  | 'assurance'
  | 'minimumCaveats'
  | 'speciality'
  | 'impliedPurposes'
  | 'promptness'
  | 'suspendsOnClarification'
  | 'exculpatoryWindowHours'
  | 'fpsReports'
  | 'retentionYearsMax'
  | 'presumedConsentPossible'
  | 'exemptions'
  | 'closedGrounds'
  | 'forbiddenGrounds'
  | 'postponementGrounds'
  | 'consentRefusalGrounds';

export interface MainOpening {
  readonly form: Form;
  readonly answer: Form;
  readonly body?: readonly Owed[];
}

interface Definition extends Omit<Profile, Computed | Defaulted | 'openings'>, Partial<Pick<Profile, Defaulted>> {
  /** the exchange that the channel is for */
  readonly main: readonly [ExchangeType, ...ExchangeType[]];
  readonly opening: MainOpening;
  /** exchanges beside it that have a form of their own */
  readonly beside?: Readonly<Partial<Record<ExchangeType, Opening>>>;
}

/** Nothing is lowered by what is left out: no presumption, no forwarding, no exemption. */
const DEFAULTS: Pick<Profile, Defaulted> = {
  domestic: false,
  formal: false,
  network: null,
  region: null,
  countryLink: false,
  confidentialityChoice: false,
  languages: [],
  assurance: { levelMax: null, fallbackSuites: null, membersOf: null, source: 'INR.40 ¶4 [M]; Egmont ¶31 [F2:S9]' },
  minimumCaveats: [],
  speciality: false,
  impliedPurposes: {},
  promptness: null,
  suspendsOnClarification: true,
  exculpatoryWindowHours: 48,
  fpsReports: false,
  retentionYearsMax: null,
  presumedConsentPossible: false,
  exemptions: [],
  closedGrounds: [],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  postponementGrounds: null,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
};

export function createProfile({ main, opening, beside = {}, ...own }: Definition): Profile {
  const { form, answer, body = [] } = opening;
  const openings: Profile['openings'] = {
    ...Object.fromEntries(main.map((type) => [type, { form, answer, body }])),
    ...beside,
    ...ABOUT_WHAT_WAS_GIVEN,
  };
  return {
    ...DEFAULTS,
    ...own,
    openings,
    exchangeTypes: Object.keys(openings) as ExchangeType[],
    mandatoryForm: owedBy(form),
    mandatoryBody: body,
    openingForm: form,
    answerForm: answer,
  };
}
