/** What story 4 is about, and on which of its days things happen. */
import type { Fields } from '../items.js';
import type { Part } from '../mla.js';

export const DAY = {
  acknowledge: 1,
  tries: 2,
  answer: 8,
  handOn: 9,
  ask: 12,
  grant: 13,
  give: 14,
  consult: 16,
  review: 19,
  conclude: 21,
  misfile: 24,
  file: 25,
  acknowledgeFormal: 27,
  until: 60,
  last: 28,
} as const;

export const [KZ, GG, TEAM] = ['KZ-ARC', 'GG-ARC', 'KZ-INV'] as const;
export const [ASKING, ASKED] = ['KZ-PGO', 'GG-LAW'] as const;
export const OBSERVER = 'CARIN-OBS';
export const SUBJECT = 'Subject-2';

/** What the formal request is to obtain: both need a court, and so this road. */
export const PARTS: readonly Part[] = [
  { id: 'A', assistanceType: 'BANK_RECORDS_COMPELLED', coercive: true },
  { id: 'B', assistanceType: 'FREEZING', coercive: true },
];

/** The draft as KZ-PGO writes it first, from what was found in KZ: article 46(15), without what 55(3) adds. */
export const DRAFT: Fields = {
  requestingAuthority: 'KZ-PGO, central authority under article 46(13).',
  conductingAuthority: 'KZ-INV, which investigates; the prosecutor takes the case to court.',
  subjectMatter: `Criminal investigation of bribery (UNCAC 15) against ${SUBJECT}.`,
  factualSummary: `${SUBJECT}, who awarded road contracts, had three payments of a contractor sent abroad through a bank in KZ.`,
  assistance: 'A: statements of accounts. B: their freezing.',
  persons: `${SUBJECT} (suspect).`,
  purpose: 'Evidence in the proceedings named above, and confiscation.',
  undertakings: 'Used in the proceedings named above alone, unless GG-LAW consents (46(19)); reciprocity.',
};

/** What the reviewer misses, added from KZ's own file. */
export const ADDED: Fields = {
  linkToCase: 'The three payments left KZ on the days after three awards; their transfer orders name a bank in GG.',
  freezingFacts: 'The transfer orders, seized in KZ under a warrant of a court there, show that the money is the bribe.',
  freezingActions: `The accounts of ${SUBJECT} at that bank, up to the sum of the three payments, for six months.`,
};
