import type { EntryFacts } from '../../../client/sdk/index.js';

/** An entry that says nothing of note. */
export const FACTS: EntryFacts = {
  name: 'X',
  territory: 'NG',
  types: ['FIU'],
  languages: ['en'],
  clearance: 'RESTRICTED',
  timeZone: 'UTC',
  presumedConsent: [],
  roles: ['OFFICER'],
};
