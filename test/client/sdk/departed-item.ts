/** An item whose officer has left, and that its issuer encloses once more: what a client itself does by no command yet. */
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { payloadOf } from '../../../client/sdk/envelope.js';
import { createUuid } from '../../../domain/uuid.js';
import { certain } from '../../../domain/result.js';
import type { Opened } from '../../../client/sdk/index.js';
import { chooseReaders } from '../../../client/sdk/readers.js';
import type { Envelope } from '../../../client/sdk/reading-order.js';
import { contentKeyOf } from '../../../client/sdk/release.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { submissionOf, submit } from '../../../client/sdk/submit.js';
import { sealContentKey } from '../../../crypto/seal.js';
import { parseOfficerId } from '../../../domain/ids.js';
import { contextOf } from '../../adversary/town.js';
import { cardOf, newcomer, seat } from './colleague.js';
import type { LiveGateway, Member } from './live-gateway.js';
import { noteTo, READ, waitFor } from './notes.js';

/** A second officer of `root`'s sends a note to `partner`, and is dismissed. @returns the officer, and the note as `root` holds it */
export async function departedItem(gateway: LiveGateway, root: Member, partner: Member) {
  const { client: officer } = await newcomer(gateway, root.client, partner.client, 'o.2');
  await root.client.admitOfficer(cardOf(officer), seat());
  await officer.fetchKeyrings();
  const sent = await officer.send(noteTo(officer, partner.client));
  const item = sent.items[0]!.statement.digest;
  const held = await root.client.open({ item, via: sent.digest, ...READ });
  await root.client.dismissOfficer(certain(parseOfficerId('o.2')));
  return { officer, item, held };
}

/** `root`'s officer encloses it in an exchange of its own. Resolves when it has arrived. */
export async function encloseAgain(root: Member, held: Opened, to: Member): Promise<Envelope> {
  const context = contextOf(root);
  const draft = noteTo(root.client, to.client);
  const view = await context.directory(true);
  const own = { authority: root.client.authority, type: 'FIU' as const };
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
