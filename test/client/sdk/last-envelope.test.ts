/** Who answers signs what it has seen last: a gateway that names another leaves evidence that proves nothing, or that was never seen. */
import { beforeEach, expect, it } from 'vitest';
import type { SentEnvelope } from '../../../client/sdk/index.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { digestOf } from '../../../crypto/statement.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

type Json = Record<string, unknown>;
let sent: SentEnvelope;
/** what the gateway names as the newest, and shows of it */
let lie: { readonly last: string; readonly answer: Json | null } | null = null;
const posted: string[] = [];

const { sender, reader } = await openTown({ sender: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'] }, (real) => async (input, init) => {
  const { pathname } = new URL(String(input));
  if (pathname === '/v1/statements') posted.push(new TextDecoder().decode(init?.body as Uint8Array));
  if (lie?.answer && pathname === `/v1/statements/${lie.last}`) return Response.json(lie.answer);
  const answer = await real(input, init);
  if (lie === null || pathname !== `/v1/exchanges/${sent.exchange}`) return answer;
  const page = (await answer.json()) as Json;
  return Response.json({ ...page, exchange: { ...(page['exchange'] as Json), last: lie.last } });
});

const note = async (): Promise<SentEnvelope> => {
  const one = await sender.client.send(noteTo(sender.client, reader.client));
  await waitFor(reader.client, ({ statement }) => statement?.digest === one.digest);
  return one;
};
const shownAs = async (digest: string): Promise<Json> => {
  const { door } = (reader.client as unknown as { readonly context: ClientContext }).context;
  return (await door.get(`/v1/statements/${digest}`)) as Json;
};
const answer = () => reader.client.acknowledge(sent.exchange, { handlerRef: 'CASE-1' });

beforeEach(async () => {
  lie = null;
  sent = await note();
  posted.length = 0;
});

/** The true one with a signature that fits nothing. */
const unsigned = (statement: string): string => statement.replace(/\.[^.]{8}([^.]*)$/, '.AAAAAAAA$1');

it.each<[string, () => Promise<typeof lie>]>([
  ['is not there', async () => ({ last: 'A'.repeat(43), answer: null })],
  ['is of another exchange', async () => ({ last: (await note()).digest, answer: null })],
  [
    'nobody signed',
    async () => {
      const truth = await shownAs(sent.digest);
      const statement = unsigned(String(truth['statement']));
      return { last: digestOf(statement), answer: { ...truth, statement } };
    },
  ],
  ['is shown as another', async () => ({ last: 'A'.repeat(43), answer: await shownAs(sent.digest) })],
])('a newest envelope that %s is not signed as seen', async (_what, made) => {
  lie = await made();
  posted.length = 0;
  await expect(answer()).rejects.toMatchObject({ code: 'LAST_NOT_VERIFIED' });
  expect(posted).toEqual([]);
});

it('the true one is, and an answer to it after that', async () => {
  const first = await answer();
  expect(first.receiptBody.outcome).toBe('ALLOW');
  await expect(reader.client.followUp(sent.exchange, { message: 'ACCEPT', body: {} })).resolves.toMatchObject({
    exchange: first.exchange,
  });
});
