/** Clocks of two machines are never the same: a client's may be ahead of the gateway's, and of its partners', by all that a session allows. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../domain/result.js';
import { createMemoryKeyStore, enrol, ParleyClient, type Clock, type KeyStore } from '../../../client/sdk/index.js';
import { parseAuthorityId, parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import { cardOf, INTAKE, newcomer, seat } from './colleague.js';
import { requestTo } from './drafts.js';
import { factsOf, openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const ahead: Clock = { now: () => plusMs(systemClock.now(), 50_000), sleep: (ms, signal) => systemClock.sleep(ms, signal) };

const aheadIn = (store: KeyStore) => ParleyClient.connect({ origin: gateway.origin, fetch, store, clock: ahead, chance });

const { gateway, vg, ng } = await openTown({ vg: ['VG-FIX', 'FIU'], ng: ['NG-FIA', 'FIU'] });

it.each(['age-pq-1', 'openpgp-4'] as const)('desk keys of a client that is ahead are taken, and sealed to at once: %s', async (suite) => {
  const client = await aheadIn(ng.store);
  const { receiptBody } = await client.turnDeskKey();
  expect(receiptBody.outcome).toBe('ALLOW');
  const sent = await vg.client.send({ ...requestTo(vg.client, client), suites: [suite] });
  const { entries } = await client.inboxPage({ after: (await client.readCursor()) ?? undefined, waitS: 10 });
  const { items, cursor } = entries.find(({ exchange }) => exchange === sent.exchange)!;
  await client.keepCursor(cursor);
  const asked = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  expect((await client.open({ item: items[0]!.digest, via: sent.digest, ...asked })).content.role).toBe('FORM');
});

it('an officer who enrols with a clock that is ahead acts at once', async () => {
  const store = createMemoryKeyStore();
  const authority = certain(parseAuthorityId('EE-FIN'));
  const { root } = await enrol(
    store,
    { authority, officer: certain(parseOfficerId('o.1')), desk: INTAKE, suites: ['age-pq-1'] },
    chance,
    ahead.now(),
  );
  await gateway.designate('EE-FIN', root!.kid, 'FIU');
  const client = await aheadIn(store);
  await client.publishEntry(factsOf('EE-FIN', 'FIU'));
  expect(await client.exchanges()).toEqual([]);
});

it('an officer whose term begins later is told when, and by which clock', async () => {
  const from = plusMs(systemClock.now(), DAY_MS);
  const colleague = await newcomer(gateway, ng.client, vg.client, 'o.2');
  await ng.client.admitOfficer(cardOf(colleague.client), seat({ from }));
  const refused = colleague.client.exchanges();
  await expect(refused).rejects.toMatchObject({ code: 'NOT_CALLER', message: expect.stringContaining(formatInstant(from)) as string });
  const early = await newcomer(gateway, ng.client, vg.client, 'o.3');
  await ng.client.admitOfficer(cardOf(early.client), seat({ from: plusMs(systemClock.now(), -HOUR_MS) }));
  expect(Array.isArray(await early.client.exchanges())).toBe(true);
});

it('a consent that is granted with a clock that is ahead is released on at once', async () => {
  const third = await gateway.join('EE-POL', 'LAW_ENFORCEMENT');
  await gateway.compareAll();
  const owner = await aheadIn(ng.store);
  const sent = await owner.send(noteTo(owner, vg.client));
  await waitFor(vg.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  const opened = await vg.client.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  const until = plusMs(systemClock.now(), DAY_MS);
  const recipient = { authority: third.client.authority, authorityType: 'LAW_ENFORCEMENT' } as const;
  const purposes = ['INTELLIGENCE'] as const;
  const { consent } = await owner.grantConsent({ items: [item], recipient, purposes, until, holder: vg.client.authority });
  const on = { to: 'EE-POL', toType: 'LAW_ENFORCEMENT', purpose: 'INTELLIGENCE', legalBasis: 'DOMESTIC_LAW:1', until } as const;
  const released = await vg.client.release(opened, { ...on, basis: { consents: [consent] } });
  expect(released.receiptBody.outcome).toBe('ALLOW');
});
