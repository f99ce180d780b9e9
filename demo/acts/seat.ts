/** Where an authority of a story sits: its keys, its time, and how it reaches the gateway. */
import type { Chance, Clock, KeyStore, ParleyClient, Receipt } from '../../client/sdk/index.js';

/** One authority: its keys, its time, and how it reaches the gateway. */
export interface Seat {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly chance: Chance;
  /** where files that were opened are put */
  readonly folder: string;
  /** @param bold leave every check to the gateway, for trying what is refused */
  client(bold?: boolean): Promise<ParleyClient>;
  /** says where the gateway is, for this process and for the command line later */
  reach(origin: string): Promise<void>;
}

/** What is left of a submission that was accepted, as plain data. */
export const sentBy = ({
  digest,
  receipt,
  receiptBody,
}: {
  digest: string;
  receipt: Receipt;
  receiptBody: { index: number; at: string };
}) => ({
  digest,
  receipt,
  index: receiptBody.index,
  at: receiptBody.at,
});
