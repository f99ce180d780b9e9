/** What travels with a statement: the seals that it names, each to a reader that it names, and nothing beside them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import type { Submission } from '../../domain/wire/submission.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { submitted, uuidFrom, type Actor } from '../support/actors.js';
import { answered, toldOf } from '../support/answered.js';
import { enclosing, makeConsent, makeEnvelope, makeItem, makeRelease, REQUEST_FORM, requestBody, type Item } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';

interface Named {
  readonly item: string;
  readonly kid: string;
  readonly seal: string;
}
type Given = NonNullable<Submission['seals']>[number];

describe('a message', () => {
  let gateway: TestGateway;
  let fia: Actor;
  let fix: Actor;
  let item: Item;
  beforeEach(async () => {
    gateway = createTestGateway(381);
    ({ fia, fix } = createCast(7));
    await enrol(gateway, [fia, fix]);
    item = await form([fix, fia]);
  });
  const form = (readers: readonly Actor[], over: object = {}): Promise<Item> =>
    makeItem(fia, readers, 'request', gateway.desk(), { itemRole: 'FORM', form: REQUEST_FORM, ...over });

  /** @param seals what it names and what comes with it, of those that its item has: the reader's and its own */
  async function sends(
    one: Item,
    seals: (named: Named[], given: Given[]) => readonly [readonly Named[], readonly Given[]],
    more: object = {},
  ) {
    const { items, seals: all, bodies } = enclosing([one]);
    const own = one.sealed.seals.map(({ kid, digest }) => ({ item: one.digest, kid, seal: digest }));
    const [named, given] = seals(own, all as Given[]);
    const { chance } = gateway.desk();
    const letter = { from: fia, to: fix, exchange: uuidFrom(chance), message: 'SUBMIT' as const, items: [one] };
    const over = { seals: named };
    const { statement } = makeEnvelope({ ...letter, body: requestBody(fix, one.digest), over }, gateway.desk()).submission;
    const { submission } = submitted(statement, { items, seals: given, bodies, ...more });
    return toldOf(await gateway.walk.acceptStatement(submission, fia.caller));
  }
  const asMade = (named: Named[], given: Given[]) => [named, given] as const;
  const NOT_EXACTLY = /^SEALS_MISMATCH the seals are not exactly those/;

  it('comes with exactly the seals that it names, each once', async () => {
    expect(
      await sends(item, ([a, b], [c, d]) => [
        [a!, b!, b!],
        [c!, d!, d!],
      ]),
    ).toMatch(NOT_EXACTLY);
    expect(await sends(item, ([a, b], given) => [[a!, b!, b!], given])).toMatch(NOT_EXACTLY);
    expect(await sends(item, (named, [c, d]) => [named, [c!, d!, d!]])).toMatch(NOT_EXACTLY);
    expect(await sends(item, (named, [c]) => [named, [c!]])).toMatch(NOT_EXACTLY);
    expect(await sends(item, (named, [c]) => [named, [c!, c!]])).toMatch(NOT_EXACTLY);
    expect(await sends(item, ([a], given) => [[a!], given])).toMatch(NOT_EXACTLY);
    expect(await sends(item, (named, [c, d]) => [named, [c!, { ...d!, bytes: c!.bytes }]])).toMatch(NOT_EXACTLY);
    expect(await sends(item, asMade)).toBe('accepted');
  });

  it('is sealed to its reader; the sender’s own copy is its own choice', async () => {
    expect(await sends(await form([fia]), asMade)).toMatch(/^SEALS_MISMATCH .* is not sealed to VG-FIX$/);
    expect(await sends(await form([fix]), asMade)).toBe('accepted');
  });

  it('brings no seal of an item that is not in it, none of another format, and none that opens nothing', async () => {
    const other = await form([fix]);
    const stray = other.sealed.seals[0]!;
    const [named, given] = [{ item: other.digest, kid: stray.kid, seal: stray.digest }, enclosing([other]).seals[0] as Given];
    expect(
      await sends(item, (all, come) => [
        [...all, named],
        [...come, given],
      ]),
    ).toMatch(/^SEALS_MISMATCH a seal for .* not in this/);
    expect(await sends(await form([fix], { format: 'cms' }), asMade)).toMatch(/^SEALS_MISMATCH .* does not open a body of format cms/);
    const bytes = new TextEncoder().encode('opens nothing');
    const [seal, text] = [digestOfBytes(bytes), encodeBase64url(bytes)];
    expect(
      await sends(item, ([a, b], [c, d]) => [
        [{ ...a!, seal }, b!],
        [{ ...c!, bytes: text } as Given, d!],
      ]),
    ).toMatch(/^SEALS_MISMATCH the seal of /);
  });

  it('brings no body of an item that is not in it', async () => {
    const other = await form([fix]);
    const { bodies } = enclosing([item, other]);
    expect(await sends(item, asMade, { bodies })).toMatch(/^BODY_MISMATCH each new item has exactly one body$/);
  });

  it('has bodies as long as its items say', async () => {
    const { size } = item.sealed;
    expect(await sends(await form([fix], { size: size + 1 }), asMade)).toMatch(/^BODY_MISMATCH/);
  });
});

describe('a release', () => {
  async function consented(seed: number, over: object = {}) {
    const scene = await answered(seed);
    const { accept, allowed, fia, fix, efcx, found, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), over);
    await allowed(consent, fix);
    const releases = async (over: object, more: Partial<Submission> = {}) => {
      const { submission } = await makeRelease(fia, efcx, found, [consent.digest], desk(), over);
      return toldOf(await accept(submitted(submission.statement, { seals: submission.seals, ...more }), fia));
    };
    return { ...scene, consent, releases };
  }

  it('ends after now, and with the first of the consents on which it rests', async () => {
    const { releases, world } = await consented(382);
    const until = (ms: number) => ({ until: formatInstant(plusMs(world.clock.now(), ms)) });
    for (const ms of [-DAY_MS, 0]) expect(await releases(until(ms))).toBe('MALFORMED until: it has passed');
    expect(await releases(until(1))).toBe('accepted');
  });

  it('names the suite of the key to which it seals', async () => {
    const { releases, efcx } = await consented(383, { suites: ['age-pq-1', 'age-x25519-1'] });
    const suite = efcx.desk.suite === 'age-pq-1' ? 'age-x25519-1' : 'age-pq-1';
    expect(await releases({ suite })).toBe('SEALS_MISMATCH the suite is not that of the key');
    expect(await releases({})).toBe('accepted');
  });

  it('carries its seal and nothing else', async () => {
    const { releases, fia, fix, desk } = await consented(384);
    const { items, bodies } = enclosing([await makeItem(fia, [fix], 'beside it', desk())]);
    for (const more of [{ items }, { bodies }] as Partial<Submission>[])
      expect(await releases({}, more)).toBe('MALFORMED a release carries a seal and nothing else');
  });
});
