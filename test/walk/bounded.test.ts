/** Nobody can say so much of an item, an exchange or a notice that others cannot decide about it any more: each has its own measure. */
import { describe, expect, it } from 'vitest';
import { EACH_MAX, MADE_MAX } from '../../gateway/checks/quota.js';
import { SAME_STEP_MAX } from '../../domain/repeated.js';
import { READING_LABELS_MAX } from '../../domain/wire/http-answers.js';
import type { LinkKind, Store } from '../../domain/ports.js';
import { answered, codesOf } from '../support/answered.js';
import type { Actor } from '../support/actors.js';
import {
  labelOf,
  makeAccess,
  makeAnswer,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  type Item,
} from '../support/letters.js';
import { makeConsultation, makeNotice } from '../support/notices.js';

const maxOf = (kind: LinkKind): number => EACH_MAX[kind]!.max;

/** As if `author` had said what it said last of this kind `times` over; what others said stands beside it, behind all that. */
function repeated(store: Store, kind: LinkKind, author: Actor, times: number): void {
  const linked = store.linked.bind(store);
  store.linked = async (asked, key, limit, after = -1) => {
    if (asked !== kind) return linked(asked, key, limit, after);
    const rows = await linked(asked, key, undefined);
    const mine = rows.filter((row) => row.author === author.id);
    const filled = [
      ...(mine.length === 0 ? [] : Array.from({ length: times }, () => mine.at(-1)!)),
      ...rows.filter((row) => row.author !== author.id),
    ];
    // index here is the place, so that pages follow each other
    return filled
      .map((row, index) => ({ ...row, index }))
      .filter(({ index }) => index > after)
      .slice(0, limit);
  };
}

const hand = async ({ accept, fia, efcx, found, desk }: Awaited<ReturnType<typeof answered>>, consent: string) =>
  codesOf(await accept(await makeRelease(fia, efcx, found, [consent as never], desk()), fia));

describe('an exchange that its other side has filled', () => {
  it('has no more clocks than who looks at it can read, and is answered all the same', async () => {
    const { accept, fix, fia, say, desk } = await answered(503);
    const delay = async () => {
      const text = await makeItem(fix, [fia, fix], 'later', desk());
      const body = { code: 'WORKLOAD', text: text.digest, newDate: '2026-03-01' };
      return codesOf(await accept(makeEnvelope({ ...say, message: 'DELAY_NOTICE', items: [text], body }, desk()), fix));
    };
    for (let n = 0; n < SAME_STEP_MAX; n += 1) expect(await delay()).toEqual(['ALLOW']);
    expect(await delay()).toEqual(['LIMIT_REACHED']);
    expect(codesOf(await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix))).toEqual(['ALLOW']);
  });

  it('is no obstacle to a release of what it gave', async () => {
    const scene = await answered(501);
    const { accept, fix, fia, efcx, found, say, desk, store } = scene;
    for (let n = 0; n < 3; n += 1)
      expect(codesOf(await accept(await makeAnswer({ ...say, message: 'INTERIM_REPLY' }, desk()), fix))).toEqual(['ALLOW']);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    const read: string[] = [];
    const linked = store.linked.bind(store);
    store.linked = (kind, ...rest) => (read.push(kind), linked(kind, ...rest));
    expect(await hand(scene, consent.digest)).toEqual(['ALLOW']);
    // however many messages it has, none of them is asked for
    expect(read).not.toContain('exchange');
  });

  it('is no obstacle to an answer that refuses a recipient', async () => {
    const { accept, fix, fia, efcx, say, desk, store } = await answered(502);
    const read: string[] = [];
    const linked = store.linked.bind(store);
    store.linked = (kind, ...rest) => (read.push(kind), linked(kind, ...rest));
    const body = { consentToIntendedRecipients: [{ authority: efcx.id, authorityType: efcx.type, answer: 'REFUSE' }] };
    expect(codesOf(await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY', body }, desk()), fix))).toEqual(['ALLOW']);
    expect(read).not.toContain('exchange');
    expect(fia.id).not.toBe(fix.id);
  });
});

describe('what one party says of an item', () => {
  it('is no more than its measure however much of it comes at once', async () => {
    const { accept, walk, fix, fia, efcx, found, desk } = await answered(509);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    const max = maxOf('word');
    const notice = makeNotice(fia, efcx, found.digest, desk(), { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' });
    expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
    const words = Array.from({ length: 3 * max }, () => makeConsultation(fix, notice.digest, 'CONSULT', desk()));
    const said = (await Promise.all(words.map((word) => accept(word, fix)))).map((answer) => codesOf(answer).join());
    expect(said.filter((code) => code === 'ALLOW').length).toBeLessThanOrEqual(max);
    // one after another, whatever is left of the measure is said, and no more
    for (let n = 0; n < max; n += 1) await accept(makeConsultation(fix, notice.digest, 'CONSULT', desk()), fix);
    expect(await walk.library.linked('word', notice.digest)).toHaveLength(max);
  });

  it('is at most so many releases of its own, and does not count for another', async () => {
    const scene = await answered(503);
    const { accept, fix, fia, efcx, found, desk, store } = scene;
    const consents = [makeConsent(fix, fia, efcx, [found.digest], desk()), makeConsent(fix, efcx, fia, [found.digest], desk())];
    for (const consent of consents) expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
    expect(await hand(scene, consents[0]!.digest)).toEqual(['ALLOW']);
    repeated(store, 'held', fia, maxOf('held'));
    expect(await hand(scene, consents[0]!.digest)).toEqual(['LIMIT_REACHED']);
    const onward = await makeRelease(efcx, fia, found, [consents[1]!.digest], desk());
    expect(codesOf(await accept(onward, efcx))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  });

  it('is at most so many changes of its label, and taking it back stays possible', async () => {
    const { accept, fix, found, desk, store } = await answered(504);
    expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['ALLOW']);
    repeated(store, 'label', fix, maxOf('label') - 1);
    expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['ALLOW']);
    repeated(store, 'label', fix, maxOf('label'));
    expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['LIMIT_REACHED']);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  });

  it('is at most so much made from it, and what is made hides no other extract from a retraction', async () => {
    const { accept, world, walk, fix, fia, found, say, desk, store } = await answered(505);
    const extract = (by: Actor, to: Actor, from: Item, text: string) =>
      makeItem(by, [to, by], text, desk(), { kind: 'EXTRACT', label: labelOf(fix), derivedFrom: [from.digest] });
    const send = async (by: Actor, to: Actor, item: Item) =>
      codesOf(
        await accept(
          makeEnvelope({ ...say, from: by, to, message: by === fix ? 'INTERIM_REPLY' : 'STATUS_REQUEST', items: [item] }, desk()),
          by,
        ),
      );
    expect(await send(fix, fia, await extract(fix, fia, found, 'first'))).toEqual(['ALLOW']);
    repeated(store, 'derived', fix, maxOf('derived'));
    expect(await send(fix, fia, await extract(fix, fia, found, 'one more'))).toEqual(['LIMIT_REACHED']);
    // back to who gave it: another party's measure is its own
    expect(await send(fia, fix, await extract(fia, fix, found, 'a question about it'))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
    await walk.deliverDue();
    expect((await store.inbox(fia.id, 0, 100)).length).toBeGreaterThan(1);
    expect(world.store).toBe(store);
  });

  it('is at most so many items made from it, of which one statement brings many', async () => {
    const { accept, fia, fix, found, say, desk } = await answered(509);
    const send = async (count: number) => {
      const items = await Promise.all(
        Array.from({ length: count }, (_, n) =>
          makeItem(fix, [fia, fix], `extract ${n}`, desk(), { kind: 'EXTRACT', label: labelOf(fix), derivedFrom: [found.digest] }),
        ),
      );
      return codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items }, desk()), fix));
    };
    for (let left = maxOf('derived') - 1; left > 0; left -= 51) expect(await send(51)).toEqual(['ALLOW']);
    expect(await send(2)).toEqual(['LIMIT_REACHED']);
    expect(await send(1)).toEqual(['ALLOW']);
    expect(await send(1)).toEqual(['LIMIT_REACHED']);
  });

  it('is at most so much made from it on however many steps, so that its originator finds all of it', async () => {
    const { accept, fia, fix, found, say, desk, store } = await answered(511);
    const step = async (from: Item) => {
      const item = await makeItem(fix, [fia, fix], 'a step', desk(), { kind: 'EXTRACT', label: labelOf(fix), derivedFrom: [from.digest] });
      return { item, codes: codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk()), fix)) };
    };
    const first = await step(found);
    const second = await step(first.item);
    expect([...first.codes, ...second.codes]).toEqual(['ALLOW', 'ALLOW']);
    const version = store.version.bind(store);
    // as if it had made so much more, by steps of which each has few
    store.version = async (key) => (await version(key)) + (key === `quota made ${found.digest} ${fix.id}` ? MADE_MAX - 2 : 0);
    expect((await step(second.item)).codes).toEqual(['LIMIT_REACHED']);
    store.version = version;
    expect((await step(second.item)).codes).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  });

  it('is at most so many consents, which hide no earlier one from a reader', async () => {
    const scene = await answered(506);
    const { accept, fix, fia, efcx, found, desk, store } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    repeated(store, 'consent', fix, maxOf('consent'));
    expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['LIMIT_REACHED']);
    expect(await hand(scene, consent.digest)).toEqual(['ALLOW']);
  });

  it('is at most so many notices, each of which its originators and a deputy are told, and taking it back stays possible', async () => {
    const { accept, fix, fia, efcx, found, desk, store } = await answered(512);
    const emergency = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
    const notify = async () => codesOf(await accept(makeNotice(fia, efcx, found.digest, desk(), emergency), fia));
    expect(await notify()).toEqual(['ALLOW']);
    repeated(store, 'notice', fia, 200);
    expect(await notify()).toEqual(['LIMIT_REACHED']);
    repeated(store, 'notice', fia, 199);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  });

  it('is not more than one certificate, since nobody deletes what it has not', async () => {
    const { accept, fia, found, desk } = await answered(507);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['NOT_FOUND']);
  });

  it('is no obstacle to reading it, however long the list has grown by many parties', async () => {
    const { accept, fix, fia, found, reply, desk, store } = await answered(508);
    expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['ALLOW']);
    repeated(store, 'label', fix, 1_201);
    const reading = await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    expect(codesOf(reading)).toEqual(['ALLOW']);
    expect(reading.ok && reading.value.reading?.labels.length).toBe(1_201);
  });
});

describe('a reading', () => {
  it('that would bring more label statements than a client takes is not begun, and no leaf says that it was', async () => {
    const { accept, fia, fix, found, reply, desk, store } = await answered(504);
    await accept(makeLabel(fix, found, desk()), fix);
    repeated(store, 'label', fix, READING_LABELS_MAX + 1);
    const read = await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    expect(codesOf(read)).toEqual(['LIMIT_REACHED']);
    repeated(store, 'label', fix, READING_LABELS_MAX);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
  });
});

describe('a word about an item from which much was made', () => {
  it('asks the store as often as there are steps, however many extracts one step has', async () => {
    const { accept, fia, fix, found, say, desk, store } = await answered(510);
    const asked: string[] = [];
    for (const name of ['linked', 'links'] as const) {
      const method = store[name].bind(store) as (...args: unknown[]) => never;
      Object.assign(store, { [name]: (...args: unknown[]) => (asked.push(name), method(...args)) });
    }
    const word = async () => {
      asked.length = 0;
      expect(codesOf(await accept(makeLabel(fix, found, desk()), fix))).toEqual(['ALLOW']);
      return asked.length;
    };
    const extracts = async (count: number) => {
      const make = (n: number) =>
        makeItem(fix, [fia, fix], `extract ${n}`, desk(), { kind: 'EXTRACT', label: labelOf(fix), derivedFrom: [found.digest] });
      const items = await Promise.all(Array.from({ length: count }, (_, n) => make(n)));
      expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items }, desk()), fix))).toEqual(['ALLOW']);
    };
    await extracts(1);
    const once = await word();
    await extracts(40);
    expect(await word()).toBe(once);
  });
});
