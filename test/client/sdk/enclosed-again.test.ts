/** An item that its issuer encloses once more, after the officer who signed it has left: it is its issuer's word still. */
import { expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient, verifyEvidenceFile } from '../../../client/sdk/index.js';
import { checkItem } from '../../../client/sdk/reading-order.js';
import { signStatement } from '../../../crypto/statement.js';
import { contextOf } from '../../adversary/town.js';
import { readerOf, whole } from '../../tamper/genuine.js';
import { departedItem, encloseAgain } from './departed-item.js';
import { openTown } from './live-gateway.js';
import { READ } from './notes.js';

const { gateway, root, partner, other } = await openTown(
  { root: ['NG-FIA', 'FIU'], partner: ['VG-FIX', 'FIU'], other: ['EE-FIN', 'FIU'] },
  undefined,
  { PARLEY_PROOF_DELAY_MS: '1000' },
);

it('opens for whoever is given it so, and its evidence verifies', async () => {
  const { officer, item, held } = await departedItem(gateway, root, partner);
  for (const to of [partner, other]) {
    const again = await encloseAgain(root, held, to);
    const reader = await ParleyClient.connect({ origin: gateway.origin, fetch, clock, chance, triesMax: 2, store: to.store });
    const opened = await reader.open({ item, via: again.digest, ...READ });
    expect(opened.content).toEqual(held.content);
    for (const { client } of [to, root]) {
      const file = await whole((await client.makeEvidence(again.payload.exchange)).bytes());
      const report = await verifyEvidenceFile(readerOf(file), { root: client.identity.root!.kid });
      expect(report.wrong).toBeNull();
      expect(report.checks.find(({ check }) => check === 'item')!.held).toContain('its issuer stands by it');
    }
    // what nobody of its issuer's encloses is judged by the key alone, and a signature that is another's by nothing
    const { directory } = await contextOf(to).directory(true);
    const key = { ...directory.officerKeys.get(root.client.identity.signing.kid)!, until: clock.now() };
    const ended = {
      ...directory,
      officerKeys: new Map([...directory.officerKeys, [held.item.kid, { ...key, publicKey: officer.card.signing.publicKey }]]),
    };
    const view = { ...(await contextOf(to).directory()), directory: ended };
    await checkItem(held.item, view, clock.now(), { envelope: again });
    await expect(checkItem(held.item, view, clock.now())).rejects.toMatchObject({ check: 'ITEM_STATEMENT' });
    const payload = new Uint8Array(Buffer.from(held.item.compact.split('.')[1]!, 'base64url'));
    const forged = { ...held.item, compact: await signStatement('parley-item+json', payload, root.client.identity.signing) };
    await expect(checkItem(forged, view, clock.now(), { envelope: again })).rejects.toMatchObject({ check: 'ITEM_STATEMENT' });
  }
}, 120_000);
