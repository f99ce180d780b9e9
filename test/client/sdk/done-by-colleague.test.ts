/** What a colleague did from another key store is told, and not done a second time. */
import { beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient } from '../../../client/sdk/index.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { Purpose } from '../../../domain/vocabulary.js';
import { cardOf, newcomer, seat, type Colleague } from './colleague.js';
import { openTown } from './live-gateway.js';
import { givenNote, noteTo, waitFor } from './notes.js';

let colleague: Colleague;

const { gateway, owner, holder, third } = await openTown({
  owner: ['EE-FIN', 'FIU'],
  holder: ['NG-FIA', 'FIU'],
  third: ['PL-POL', 'LAW_ENFORCEMENT'],
});

beforeAll(async () => {
  colleague = await newcomer(gateway, owner.client, holder.client, 'o.2');
  await owner.client.admitOfficer(cardOf(colleague.client), seat());
});

async function asked(purposes: readonly Purpose[] = ['INTELLIGENCE']) {
  const note = await givenNote(owner.client, holder.client);
  const cell = {
    items: [note.item],
    recipient: { authority: third.client.authority, authorityType: 'LAW_ENFORCEMENT' as const },
    purposes,
    until: plusMs(clock.now(), 30 * DAY_MS),
  };
  const facts = {
    profile: 'EGMONT_FIU' as const,
    legalBasis: ['DOMESTIC_LAW:1'],
    framework: ['EGMONT_PRINCIPLES' as const],
    purposes,
    matterType: 'INTELLIGENCE' as const,
    language: 'en',
    urgency: 'ROUTINE' as const,
  };
  const request = await holder.client.askConsent({ ...facts, fromType: 'FIU', to: owner.client.authority, toType: 'FIU', cell });
  await waitFor(owner.client, ({ statement }) => statement?.digest === request.digest);
  return request.exchange;
}

it('a grant is named where a colleague grants the same, and granted once more where that is said', async () => {
  const exchange = await asked();
  const request = await owner.client.consentRequestOf(exchange);
  const { consent } = await owner.client.grantRequest(request);
  const told = { code: 'DONE_BEFORE', what: expect.stringContaining(consent) as string };
  await expect(colleague.client.grantRequest(request)).rejects.toMatchObject(told);
  await colleague.client.grantRequest(request, { again: true });
});

it('a grant of some of it leaves the rest to a colleague', async () => {
  const exchange = await asked(['INTELLIGENCE', 'INVESTIGATION']);
  const request = await owner.client.consentRequestOf(exchange);
  await owner.client.grantRequest(request, { purposes: ['INTELLIGENCE'] });
  await expect(colleague.client.grantRequest(request, { purposes: ['INTELLIGENCE'] })).rejects.toMatchObject({ code: 'DONE_BEFORE' });
  await colleague.client.grantRequest(request, { purposes: ['INVESTIGATION'] });
});

it('a grant for some proceedings stands for these, and leaves a colleague to grant it for others', async () => {
  const exchange = await asked();
  const request = await owner.client.consentRequestOf(exchange);
  await owner.client.grantRequest(request, { conditions: ['case-1', 'case-2'] });
  await expect(colleague.client.grantRequest(request, { conditions: ['case-2'] })).rejects.toMatchObject({ code: 'DONE_BEFORE' });
  await colleague.client.grantRequest(request, { conditions: ['case-2', 'case-3'] });
  await colleague.client.grantRequest(request);
});

const taken = async (item: string) =>
  (await owner.client.auditEvents()).filter(
    ({ event }) => event.basis === 'RETRACT' && event.outcome === 'ALLOW' && event.object.item === item,
  );

it('an item is taken back once, whoever does it, and whoever says that it is to be done again', async () => {
  const { item } = await givenNote(owner.client, holder.client);
  const { digest } = await owner.client.retract(item);
  const told = { what: expect.stringContaining(digest) as string };
  await expect(owner.client.retract(item)).rejects.toMatchObject(told);
  for (const again of [false, true])
    await expect(colleague.client.retract(item, again)).rejects.toMatchObject({ code: 'STEP_NOT_ALLOWED', ...told });
  // to be erased it need not be taken back again
  await colleague.client.erase(item, true);
  expect(await taken(item)).toHaveLength(1);
});

it('what is made from something that was taken back is taken back itself, and so is what is to be erased', async () => {
  const { item } = await givenNote(owner.client, holder.client);
  const sources = [await owner.client.holding(item)];
  const makeOne = async () => {
    const draft = noteTo(owner.client, holder.client);
    return (await owner.client.send({ ...draft, items: [{ ...draft.items![0]!, sources }] })).items[0]!.statement.digest;
  };
  const [one, other] = [await makeOne(), await makeOne()];
  await owner.client.retract(item);
  await owner.client.retract(one);
  await owner.client.erase(other, true);
  for (const made of [one, other]) expect(await taken(made)).toHaveLength(1);
});

it('an item that two take back and erase at one moment is erased by both', async () => {
  const { item } = await givenNote(owner.client, holder.client);
  // the owner's word arrives while the colleague's is on its way
  let first: Promise<unknown> | null = null;
  const late: typeof fetch = async (input, init) => {
    if (String(input).endsWith('/v1/statements')) await (first ??= owner.client.retract(item));
    return fetch(input, init);
  };
  const client = await ParleyClient.connect({ origin: gateway.origin, fetch: late, clock, chance, triesMax: 1, store: colleague.store });
  expect((await client.erase(item, true)).receiptBody.outcome).toBe('ALLOW');
});
