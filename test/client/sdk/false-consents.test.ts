/** What a gateway shows as granted, refused or ended in an exchange is what the one who was asked in it signed. */
import { beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import type { ConsentCell } from '../../../client/sdk/granted.js';
import { saidIn } from '../../../client/sdk/index.js';
import { makeStatement, type DraftOf } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { digestOf } from '../../../crypto/statement.js';
import type { Digest, ExchangeId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { openTown, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { receiptBy } from './receipts.js';

interface Shown {
  statement: string;
  readonly items: readonly string[];
  readonly receipt: object;
}
interface Page {
  exchange: { opening: string };
  envelopes: Shown[];
  consents: Shown[];
}
let exchange: ExchangeId;
let item: Digest;
let consent: Digest;
let lie: ((page: Page) => void) | null = null;

const { gateway, owner, holder, spy } = await openTown(
  { owner: ['CH-FIN', 'FIU'], holder: ['EE-FIN', 'FIU'], spy: ['FR-SPY', 'FIU'] },
  (real) => async (input, init) => {
    const answer = await real(input, init);
    if (lie === null || new URL(String(input)).pathname !== `/v1/exchanges/${exchange}`) return answer;
    const page = (await answer.json()) as Page;
    lie(page);
    return Response.json(page);
  },
);

beforeAll(async () => {
  item = await given();
  exchange = await ask(item);
  ({ consent } = await owner.client.grantRequest(await owner.client.consentRequestOf(exchange)));
});

/** What the holder was sent. */
async function given(): Promise<Digest> {
  const sent = await owner.client.send(noteTo(owner.client, holder.client));
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  return sent.items[0]!.statement.digest;
}

const cellOf = (about: Digest): ConsentCell => ({
  items: [about],
  recipient: { authority: spy.client.authority, authorityType: 'FIU' },
  purposes: ['INTELLIGENCE'],
  until: plusMs(clock.now(), DAY_MS),
});

async function ask(about: Digest): Promise<ExchangeId> {
  const cell = cellOf(about);
  const { profile, legalBasis, framework, matterType, language, urgency } = noteTo(owner.client, holder.client);
  const facts = { profile, legalBasis, framework, matterType, language, urgency, purposes: cell.purposes };
  const request = await holder.client.askConsent({ ...facts, fromType: 'FIU', to: owner.client.authority, toType: 'FIU', cell });
  await waitFor(owner.client, ({ statement }) => statement?.digest === request.digest);
  return request.exchange;
}

/** With a receipt that the operator signs, who has the log's key. */
async function shown(statement: string): Promise<Shown> {
  const [at, digest] = [formatInstant(clock.now()), digestOf(statement)];
  const told = { v: 1, log: 'parley.test/log', statement: digest, stage: 'accepted', outcome: 'ALLOW', index: 9, leaf: digest } as const;
  return { statement, items: [], receipt: await receiptBy(gateway.key, { ...told, version: 0, at, proofDelayMsMax: 1_000 }) };
}

const consentsAt = async ({ client }: Member) =>
  (await client.consentsIn(exchange)).map(({ statement, why }) => [statement.digest, why === null]);
const honestPage = async (): Promise<Page> => {
  let seen: Page | null = null;
  lie = (page) => void (seen = structuredClone(page));
  await consentsAt(holder);
  lie = null;
  return seen!;
};

it('leaves out what another authority signed: an end of the grant, and a grant of its own', async () => {
  const honest = [[consent, true]];
  expect(await consentsAt(holder)).toEqual(honest);
  const { consents } = await honestPage();
  const words = saidIn(consents[0]!.statement) as unknown as DraftOf<'parley-consent+json'>;
  const { signing } = spy.client.identity;
  const own = { ...words, originator: 'FR-SPY' };
  const { v, aud, id, at, originator, holder: to } = own;
  const forged = [
    await makeStatement('parley-consent-revocation+json', { v, aud, id, at, originator, holder: to, consent }, signing),
    await makeStatement('parley-consent+json', own, signing),
  ];
  const more = await Promise.all(forged.map(({ compact }) => shown(compact)));
  lie = (page) => void page.consents.push(...more);
  for (const side of [owner, holder]) expect(await consentsAt(side)).toEqual(honest);
  lie = null;
});

it('does not take for its own what is said on a request that nobody signed', async () => {
  const page = await honestPage();
  const [header, , signature] = page.envelopes[0]!.statement.split('.');
  const payload = new TextEncoder().encode(JSON.stringify({ ...saidIn(page.envelopes[0]!.statement), to: 'FR-SPY' }));
  const request = [header, encodeBase64url(payload), signature].join('.');
  const words = saidIn(page.consents[0]!.statement) as unknown as DraftOf<'parley-consent+json'>;
  const own = { ...words, originator: 'FR-SPY', request: digestOf(request) };
  const grant = await makeStatement('parley-consent+json', own, spy.client.identity.signing);
  const [opening, given] = [await shown(request), await shown(grant.compact)];
  lie = (one) => Object.assign(one, { exchange: { ...one.exchange, opening: digestOf(request) }, envelopes: [opening], consents: [given] });
  expect(await consentsAt(holder)).toEqual([[grant.digest, false]]);
  lie = (one) => Object.assign(one, { envelopes: [] });
  expect(await consentsAt(holder)).toEqual([]);
  lie = null;
});

it('is refused without an answer, or the end of one, that its own inbox told of', async () => {
  const honest = await consentsAt(holder);
  lie = (page) => void (page.consents = []);
  await expect(consentsAt(holder)).rejects.toMatchObject({ check: 'CONSENT_WITHHELD' });
  lie = null;
  const { digest } = await owner.client.revokeConsent(consent);
  await waitFor(holder.client, ({ statement }) => statement?.digest === digest);
  lie = (page) => void (page.consents = page.consents.filter(({ statement }) => digestOf(statement) !== digest));
  await expect(consentsAt(holder)).rejects.toMatchObject({ check: 'CONSENT_WITHHELD' });
  lie = null;
  expect(await consentsAt(holder)).toEqual([...honest, [digest, true]]);
});
