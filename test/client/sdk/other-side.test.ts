/** Whoever answers in an exchange writes to whom its opening names: so the opening is its signer's, and the other side stays who it was. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import { certain } from '../../../domain/result.js';
import { defaultLabel, type SentEnvelope } from '../../../client/sdk/index.js';
import { createMemoryKeyStore, type KeyStore } from '../../../client/sdk/key-store.js';
import { keepOtherSide } from '../../../client/sdk/other-side.js';
import { makeStatement, type DraftOf } from '../../../client/sdk/statements.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { digestOf } from '../../../crypto/statement.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { uuid } from '../../support/ids.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { receiptBy } from './receipts.js';

type Json = Record<string, unknown>;
/** the opening that the gateway shows instead; null: the true one */
let shown: string | null = null;
const posted: string[] = [];
let sent: SentEnvelope;

const { gateway, honest, victim, spy } = await openTown(
  { honest: ['CH-FIN', 'FIU'], victim: ['EE-FIN', 'FIU'], spy: ['FR-SPY', 'FIU'] },
  (real) => async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname === '/v1/statements') posted.push(new TextDecoder().decode(init?.body as Uint8Array));
    if (shown === null) return real(input, init);
    if (pathname === `/v1/statements/${digestOf(shown)}`) return Response.json(await taken(shown));
    const answer = await real(input, init);
    if (pathname !== `/v1/exchanges/${sent.exchange}`) return answer;
    const page = (await answer.json()) as Json;
    return Response.json({ ...page, exchange: { ...(page['exchange'] as Json), opening: digestOf(shown) } });
  },
);

let truth: Json;
beforeEach(async () => {
  shown = null;
  sent = await honest.client.send(noteTo(honest.client, victim.client));
  await waitFor(victim.client, ({ statement }) => statement?.digest === sent.digest);
  const { door } = (victim.client as unknown as { readonly context: ClientContext }).context;
  truth = (await door.get(`/v1/statements/${sent.digest}`)) as Json;
  posted.length = 0;
});

/** As the true one was taken in, which the operator signs for whatever it likes. */
async function taken(statement: string): Promise<Json> {
  const body = JSON.parse(String((truth['receipt'] as Json)['body'])) as ReceiptBody;
  return { ...truth, statement, receipt: await receiptBy(gateway.key, { ...body, statement: digestOf(statement) }) };
}

const payloadIn = (compact: string): Json => JSON.parse(new TextDecoder().decode(certain(decodeBase64url(compact.split('.')[1]!)))) as Json;

/** The true opening with other words in it, under a signature that does not fit. */
function rewritten(words: Json): string {
  const [header, , signature] = String(truth['statement']).split('.');
  const payload = { ...payloadIn(String(truth['statement'])), ...words };
  return [header, encodeBase64url(new TextEncoder().encode(JSON.stringify(payload))), signature].join('.');
}

const answer = () =>
  victim.client.followUp(sent.exchange, {
    message: 'CLARIFICATION_REQUEST',
    body: {},
    items: [{ content: { role: 'TEXT', text: 'Whose account is it?' }, label: defaultLabel('SPONTANEOUS', victim.client.authority) }],
  });

describe('an opening that the gateway makes up', () => {
  it('is not answered: nothing is sealed to whom it names', async () => {
    shown = rewritten({ from: 'FR-SPY' });
    await expect(answer()).rejects.toMatchObject({ code: 'OPENING_NOT_VERIFIED' });
    expect(posted).toEqual([]);
  });

  it('gets no consent', async () => {
    const recipient = { authority: 'FR-SPY', authorityType: 'FIU', purposes: ['INTELLIGENCE'] };
    const consent = { items: [sent.items[0]!.statement.digest], recipient, until: '2027-12-01T00:00:00.000Z' };
    shown = rewritten({ exchangeType: 'CONSENT_REQUEST', from: 'EE-FIN', to: 'CH-FIN', body: { consent }, items: [], seals: [] });
    await expect(honest.client.consentRequestOf(sent.exchange)).rejects.toMatchObject({ code: 'OPENING_NOT_VERIFIED' });
  });

  it('is of one’s own authority, or to it', async () => {
    shown = rewritten({ to: 'FR-SPY' });
    await expect(victim.client.exchange(sent.exchange)).rejects.toMatchObject({ code: 'OPENING_NOT_VERIFIED' });
  });
});

describe('a second opening of the exchange, signed by whoever works with the operator', () => {
  const second = async (): Promise<string> => {
    const words = { ...payloadIn(String(truth['statement'])), from: 'FR-SPY' } as unknown as DraftOf<'parley-envelope+json'>;
    return (await makeStatement('parley-envelope+json', words, spy.client.identity.signing)).compact;
  };

  it('is not answered by who has read the first', async () => {
    await victim.client.open({
      item: sent.items[0]!.statement.digest,
      via: sent.digest,
      purpose: 'INTELLIGENCE',
      justification: 'CASE_WORK',
    });
    shown = await second();
    await expect(answer()).rejects.toMatchObject({ code: 'OTHER_SIDE_CHANGED' });
    expect(posted).toEqual([]);
  });

  it('is not answered by who has looked at the exchange, nor by who opened it', async () => {
    await victim.client.exchange(sent.exchange);
    shown = await second();
    await expect(victim.client.exchange(sent.exchange)).rejects.toMatchObject({ code: 'OTHER_SIDE_CHANGED' });
    shown = null;
    expect((await victim.client.exchange(sent.exchange)).opening.from).toBe('CH-FIN');
    const draft = { ...noteTo(honest.client, spy.client), exchange: sent.exchange };
    await expect(honest.client.send(draft)).rejects.toMatchObject({ code: 'OTHER_SIDE_CHANGED' });
  });
});

it('of two programs that see an exchange at one moment the first says with whom it is', async () => {
  const store = createMemoryKeyStore();
  const [exchange, known, other] = [uuid(1), victim.client.authority, spy.client.authority];
  const late: KeyStore = {
    ...store,
    async create(name, bytes) {
      // between its look and its word
      await keepOtherSide(store, exchange, known);
      return store.create(name, bytes);
    },
  };
  await expect(keepOtherSide(late, exchange, other)).rejects.toMatchObject({ code: 'OTHER_SIDE_CHANGED' });
  await expect(keepOtherSide(late, exchange, known)).resolves.toBeUndefined();
});
