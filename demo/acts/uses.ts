import { readDigest, type UseDraft } from '../../client/sdk/index.js';
import { sentBy, type Seat } from './seat.js';

export const uses = ({ client }: Seat) => ({
  /** a use is recorded before it happens */
  async use({ item, ...draft }: { item: string } & UseDraft, bold?: boolean) {
    const us = await client(bold);
    return sentBy(await us.recordUse(readDigest(item), draft));
  },
});
