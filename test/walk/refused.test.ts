/** What bad input gets: a code, a leaf for whoever is known, and no other trace. */
import { describe, expect, it } from 'vitest';
import { parseStatement } from '../../crypto/statement.js';
import type { Caller } from '../../domain/caller.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import type { Submission } from '../../domain/wire/submission.js';
import { colleagueOf, createActor, signNow, submitted, uuidFrom, type Actor } from '../support/actors.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeRelease,
  makeRequest,
  REQUEST_FORM,
  requestBody,
  type Desk,
} from '../support/letters.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { isLeafOnly, watched } from '../support/watched.js';
import { createChance, createWorld } from '../support/world.js';

interface Scene {
  readonly desk: Desk;
  readonly fia: Actor;
  readonly fix: Actor;
  readonly efcx: Actor;
}
type Attempt = { readonly submission: Submission; readonly caller: Caller };
type Wrong = (scene: Scene) => Promise<Attempt>;

const payloadOf = (compact: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
const by = (actor: Actor, submission: Submission): Attempt => ({ submission, caller: actor.caller });

/** A good request, one member of whose envelope is changed before it is signed. */
const changed =
  (over: (scene: Scene) => object): Wrong =>
  async (scene) =>
    by(scene.fia, (await makeRequest(scene.fia, scene.fix, scene.desk, over(scene))).signed.submission);

/** A good request, whose submission is changed after it was signed. */
const tampered =
  (over: (submission: Submission, scene: Scene) => Submission): Wrong =>
  async (scene) =>
    by(scene.fia, over((await makeRequest(scene.fia, scene.fix, scene.desk)).signed.submission, scene));

const resigned = (submission: Submission, over: object, key = (scene: Scene) => scene.fia.signing) => ({
  of: (scene: Scene): Submission =>
    submitted(signNow('parley-envelope+json', { ...payloadOf(submission.statement), ...over }, key(scene)), {
      items: submission.items,
      seals: submission.seals,
      bodies: submission.bodies,
    }).submission,
});

/** A request that is good but for whose its form is. */
async function enclosed(from: Actor, to: Actor, issuer: Actor, desk: Desk): Promise<Attempt> {
  const item = await makeItem(issuer, [to, from], 'whose?', desk, { itemRole: 'FORM', form: REQUEST_FORM });
  const letter = { from, to, exchange: uuidFrom(desk.chance), message: 'SUBMIT' as const, items: [item] };
  return by(from, makeEnvelope({ ...letter, body: requestBody(to, item.digest) }, desk).submission);
}

const WRONG: Record<string, readonly [code: string, Wrong]> = {
  'dated two days ago': ['STALE', changed(({ desk }) => ({ sentAt: formatInstant(plusMs(desk.at, -2 * DAY_MS)) }))],
  'dated two days ahead': ['STALE', changed(({ desk }) => ({ sentAt: formatInstant(plusMs(desk.at, 2 * DAY_MS)) }))],
  'a reading dated two days ago': [
    'STALE',
    async ({ fia, fix, desk }) => {
      const { item, signed } = await makeRequest(fia, fix, desk);
      return by(fix, makeAccess(fix, item.digest, signed.digest, { ...desk, at: plusMs(desk.at, -2 * DAY_MS) }).submission);
    },
  ],
  'meant for another log': ['WRONG_AUDIENCE', changed(() => ({ aud: 'parley.example/other' }))],
  'of an unknown version': ['UNKNOWN_VERSION', changed(() => ({ v: 2 }))],
  'with an unknown member': ['MALFORMED', changed(() => ({ vv: 1 }))],
  'to an addressee that nobody designated': ['POLICY', changed(() => ({ to: 'ZZ-FIU' }))],
  'without the mandatory members': ['POLICY', changed(() => ({ body: {} }))],
  'about an exchange that does not exist': [
    'NOT_FOUND',
    async ({ fia, fix, desk }) =>
      by(fia, makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk.chance), message: 'CLOSE' }, desk).submission),
  ],
  'with a signature over other bytes': [
    'SIGNATURE_INVALID',
    async (scene) => {
      const [good, other] = [await makeRequest(scene.fia, scene.fix, scene.desk), await makeRequest(scene.fia, scene.fix, scene.desk)];
      const statement = [...good.signed.submission.statement.split('.').slice(0, 2), other.signed.submission.statement.split('.')[2]].join(
        '.',
      );
      return by(scene.fia, { ...good.signed.submission, statement });
    },
  ],
  'in a second spelling': ['SIGNATURE_INVALID', tampered((submission) => ({ ...submission, statement: `${submission.statement}=` }))],
  'signed by another authority': [
    'KEY_NOT_TRUSTED',
    tampered((submission, scene) => resigned(submission, {}, ({ fix }) => fix.signing).of(scene)),
  ],
  'signed by a key that only logs in': [
    'KEY_NOT_TRUSTED',
    tampered((submission, scene) => resigned(submission, {}, ({ fia }) => fia.auth).of(scene)),
  ],
  'sent in by another than signed it': [
    'CALLER_MISMATCH',
    async (scene) => by(scene.fix, (await makeRequest(scene.fia, scene.fix, scene.desk)).signed.submission),
  ],
  'sent in by a colleague of whoever signed it': [
    'CALLER_MISMATCH',
    async (scene) => {
      const { caller } = colleagueOf(scene.fia, 'o2', scene.desk.chance);
      return { submission: (await makeRequest(scene.fia, scene.fix, scene.desk)).signed.submission, caller };
    },
  ],
  'without its seals': ['SEALS_MISMATCH', tampered((submission) => ({ ...submission, seals: [] }))],
  'without its body': ['BODY_MISMATCH', tampered((submission) => ({ ...submission, bodies: [] }))],
  'with another body than was signed': [
    'BODY_MISMATCH',
    tampered((submission) => ({
      ...submission,
      bodies: submission.bodies?.map((body) => ('bytes' in body ? { ...body, bytes: 'AAAA' } : body)),
    })),
  ],
  'with an item whose digests tell the order of its form': [
    'MALFORMED',
    async ({ fia, fix, desk }) => {
      const form = { ...REQUEST_FORM, _sd: ['B'.padEnd(43, 'A'), 'A'.repeat(43)] };
      const item = await makeItem(fia, [fix, fia], 'unsorted', desk, { itemRole: 'FORM', form });
      const letter = { from: fia, to: fix, exchange: uuidFrom(desk.chance), message: 'SUBMIT' as const, items: [item] };
      return by(fia, makeEnvelope({ ...letter, body: requestBody(fix, item.digest) }, desk).submission);
    },
  ],
  'with a seal to somebody who is not in it': [
    'KEY_NOT_TRUSTED',
    async ({ fia, fix, efcx, desk }) => {
      const item = await makeItem(fia, [fix, efcx], 'for two', desk, { itemRole: 'FORM', form: REQUEST_FORM });
      const letter = { from: fia, to: fix, exchange: uuidFrom(desk.chance), message: 'SUBMIT' as const, items: [item] };
      return by(fia, makeEnvelope({ ...letter, body: requestBody(fix, item.digest) }, desk).submission);
    },
  ],
  'enclosing an item that another issued': ['KEY_NOT_TRUSTED', ({ fia, fix, desk }) => enclosed(fia, fix, fix, desk)],
  'enclosing an item that it signed in the name of another': [
    'KEY_NOT_TRUSTED',
    ({ fia, fix, desk }) => enclosed(fia, fix, { ...fix, signing: fia.signing }, desk),
  ],
  'enclosing an item that another signed in its name': [
    'KEY_NOT_TRUSTED',
    ({ fia, fix, desk }) => enclosed(fia, fix, { ...fia, signing: fix.signing }, desk),
  ],
  'enclosing an item under a signature of another': [
    'SIGNATURE_INVALID',
    tampered((submission) => {
      const [item = ''] = submission.items ?? [];
      const signature = submission.statement.slice(submission.statement.lastIndexOf('.'));
      return { ...submission, items: [item.slice(0, item.lastIndexOf('.')) + signature] };
    }),
  ],
  'with one item twice': ['MALFORMED', tampered((submission) => ({ ...submission, items: [0, 0].map((n) => submission.items![n]!) }))],
  'a release of what it does not hold': [
    'NOT_FOUND',
    async ({ fia, fix, efcx, desk }) =>
      by(fia, (await makeRelease(fia, efcx, await makeItem(fix, [fix], 'elsewhere', desk), [], desk)).submission),
  ],
  'a reading of what it was not given': [
    'NOT_FOUND',
    async ({ fix, fia, desk }) => {
      const { item, signed } = await makeRequest(fia, fix, desk);
      return by(fix, makeAccess(fix, item.digest, signed.digest, desk).submission);
    },
  ],
  'a consent for an item that nobody sent': [
    'NOT_FOUND',
    async ({ fia, fix, efcx, desk }) =>
      by(fix, makeConsent(fix, fia, efcx, [(await makeItem(fix, [fix], 'unsent', desk)).digest], desk).submission),
  ],
  'an item by itself': [
    'NOT_OFFERED',
    async ({ fia, fix, desk }) => by(fia, submitted((await makeItem(fia, [fix], 'alone', desk)).compact).submission),
  ],
  'a label that says more than its level may': [
    'POLICY',
    async ({ fia, fix, desk }) => {
      const item = await makeItem(fia, [fix], 'secret', desk, { label: labelOf(fia, { level: 'SECRET' }) });
      return by(
        fia,
        makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk.chance), message: 'SUBMIT', items: [item] }, desk).submission,
      );
    },
  ],
};

describe('a submission', () => {
  it.each(Object.entries(WRONG))('%s is refused, is a leaf, and changes nothing else', async (_name, [code, wrong]) => {
    const world = createWorld(11);
    const watch = watched(world.store);
    const gateway = createTestGateway(11, { store: watch.store });
    const cast = createCast(7);
    await enrol(gateway, Object.values(cast));
    const attempt = await wrong({ ...cast, desk: gateway.desk() });
    const before = watch.rows.length;
    watch.writes.length = 0;
    const answer = await gateway.walk.acceptStatement(attempt.submission, attempt.caller);
    expect(answer.ok ? 'ALLOW' : answer.error.refusal.code).toBe(code);
    const [row, ...more] = watch.rows.slice(before);
    expect(more).toEqual([]);
    expect(row && isLeafOnly(row)).toBe(true);
    expect(row?.leaf).toMatchObject({ stage: 'refused', outcome: 'DENY' });
    expect(row?.leaf.views.map(({ view }) => view)).toEqual([attempt.caller.authority]);
    expect(watch.writes).toEqual([]);
    const receipt = answer.ok ? null : answer.error.receipt;
    // whoever handed it in has to see that this very one was refused: what is in no one spelling has no digest
    const sound = parseStatement(attempt.submission.statement);
    const about = sound.ok ? { statement: sound.value.digest } : {};
    expect(JSON.parse(receipt?.body ?? '{}')).toMatchObject({ stage: 'refused', outcome: 'DENY', ...about });
  });

  it.each([
    ['parley-consent+json', 'CONSENT_GRANT', 'MALFORMED'],
    ['parley-access+json', 'ACCESS', 'MALFORMED'],
    ['parley-nothing+json', 'SEND', 'UNKNOWN_TYPE'],
  ])('%s that cannot be read is told as what it says that it is', async (typ, action, code) => {
    const { store } = createWorld(13);
    const gateway = createTestGateway(13, { store });
    const { fia, fix, efcx } = createCast(7);
    await enrol(gateway, [fia, fix, efcx]);
    const { submission } = submitted(signNow(typ as 'parley-consent+json', { v: 1 }, fia.signing));
    expect(await gateway.walk.acceptStatement(submission, fia.caller)).toMatchObject({ error: { refusal: { code } } });
    const [leaf] = await store.leaves((await store.leafCount()) - 1, await store.leafCount());
    expect(JSON.parse(new TextDecoder().decode(leaf!.views[0]!.event))).toMatchObject({ action, outcome: 'DENY' });
  });

  it('of a stranger is answered and leaves nothing', async () => {
    const world = createWorld(12);
    const watch = watched(world.store);
    const gateway = createTestGateway(12, { store: watch.store });
    const cast = createCast(7);
    await enrol(gateway, Object.values(cast));
    const before = watch.rows.length;
    const { signed } = await makeRequest(cast.fia, cast.fix, gateway.desk());
    const answer = await gateway.walk.acceptStatement(signed.submission, null);
    expect(answer.ok ? null : answer.error).toMatchObject({ refusal: { code: 'NOT_CALLER' }, receipt: null });
    const unknown = createActor('QQ-FIU', 'FIU', createChance(1));
    const entered = await gateway.walk.acceptStatement(
      submitted(signNow('parley-entry+json', payloadOf(signed.submission.statement), unknown.root)).submission,
      null,
    );
    expect(entered.ok ? null : entered.error.receipt).toBeNull();
    expect(watch.rows.length).toBe(before);
  });
});
