/** What story 1 is about, and on which of its days things happen. */

export const PROFILE = 'BVI_BILATERAL_FIU';
export const SUBJECT = 'Company-A';
export const AGENT_FILE = {
  name: 'registered-agent-file.bin',
  mediaType: 'application/octet-stream',
  noise: { seed: 29, sizeBytes: 20_000_000 },
};

/** Consent is given for 90 days, and feedback comes six months after the answer. */
export const DAY = {
  acknowledge: 1,
  question: 9,
  reply: 10,
  answer: 18,
  ask: 19,
  grant: 20,
  forward: 21,
  misuse: 23,
  end: 110,
  late: 111,
  last: 201,
};

/** How NG-FIA hands on to the police, each time that it does or tries to. */
export const FORWARD = {
  to: 'NG-EFCX',
  toType: 'LAW_ENFORCEMENT',
  legalBasis: 'DOMESTIC_LAW:NG-FIA-12',
  purpose: 'INVESTIGATION',
} as const;
