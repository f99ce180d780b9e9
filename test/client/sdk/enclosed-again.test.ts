/** An item that its issuer encloses once more, after the officer who signed it has left: it is its issuer's word still. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { chooseReaders } from '../../../client/sdk/readers.js';
import { payloadOf } from '../../../client/sdk/envelope.js';
import { certain, createUuid } from '../../../client/sdk/ids.js';
import { ParleyClient, verifyEvidenceFile, type Opened } from '../../../client/sdk/index.js';
import { checkItem, type Envelope } from '../../../client/sdk/reading-order.js';
import { contentKeyOf } from '../../../client/sdk/release.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { submissionOf, submit } from '../../../client/sdk/submit.js';
import { sealContentKey } from '../../../crypto/seal.js';
import { signStatement } from '../../../crypto/statement.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { contextOf } from '../../adversary/town.js';
import { readerOf, whole } from '../../tamper/genuine.js';
import { cardOf, newcomer, seat } from './colleague.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, READ, waitFor } from './notes.js';

let gateway: LiveGateway;
let [root, partner, other]: Member[] = [];

beforeAll(async () => {
  gateway = await openGateway(undefined, { PARLEY_PROOF_DELAY_MS: '1000' });
  root = await gateway.join('NG-FIA', 'FIU');
  partner = await gateway.join('VG-FIX', 'FIU');
  other = await gateway.join('EE-FIN', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

/** The root's officer encloses it in an exchange of its own. */
async function encloseAgain(held: Opened, to: Member): Promise<Envelope> {
  const context = contextOf(root!);
  const draft = noteTo(root!.client, to.client);
  const view = await context.directory(true);
  const own = { authority: root!.client.authority, type: 'FIU' as const };
  const { keys } = chooseReaders(view, { authority: to.client.authority, type: 'FIU' }, own, clock.now());
  const contentKey = await contentKeyOf(context, held);
  const seals = await Promise.all(keys.map((key) => sealContentKey(contentKey, key, { chance, at: clock.now() })));
  const { digest } = held.item;
  const listed = seals.map((seal) => ({ item: digest, kid: seal.kid, seal: seal.digest }));
  const enclosed = { exchange: createUuid(chance), view, items: [{ statement: held.item }], seals: listed };
  const statement = await makeStatement('parley-envelope+json', payloadOf(context, draft, enclosed), context.identity.signing);
  const seen = seals.map((seal) => ({ item: digest, seal }));
  await submit(context, statement, submissionOf(statement, [], seen));
  await waitFor(to.client, (entry) => entry.statement?.digest === statement.digest);
  return statement;
}

it('opens for whoever is given it so, and its evidence verifies', async () => {
  const { client: officer } = await newcomer(gateway, root!.client, partner!.client, 'o.2');
  await root!.client.admitOfficer(cardOf(officer), seat());
  await officer.fetchKeyrings();
  const sent = await officer.send(noteTo(officer, partner!.client));
  const item = sent.items[0]!.statement.digest;
  const held = await root!.client.open({ item, via: sent.digest, ...READ });
  await root!.client.dismissOfficer(certain(parseOfficerId('o.2')));
  for (const to of [partner!, other!]) {
    const again = await encloseAgain(held, to);
    const reader = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store: to.store });
    const opened = await reader.open({ item, via: again.digest, ...READ });
    expect(opened.content).toEqual(held.content);
    for (const { client } of [to, root!]) {
      const file = await whole((await client.makeEvidence(again.payload.exchange)).bytes());
      const report = await verifyEvidenceFile(readerOf(file), { root: client.identity.root!.kid });
      expect(report.wrong).toBeNull();
      expect(report.checks.find(({ check }) => check === 'item')!.held).toContain('its issuer stands by it');
    }
    // what nobody of its issuer's encloses is judged by the key alone, and a signature that is another's by nothing
    const { directory } = await contextOf(to).directory(true);
    const key = { ...directory.officerKeys.get(root!.client.identity.signing.kid)!, until: clock.now() };
    const ended = {
      ...directory,
      officerKeys: new Map([...directory.officerKeys, [held.item.kid, { ...key, publicKey: officer.card.signing.publicKey }]]),
    };
    const view = { ...(await contextOf(to).directory()), directory: ended };
    await checkItem(held.item, view, clock.now(), { envelope: again });
    await expect(checkItem(held.item, view, clock.now())).rejects.toMatchObject({ check: 'ITEM_STATEMENT' });
    const payload = new Uint8Array(Buffer.from(held.item.compact.split('.')[1]!, 'base64url'));
    const forged = { ...held.item, compact: await signStatement('parley-item+json', payload, root!.client.identity.signing) };
    await expect(checkItem(forged, view, clock.now(), { envelope: again })).rejects.toMatchObject({ check: 'ITEM_STATEMENT' });
  }
}, 120_000);
