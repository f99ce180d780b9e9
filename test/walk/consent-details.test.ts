/** Consent asked through who handed an item on, on conditions, in part, and ended. */
import { describe, expect, it } from 'vitest';
import { formatInstant, DAY_MS, plusMs } from '../../domain/time.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { createExchangeReader } from '../../gateway/read/exchanges.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { createActor, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { makeAccess, makeConsent, makeEnvelope, makeItem, makeRelease, makeRevocation, makeUse, type Item } from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

type Scene = Awaited<ReturnType<typeof answered>>;

const asking = ({ desk }: Scene, from: Actor, to: Actor, recipient: Actor, items: readonly Item[], over: object = {}): Signed => {
  const { chance, at } = desk();
  const consent = {
    items: items.map(({ digest }) => digest),
    recipient: { authority: recipient.id, authorityType: recipient.type, purposes: ['INTELLIGENCE', 'INVESTIGATION'] },
    until: formatInstant(plusMs(at, 30 * DAY_MS)),
  };
  return makeEnvelope(
    { from, to, exchange: uuidFrom(chance), message: 'SUBMIT', body: { consent }, over: { exchangeType: 'CONSENT_REQUEST', ...over } },
    desk(),
  );
};

/** fix gave it to fia, fia to efcx, and efcx wants it to go to a prosecution service. */
async function downstream(seed: number) {
  const scene = await answered(seed);
  const { accept, walk, fia, fix, efcx, found, desk } = scene;
  const pros = createActor('NG-PROS', 'PROSECUTION', createChance(seed + 9));
  await enrol(scene, [pros]);
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  await accept(consent, fix);
  expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  return { ...scene, pros };
}

const cannot = (
  { desk }: Scene,
  by: Actor,
  asker: Actor,
  recipient: Actor,
  item: Item,
  request: string,
  codes = ['CANNOT_PROVIDE'],
): Signed =>
  submitted(
    signNow(
      'parley-consent-refusal+json',
      {
        v: 1,
        aud: ORIGIN,
        id: uuidFrom(desk().chance),
        at: formatInstant(desk().at),
        originator: by.id,
        holder: asker.id,
        items: [item.digest],
        recipient: { authority: recipient.id, authorityType: recipient.type },
        purposes: ['INTELLIGENCE', 'INVESTIGATION'],
        codes,
        seals: [],
        request,
      },
      by.signing,
    ),
  );

describe('consent that is asked through who handed the item on', () => {
  const AT_HOME = { profile: 'DOMESTIC_ONWARD', legalBasis: ['DOMESTIC_LAW:FIA-2003'] };

  it('cannot be provided by it, and the asker hears no more than that', async () => {
    const scene = await downstream(501);
    const { accept, walk, fia, fix, efcx, pros, found } = scene;
    const request = asking(scene, efcx, fia, pros, [found], AT_HOME);
    expect(codesOf(await accept(request, efcx))).toEqual(['ALLOW']);
    await walk.deliverDue();
    const telling = await accept(cannot(scene, fia, efcx, pros, found, request.digest, ['ORIGINATOR_CONSENT_MISSING']), fia);
    expect(codesOf(telling)).toContain('ORIGINATOR_CONSENT_MISSING');
    const answer = cannot(scene, fia, efcx, pros, found, request.digest);
    expect(codesOf(await accept(answer, fia))).toEqual(['ALLOW']);
    const heard = Buffer.from(answer.submission.statement.split('.')[1]!, 'base64url').toString();
    expect(heard).not.toContain(fix.id);
  });

  it('is granted by the originator to the one who asked', async () => {
    const { accept, efcx, fix, pros, found, desk } = await downstream(502);
    const grant = makeConsent(fix, efcx, pros, [found.digest], desk());
    expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeRelease(efcx, pros, found, [grant.digest], desk()), efcx))).toEqual(['ALLOW']);
  });

  it('is not asked of who neither gave it nor originated it, nor by who has nothing', async () => {
    const scene = await downstream(503);
    const { accept, fia, efcx, pros, found } = scene;
    const sideways = await accept(asking(scene, efcx, pros, fia, [found], AT_HOME), efcx);
    expect(codesOf(sideways)).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(asking(scene, pros, fia, efcx, [found], AT_HOME), pros))).toEqual(['NOT_FOUND']);
    expect(wordsOf(sideways)).not.toContain('VG-FIX');
  });
});

describe('a consent', () => {
  it.each([
    ['GRANTED', 'until the day that was asked', 30 * DAY_MS],
    ['GRANTED', 'for longer', 31 * DAY_MS],
    ['PARTIALLY_GRANTED', 'for less', 30 * DAY_MS - 1],
  ])('is %s where all that was asked is granted %s', async (becomes, _until, ms) => {
    const scene = await answered(512);
    const { accept, walk, deps, fia, fix, efcx, found, desk } = scene;
    const request = asking(scene, fia, fix, efcx, [found]);
    await accept(request, fia);
    await walk.deliverDue();
    const over = { purposes: ['INTELLIGENCE', 'INVESTIGATION'], until: formatInstant(plusMs(desk().at, ms)), request: request.digest };
    expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk(), over), fix))).toEqual(['ALLOW']);
    const { exchange } = (await walk.library.volume(request.digest))!.stored;
    expect(await readExchange(exchange!, deps.store)).toMatchObject({ state: becomes });
  });

  it('is granted in part, and a part is revoked like a whole', async () => {
    const scene = await answered(511);
    const { accept, walk, fia, fix, efcx, found, desk, deps } = scene;
    const request = asking(scene, fia, fix, efcx, [found]);
    await accept(request, fia);
    await walk.deliverDue();
    const part = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest });
    expect(codesOf(await accept(part, fix))).toEqual(['ALLOW']);
    const exchange = (await walk.library.volume(request.digest))!.stored.exchange!;
    const state = async (): Promise<string> =>
      (JSON.parse(new TextDecoder().decode((await deps.store.exchange(exchange))!.body)) as { state: string }).state;
    expect(await state()).toBe('PARTIALLY_GRANTED');
    // all that was asked, but in some proceedings alone, is a part of it too
    const all = { purposes: ['INTELLIGENCE', 'INVESTIGATION'], until: formatInstant(plusMs(desk().at, 40 * DAY_MS)) };
    const bound = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest, ...all, conditions: ['case-1'] });
    expect(codesOf(await accept(bound, fix))).toEqual(['ALLOW']);
    expect(await state()).toBe('PARTIALLY_GRANTED');
    const release = () => makeRelease(fia, efcx, found, [part.digest], desk());
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeRevocation(fix, fia, part.digest, desk()), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toContain('CONSENT_EXPIRED_OR_REVOKED');
    // the other piece stands, so that more of the request may be granted, and the rest refused
    expect(await state()).toBe('PARTIALLY_GRANTED');
    const whole = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest, ...all });
    expect(codesOf(await accept(whole, fix))).toEqual(['ALLOW']);
    expect(await state()).toBe('GRANTED');
    expect(codesOf(await accept(makeRevocation(fix, fia, bound.digest, desk()), fix))).toEqual(['ALLOW']);
    expect(await state()).toBe('GRANTED');
    const brief = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest });
    expect(codesOf(await accept(brief, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeRevocation(fix, fia, whole.digest, desk()), fix))).toEqual(['ALLOW']);
    expect(await state()).toBe('PARTIALLY_GRANTED');
    expect(codesOf(await accept(makeRevocation(fix, fia, brief.digest, desk()), fix))).toEqual(['ALLOW']);
    expect(await state()).toBe('REVOKED');
  });

  it('that has run out is none that stands when another one ends', async () => {
    const { accept, walk, world, fia, fix, efcx, found, desk, deps, ...scene } = await answered(512);
    const request = asking({ ...scene, accept, walk, world, fia, fix, efcx, found, desk, deps }, fia, fix, efcx, [found]);
    await accept(request, fia);
    await walk.deliverDue();
    const until = formatInstant(plusMs(desk().at, DAY_MS));
    const brief = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest, until });
    const longer = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest });
    for (const grant of [brief, longer]) expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
    world.clock.advance(2 * DAY_MS);
    expect(codesOf(await accept(makeRevocation(fix, fia, longer.digest, desk()), fix))).toEqual(['ALLOW']);
    const exchange = (await walk.library.volume(request.digest))!.stored.exchange!;
    const { body } = (await deps.store.exchange(exchange))!;
    expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({ state: 'REVOKED' });
  });
});

it('answers something of what was asked, and leaves the asking exchange where it is where it does not', async () => {
  const scene = await answered(175);
  const { accept, walk, deps, fia, fix, efcx, found, say, desk } = scene;
  const more = await makeItem(fix, [fia, fix], 'and this', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
  const request = asking(scene, fia, fix, efcx, [found]);
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const exchange = (await walk.library.volume(request.digest))!.stored.exchange!;
  const version = async () => (await deps.store.exchange(exchange))!.version;
  const before = await version();
  const grant = (items: readonly Item[], to: Actor) => {
    const digests = items.map(({ digest }) => digest);
    return makeConsent(fix, fia, to, digests, desk(), { request: request.digest });
  };
  for (const beside of [grant([more], efcx), grant([found], fia)])
    expect(codesOf(await accept(beside, fix))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
  const none = refuseWith(
    await makeItem(fix, [fia, fix], 'no', desk()),
    request.digest,
    { originator: fix, holder: fia, to: efcx },
    more,
    desk(),
  );
  expect(codesOf(await accept(none, fix))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
  expect(await version()).toBe(before);
  expect(codesOf(await accept(grant([more, found], efcx), fix))).toEqual(['ALLOW']);
  expect(await version()).toBe(before + 1);
});

it('is not refused of what was granted and stands: that is revoked; what is left of it is refused', async () => {
  const scene = await answered(176);
  const { accept, walk, fia, fix, efcx, found, say, desk } = scene;
  const more = await makeItem(fix, [fia, fix], 'and this', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
  const request = asking(scene, fia, fix, efcx, [found, more]);
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const grant = (item: Item, over: object) =>
    makeConsent(fix, fia, efcx, [item.digest], desk(), { purposes: ['INTELLIGENCE'], request: request.digest, ...over });
  const whole = grant(found, { until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) });
  // for a shorter time and for some proceedings alone: the rest of it is still to be answered
  const pieces = [
    grant(more, { until: formatInstant(plusMs(desk().at, DAY_MS)) }),
    grant(more, { until: formatInstant(plusMs(desk().at, 30 * DAY_MS)), conditions: ['case-1'] }),
  ];
  for (const one of [whole, ...pieces]) expect(codesOf(await accept(one, fix))).toEqual(['ALLOW']);
  const refusing = async (item: Item) => {
    const why = await makeItem(fix, [fia, fix], 'It would warn those whom we look at in a case of our own.', desk());
    return accept(refuseWith(why, request.digest, { originator: fix, holder: fia, to: efcx }, item, desk()), fix);
  };
  const no = await refusing(found);
  expect(codesOf(no)).toEqual(['STEP_NOT_ALLOWED']);
  expect(wordsOf(no)).toContain(`revoke the consent ${whole.digest}`);
  expect(codesOf(await refusing(more))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeRevocation(fix, fia, whole.digest, desk()), fix))).toEqual(['ALLOW']);
  expect(codesOf(await refusing(found))).toEqual(['ALLOW']);
});

it('stops new use at once where a consent is revoked, for whoever was handed the item under it, and leaves what was read readable', async () => {
  const { accept, walk, store, fia, fix, efcx, found, desk } = await answered(171);
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  await accept(consent, fix);
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk());
  expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
  const using = () => {
    const { chance, at } = desk();
    const said = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), holder: efcx.id };
    return submitted(signNow('parley-use+json', { ...said, item: found.digest, purpose: 'INTELLIGENCE' }, efcx.signing));
  };
  expect(codesOf(await accept(using(), efcx))).toEqual(['ALLOW']);
  const revocation = makeRevocation(fix, fia, consent.digest, desk());
  expect(codesOf(await accept(revocation, fix))).toEqual(['ALLOW']);
  while ((await walk.deliverDue()) > 0);
  const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
  expect((await inbox.page(efcx.id, 0, 50)).entries.map(({ kind }) => kind)).toEqual(['release', 'revocation']);
  const statements = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
  expect(await statements.statement(efcx.id, revocation.digest)).not.toBeNull();
  expect(codesOf(await accept(using(), efcx))).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  expect(codesOf(await accept(makeAccess(efcx, found.digest, release.digest, desk()), efcx))).toEqual(['ALLOW']);
});

it('stands in the exchange in which it was asked, whichever of what was asked it is about, with its end', async () => {
  const scene = await answered(174);
  const { accept, walk, store, world, directory, deps, fia, fix, efcx, found, say, desk } = scene;
  const more = await makeItem(fix, [fia, fix], 'and this', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
  const request = asking(scene, fia, fix, efcx, [found, more]);
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  const dates = { clock: world.clock, calendars: deps.calendars, directory };
  const reader = createExchangeReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage), dates);
  const exchange = (await walk.library.volume(request.digest))!.stored.exchange!;
  const shown = async (who: Actor) =>
    (await reader.exchange(who.id, exchange, { from: 0, limit: 50 }))?.consents?.map(({ statement }) => statement);
  expect(await shown(fia)).toBeUndefined();
  const [unasked, part] = [{}, { request: request.digest }].map((over) => makeConsent(fix, fia, efcx, [more.digest], desk(), over)) as [
    Signed,
    Signed,
  ];
  for (const grant of [unasked, part]) expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
  const end = makeRevocation(fix, fia, part.digest, desk());
  expect(codesOf(await accept(end, fix))).toEqual(['ALLOW']);
  for (const who of [fia, fix]) expect(await shown(who)).toEqual([part, end].map(({ submission }) => submission.statement));
  expect(await shown(efcx)).toBeUndefined();
});

interface Granted {
  readonly purpose: string;
  readonly consent: Signed;
}

it('stops what it alone let, though another consent, for another purpose, stands', async () => {
  const { accept, fia, fix, efcx, found, desk } = await answered(173);
  const [first, other] = ['INTELLIGENCE', 'INVESTIGATION'].map((purpose) => ({
    purpose,
    consent: makeConsent(fix, fia, efcx, [found.digest], desk(), { purposes: [purpose] }),
  })) as [Granted, Granted];
  for (const { consent, purpose } of [first, other]) {
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk(), { purpose }), fia))).toEqual(['ALLOW']);
  }
  const use = async (purpose: string) => codesOf(await accept(makeUse(efcx, found.digest, desk(), { purpose }), efcx));
  for (const { purpose } of [first, other]) expect(await use(purpose)).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeRevocation(fix, fia, first.consent.digest, desk()), fix))).toEqual(['ALLOW']);
  expect(await use('INTELLIGENCE')).toEqual(['CONSENT_EXPIRED_OR_REVOKED', 'CONSENT_SCOPE_EXCEEDED']);
  expect(await use('INVESTIGATION')).toEqual(['ALLOW']);
});

it('is no business of whoever could have been given the item on it, and never was', async () => {
  const { accept, walk, store, fia, fix, efcx, found, desk } = await answered(172);
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  await accept(consent, fix);
  const revocation = makeRevocation(fix, fia, consent.digest, desk());
  expect(codesOf(await accept(revocation, fix))).toEqual(['ALLOW']);
  while ((await walk.deliverDue()) > 0);
  const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
  expect((await inbox.page(efcx.id, 0, 50)).entries).toEqual([]);
  const statements = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
  expect(await statements.statement(efcx.id, revocation.digest)).toBeNull();
});
