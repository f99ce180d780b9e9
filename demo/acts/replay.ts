/** A client that does what the SDK never does: it signs a second envelope under the id of the first. */
import { createUuid, formatInstant, readExchangeId, type ParleyClient } from '../../client/sdk/index.js';
import { makeStatement, type DraftOf } from '../../client/sdk/statements.js';
import { sentBy, type Seat } from './seat.js';

type Envelope = DraftOf<'parley-envelope+json'>;

export const replay = ({ client, store, clock, chance }: Seat) => {
  /** by way of the outbox, from which the client sends whatever has no answer yet */
  const post = async (us: ParleyClient, envelope: Envelope) => {
    const { compact, digest } = await makeStatement('parley-envelope+json', envelope, us.identity.signing);
    await store.write(`outbox/${digest}`, new TextEncoder().encode(JSON.stringify({ statement: compact })));
    const again = await us.resend();
    const no = again.refused.find((one) => one.digest === digest);
    if (no !== undefined) throw no.error;
    const sent = again.sent.find((one) => one.digest === digest);
    if (sent === undefined) throw new RangeError('the outbox did not send it');
    return { ...sentBy(sent), envelope };
  };
  return {
    /** asks how the exchange stands. @returns the envelope too, which is all that a replay needs beside the key */
    async askStatus({ exchange }: { exchange: string }) {
      const us = await client();
      const { opening, last } = await us.exchange(readExchangeId(exchange));
      const { fromType, to, toType, exchangeType, profile, legalBasis, framework, purposes, matterType, language, urgency } = opening;
      return post(us, {
        v: 1,
        aud: us.gateway.origin,
        id: createUuid(chance),
        exchange,
        prev: last,
        sentAt: formatInstant(clock.now()),
        from: us.authority,
        ...{ fromType, to, toType, exchangeType, profile, matterType, language, urgency },
        legalBasis: [...legalBasis],
        framework: [...framework],
        purposes: [...purposes],
        epoch: (await us.directory(true)).epoch,
        message: 'STATUS_REQUEST',
        body: {},
        items: [],
        seals: [],
      });
    },
    /** the same id with the time of now, signed anew */
    async askAgain({ envelope }: { envelope: Envelope }) {
      return post(await client(), { ...envelope, sentAt: formatInstant(clock.now()) });
    },
  };
};
