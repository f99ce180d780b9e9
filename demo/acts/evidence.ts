import type { Receipt } from '../../client/sdk/index.js';
import type { Seat } from './seat.js';

const ASK_MS = 500;
const TRIES_MAX = 30;

export const evidence = ({ client, clock }: Seat) => ({
  disclosureReport: async () => (await client()).disclosureReport(),
  /** what this authority tried and was refused, as its own log tells it: others' tries are not its affair */
  async ownRefusals() {
    const us = await client();
    const denied = (await us.auditEvents()).filter(({ event }) => event.outcome === 'DENY' && event.actor.authority === us.authority);
    return denied.map(({ index, event }) => ({ index, action: event.action, counterparty: event.counterparty ?? '', codes: event.codes }));
  },
  /** asks for every proof that is owed for what was done here, until all are there: where days were skipped, what was stated a moment ago is overdue */
  async proofs() {
    const us = await client();
    let proved = 0;
    for (let tries = 1; ; tries++) {
      const { waiting, alarms, ...report } = await us.checkProofs();
      proved += report.proved;
      if (waiting === 0 && alarms.length === 0) return { proved, alarms };
      if (tries === TRIES_MAX) return { proved, alarms: [...alarms, { statement: '', why: 'still waiting' }] };
      await clock.sleep(ASK_MS);
    }
  },
  /** what proves the receipt to a stranger, without any further question to the gateway */
  async proofOf({ receipt }: { receipt: Receipt }) {
    const us = await client();
    const body = await us.verifyReceipt(receipt);
    if (!body.ok) throw new RangeError(body.error);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const proof = await us.readProof(body.value.index);
      if (proof.ok) return proof.value;
      await clock.sleep(ASK_MS);
    }
    throw new RangeError('no checkpoint came');
  },
});
