/** A note that needs nothing beforehand, for tests that are about who reads it. */
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { defaultLabel, openingForm, type EnvelopeDraft, type InboxEntry, type ParleyClient } from '../../../client/sdk/index.js';

/** @param items what is disclosed; see `disclosedForm` */
export const disclosureTo = (to: ParleyClient, items: EnvelopeDraft['items']): EnvelopeDraft => ({
  exchangeType: 'SPONTANEOUS_DISCLOSURE',
  profile: 'SPONTANEOUS',
  fromType: 'FIU',
  to: to.authority,
  toType: 'FIU',
  legalBasis: ['UNCAC_46_4'],
  framework: ['EGMONT_PRINCIPLES'],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  message: 'SUBMIT',
  body: { spontaneousBasis: 'UNCAC_46_4' },
  items,
});

export const disclosedForm = (from: ParleyClient, facts = 'A fact.'): NonNullable<EnvelopeDraft['items']>[number] => ({
  content: {
    role: 'FORM',
    schema: openingForm('SPONTANEOUS'),
    fields: { relevance: 'A link.', facts, evaluation: 'A1', asOf: '2026-11-01' },
  },
  label: defaultLabel('SPONTANEOUS', from.authority),
  language: 'en',
});

/** A spontaneous disclosure from one FIU to another. */
export const noteTo = (from: ParleyClient, to: ParleyClient): EnvelopeDraft =>
  disclosureTo(to, [disclosedForm(from, 'An account was closed.')]);

export async function waitFor(client: ParleyClient, wanted: (entry: InboxEntry) => boolean): Promise<InboxEntry> {
  for (let tries = 0; tries < 50; tries++) {
    for await (const entry of client.inbox()) if (wanted(entry)) return entry;
    await clock.sleep(50);
  }
  throw new Error('nothing came');
}

export const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

/** A note that has arrived. @returns how its reader reads it */
export async function givenNote(from: ParleyClient, to: ParleyClient) {
  const note = await from.send(noteTo(from, to));
  await waitFor(to, ({ statement }) => statement?.digest === note.digest);
  return { item: note.items[0]!.statement.digest, via: note.digest, ...READ };
}
