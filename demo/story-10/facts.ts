/** What story 10 is about, and on which of its days things happen. */
import { readAuthority } from '../../client/sdk/index.js';
import type { Sending } from '../acts/exchanges.js';
import type { Content, Fields } from '../items.js';

const PROFILE = 'EXTRADITION_CONSULT';
/** under which the person is spoken of before anything is settled */
export const PSEUDONYM = 'Subject-5';

/** The identity error is found five months later. */
export const DAY = {
  acknowledge: 1,
  hasty: 2,
  status: 3,
  concerns: 4,
  assurances: 8,
  consult: 12,
  views: 16,
  outcome: 20,
  forward: 22,
  oversight: 24,
  lapse: 40,
  /** the first ends here */
  quarter: 91,
  error: 172,
  suspend: 175,
  last: 176,
};

const KE = readAuthority('KE-EXT');
const PROSECUTORS = readAuthority('KE-PROS');
const AE = readAuthority('AE-EXT');

/** The profile asks for names in the caveat: the client of each side names who may have it. */
export const FOR_AE = [{ code: 'NAMED_RECIPIENTS', by: KE, recipients: [AE] }] as const;
export const FOR_KE = [{ code: 'NAMED_RECIPIENTS', by: AE, recipients: [KE, PROSECUTORS] }] as const;

const QUESTION: Fields = {
  person: `${PSEUDONYM}: a former manager of a public utility, known to you under this name until we both know more.`,
  nationality: 'Believed to hold the nationality of the asked State.',
  location: 'In the asked State since spring.',
  offence: 'Bribery of a public official and laundering of the proceeds; up to ten years.',
  dualCriminality: 'MET',
  question: 'Would an extradition request have prospects, and which assurances would be needed?',
  treatyBasis: 'No treaty: the Convention is taken as the legal basis (44(5)).',
  custody: 'Not in custody; for information only.',
};

/** @param over what makes it another thing than a question */
export const consultation = (over: Partial<Pick<Sending, 'body' | 'assistanceTypes'>> = {}): Sending => ({
  exchangeType: 'EXTRADITION_CONSULTATION',
  message: 'SUBMIT',
  profile: PROFILE,
  fromType: 'CENTRAL_AUTHORITY_EXTRADITION',
  to: 'AE-EXT',
  toType: 'CENTRAL_AUTHORITY_EXTRADITION',
  legalBasis: ['UNCAC_44'],
  framework: [],
  purposes: ['EXTRADITION'],
  matterType: 'CRIMINAL',
  language: 'en',
  urgency: 'ROUTINE',
  body: {},
  items: [{ role: 'FORM', of: 'opening', fields: QUESTION, caveats: FOR_AE }],
  ...over,
});

export const text = (words: string, caveats: Content['caveats']): Content => ({
  role: 'TEXT',
  text: words,
  ...(caveats ? { caveats } : {}),
});

/** What was said in words and went sealed: none of it may be found where the operator could read it. */
export const WORDS = {
  concerns: 'The person appears to be our national; our law does not let us extradite nationals.',
  assurances: 'We would return the person to serve any sentence at home, and ask for no penalty above ten years.',
  grounds: 'Nationality stands in the way under our constitution; before we say so for good we want to hear you.',
  views: 'We ask you then to prosecute the case yourselves under article 44(11), with our file and our witnesses.',
  outcome: 'We shall prosecute here. Evidence is best asked for by mutual legal assistance; two officers will travel.',
  identity: 'Identity record: born 4 March, holder of two passports, formerly deputy manager of the utility.',
};
/** how KE-EXT hands on to its own prosecutors, each time that it does or tries to */
export const TO_PROSECUTORS = {
  to: 'KE-PROS',
  toType: 'PROSECUTION',
  purpose: 'EXTRADITION',
  legalBasis: 'DOMESTIC_LAW:KE-EXT-11',
  basis: { exemption: 'OWN_PROCEEDINGS' },
} as const;
