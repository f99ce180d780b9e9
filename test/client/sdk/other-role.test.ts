/** One body that is FIU and central authority: its roles are strangers to each other (rulings 2), and hand on as strangers do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openGateway, type LiveGateway } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.running.drain());

it('is asked of the law, which wants the consent that it wants of any third party', async () => {
  const [ee, ng] = [await gateway.join('EE-FIN', 'FIU'), await gateway.join('NG-FIA', 'FIU')];
  await gateway.compareAll();
  const sent = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  const opened = await ng.client.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
  const { authority, identity } = ng.client;
  const types = ['FIU', 'CENTRAL_AUTHORITY_MLA'] as const;
  await gateway.operator.designate({ authority, root: identity.root!.kid, types, status: 'ACTIVE' });
  await ng.client.publishEntry({
    ...{ name: authority, territory: 'NG', types, languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC' },
    ...{ presumedConsent: [], roles: ['OFFICER'] },
  });
  const release = ng.client.release(opened, {
    ...{ to: authority, toType: 'CENTRAL_AUTHORITY_MLA', purpose: 'INTELLIGENCE', legalBasis: 'RECIPROCITY' },
    ...{ basis: { consents: [] }, until: plusMs(clock.now(), DAY_MS) },
  });
  await expect(release).rejects.toMatchObject({ codes: expect.arrayContaining(['NO_THIRD_PARTY_CONSENT']) as unknown });
});
