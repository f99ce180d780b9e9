/** What a body has as its FIU and as its police: its own officers say as which they act, and what each has ends by itself (decisions/0033). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import type { Opened } from '../../../client/sdk/open.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const TYPES = ['FIU', 'LAW_ENFORCEMENT'] as const;
const [AS_FIU, AS_POLICE] = [{ holderType: 'FIU' }, { holderType: 'LAW_ENFORCEMENT' }] as const;
const FOR = { purpose: 'INTELLIGENCE' } as const;

let gateway: LiveGateway;
let ee: Member;
let ng: Member;
let opened: Opened;

beforeAll(async () => {
  gateway = await openGateway();
  [ee, ng] = [await gateway.join('EE-FIN', 'FIU'), await gateway.join('NG-FIA', 'FIU')];
  const { authority, identity } = ng.client;
  await gateway.operator.designate({ authority, root: identity.root!.kid, types: TYPES, status: 'ACTIVE' });
  await ng.client.publishEntry({
    ...{ name: authority, territory: 'NG', types: TYPES, languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' },
    ...{ presumedConsent: [], roles: ['OFFICER', 'COMPLIANCE'] },
  });
  await gateway.compareAll();
  const sent = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === sent.digest);
  opened = await ng.client.open({ item: sent.items[0]!.statement.digest, via: sent.digest, ...FOR, justification: 'CASE_WORK' });
});
afterAll(() => gateway.running.drain());

it('asks as the one that is said, hands it to the other by consent, and stops that one alone with it', async () => {
  const item = opened.item.digest;
  const { authority } = ng.client;
  const recipient = { authority, authorityType: 'LAW_ENFORCEMENT' } as const;
  // as its FIU it has it, as its police it asks for that
  expect(await ng.client.explainUse({ item, ...FOR })).toMatchObject({ allowed: true });
  expect(await ng.client.explainUse({ ...AS_POLICE, item, purpose: 'TAX' })).toMatchObject({
    allowed: false,
    violations: expect.arrayContaining([expect.objectContaining({ code: 'NOT_HOLDER' })]) as unknown,
    missing: [{ originator: 'EE-FIN', ask: { body: { consent: { recipient } } } }],
  });
  const until = plusMs(clock.now(), DAY_MS);
  const { consent } = await ee.client.grantConsent({ holder: authority, items: [item], recipient, purposes: ['INTELLIGENCE'], until });
  const crossing = { to: authority, toType: 'LAW_ENFORCEMENT', ...FOR } as const;
  expect((await ng.client.explainRelease({ ...crossing, item })).violations.map(({ rule }) => rule)).toEqual(['holding/capacity']);
  expect(await ng.client.explainRelease({ ...crossing, ...AS_FIU, item })).toMatchObject({
    ...{ allowed: true, restsOn: { consents: [consent] } },
  });
  const given = await ng.client.release(opened, {
    ...{ ...crossing, ...AS_FIU, legalBasis: 'DOMESTIC_LAW:POLICE', basis: { consents: [consent] }, until },
  });
  const again = await ng.client.open({ item, via: given.release, ...FOR, justification: 'CASE_WORK' });
  expect(again.content).toEqual(opened.content);
  await expect(ng.client.recordUse(item, FOR)).rejects.toMatchObject({ codes: ['MISSING_FIELD'] });
  for (const role of [AS_POLICE, AS_FIU]) await ng.client.recordUse(item, { ...FOR, ...role });
  expect(await ng.client.explainExport(item, 'INTELLIGENCE', undefined, undefined, 'LAW_ENFORCEMENT')).toMatchObject({ allowed: true });
  await ee.client.revokeConsent(consent);
  await expect(ng.client.recordUse(item, { ...FOR, ...AS_POLICE })).rejects.toMatchObject({ codes: ['CONSENT_EXPIRED_OR_REVOKED'] });
  expect(await ng.client.explainExport(item, 'INTELLIGENCE', undefined, undefined, 'LAW_ENFORCEMENT')).toMatchObject({ allowed: false });
  await ng.client.recordUse(item, { ...FOR, ...AS_FIU });
  const events = await ng.client.auditEvents();
  const done = events.map(({ event }) => event).filter(({ action, outcome }) => ['RELEASE', 'USE'].includes(action) && outcome === 'ALLOW');
  expect(done.map(({ action, holderType, toType }) => [action, holderType, toType])).toEqual([
    ['RELEASE', 'FIU', 'LAW_ENFORCEMENT'],
    ['USE', 'LAW_ENFORCEMENT', undefined],
    ['USE', 'FIU', undefined],
    ['USE', 'FIU', undefined],
  ]);
  // its originator is told too
  const seen = (await ee.client.auditEvents()).filter(({ event }) => event.action === 'USE' && event.outcome === 'ALLOW');
  expect(seen.map(({ event }) => event.holderType)).toEqual(['LAW_ENFORCEMENT', 'FIU', 'FIU']);
});
