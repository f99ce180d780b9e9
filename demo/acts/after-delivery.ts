/** What is said of an item after it was given: by its originator, and by its holders. */
import { readDigest } from '../../client/sdk/index.js';
import { sentBy, type Seat } from './seat.js';

export const afterDelivery = ({ client }: Seat) => ({
  async correct({ item, reason }: { item: string; reason: string }) {
    return sentBy(await (await client()).correct(readDigest(item), reason));
  },
  async retract({ item }: { item: string }) {
    return sentBy(await (await client()).retract(readDigest(item)));
  },
  /** deletes what this key store has of the item, and certifies it */
  async certify({ item, answers }: { item: string; answers: string }) {
    return sentBy(await (await client()).certifyDeletion(readDigest(item), readDigest(answers)));
  },
  /** uses of this authority's items that others recorded, as its own view of the log tells them */
  async usesTold() {
    const us = await client();
    const uses = (await us.auditEvents()).filter(({ event }) => event.action === 'USE' && event.outcome === 'ALLOW');
    return uses.map(({ index, event }) => ({ index, holder: event.actor.authority as string, purpose: event.purpose ?? '' }));
  },
  /** who was told of the change, and what each answered */
  answersTo: async ({ change }: { change: string }) => (await client()).answersTo(readDigest(change)),
});
