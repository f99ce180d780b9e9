/** Whoever knows a digest and nothing else learns nothing by it: not that the item exists, not whose it is. */
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import { answered, wordsOf } from '../support/answered.js';
import { createActor, type Actor, type Signed } from '../support/actors.js';
import { labelOf, makeConsent, makeEnvelope, makeItem, type Desk, type Item } from '../support/letters.js';
import { uuidFrom, signNow, submitted, ORIGIN } from '../support/actors.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';
import { formatInstant } from '../../domain/time.js';

const randomDigest = (desk: Desk): Digest => certain(parseDigest(encodeDigest(desk.chance.bytes(32))));

interface Stranger {
  readonly stranger: Actor;
  readonly other: Actor;
  /** its originator */
  readonly fix: Actor;
  readonly desk: Desk;
}
/** One attempt, about a digest. */
type Probe = (scene: Stranger, digest: Digest) => Promise<Signed> | Signed;

const open = (from: Actor, to: Actor, desk: Desk, over: object, items: Item[] = []): Signed =>
  makeEnvelope({ from, to, exchange: uuidFrom(desk.chance), message: 'SUBMIT', items, over }, desk);

const PROBES: Record<string, Probe> = {
  'a consent for it': ({ stranger, other, fix, desk }, digest) => makeConsent(stranger, fix, other, [digest], desk),
  'a request for consent to it': ({ stranger, other, fix, desk }, digest) =>
    open(stranger, fix, desk, {
      exchangeType: 'CONSENT_REQUEST',
      body: {
        consent: {
          items: [digest],
          recipient: { authority: other.id, authorityType: other.type, purposes: ['INTELLIGENCE'] },
          until: formatInstant(desk.at),
        },
      },
    }),
  'an envelope that carries it': ({ stranger, fix, desk }, digest) => open(stranger, fix, desk, { items: [digest] }),
  'an item that is said to be made from it': async ({ stranger, fix, desk }, digest) =>
    open(stranger, fix, desk, {}, [
      await makeItem(stranger, [fix, stranger], 'made up', desk, { kind: 'EXTRACT', derivedFrom: [digest], label: labelOf(stranger) }),
    ]),
  'a label for it': ({ stranger, desk }, digest) => {
    const payload = {
      v: 1,
      aud: ORIGIN,
      id: uuidFrom(desk.chance),
      at: formatInstant(desk.at),
      originator: stranger.id,
      item: digest,
      change: 'RETRACT',
    };
    return submitted(signNow('parley-label+json', payload, stranger.signing));
  },
};

describe('a stranger to an item who knows its digest', () => {
  it.each(Object.entries(PROBES))('gets for %s what it would get were there none', async (_name, probe) => {
    const { accept, fix, fia, found, ...gateway } = await answered(81);
    const chance = createChance(82);
    const [stranger, other] = [createActor('KY-FRA', 'FIU', chance), createActor('EE-FIN', 'FIU', chance)];
    await enrol(gateway, [stranger, other]);
    const scene: Stranger = { stranger, other, fix, desk: gateway.desk() };
    const none = randomDigest(scene.desk);
    const [there, nowhere] = [
      wordsOf(await accept(await probe(scene, found.digest), stranger)),
      wordsOf(await accept(await probe(scene, none), stranger)),
    ];
    const plain = (text: string, digest: string) => text.replaceAll(digest, '<item>').replaceAll(/[\w-]{43}/g, '<digest>');
    expect(plain(there, found.digest)).toBe(plain(nowhere, none));
    expect(there).not.toBe('');
    expect(there).not.toContain(fia.id);
  });
});
