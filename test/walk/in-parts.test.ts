/** A formal request in parts (story 6), a request that could not be read, one to several, and conditions that bind what is given. */
import { describe, expect, it } from 'vitest';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { DAY_MS } from '../../domain/time.js';
import { uuidFrom } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { makeItem, makeRelease, sentAgain, type Item } from '../support/letters.js';
import { bodyOf } from '../domain/machines/messages-of.js';
import { labelFor } from '../domain/machines/scene.js';
import { formalRequest, open, say, setStage, settle, stateOf, textOf, type Run, type Stage } from '../domain/machines/stage.js';

const PARTS = [
  { id: 'a', assistanceType: 'BANK_RECORDS_COMPELLED', coercive: true },
  { id: 'b', assistanceType: 'COMPANY_RECORDS', coercive: false },
];

async function formal(): Promise<{ stage: Stage; run: Run; state(): Promise<string> }> {
  const stage = await setStage('FORMAL_MLA_REQUEST', 21);
  const run = await open(stage, { parts: PARTS });
  await settle(stage);
  return { stage, run, state: async () => (await stateOf(run)).state };
}

const exchangeOf = async ({ stage, exchange }: Run) => (await readExchange(exchange, stage.gateway.store))!;

/** Q says it with a sealed text. */
async function reasoned(
  run: Run,
  message: 'REFUSE' | 'PRE_REFUSAL_CONSULTATION' | 'CONDITIONS_PROPOSED' | 'POSTPONE' | 'DELAY_NOTICE',
  over: object,
) {
  const text = await textOf(run.stage, run.stage.Q);
  const about = {
    type: run.stage.type,
    text: text.digest,
    proposal: run.proposal,
    linked: run.exchange,
    desk: run.stage.gateway.desk(),
    isExcused: false,
  };
  return say(run, 'Q', message, { ...bodyOf(message, about), ...over }, [text]);
}

describe('a formal request in parts', () => {
  it('is refused in its coercive part after consultation, and carried out in the other', async () => {
    const { run, state } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    await say(run, 'Q', 'INTERIM_REPLY', {});
    const dual = { codes: ['DUAL_CRIMINALITY'] };
    expect(await reasoned(run, 'REFUSE', { ...dual, parts: ['b'] })).toEqual([
      'DUAL_CRIMINALITY_NONCOERCIVE',
      'REFUSAL_WITHOUT_CONSULTATION',
    ]);
    expect(await reasoned(run, 'REFUSE', { ...dual, parts: ['a'] })).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { ...dual, parts: ['a'] })).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { ...dual, parts: ['a'] })).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { codes: ['BANK_SECRECY'], parts: ['a'] })).toEqual(['REFUSAL_GROUND_FORBIDDEN']);
    expect(await reasoned(run, 'REFUSE', { ...dual, parts: ['a'] })).toEqual(['ALLOW']);
    expect(await state()).toBe('PARTIALLY_ANSWERED');
    expect((await exchangeOf(run)).parts.map((part) => part.state)).toEqual(['REFUSED', 'OPEN']);
    expect(await say(run, 'Q', 'FINAL_REPLY', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await state()).toBe('EXECUTED');
  });

  it('may be refused when the window is over and nobody answered', async () => {
    const { stage, run } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    await reasoned(run, 'PRE_REFUSAL_CONSULTATION', {});
    const after = async (days: number) => {
      stage.gateway.world.clock.advance(days * DAY_MS);
      return reasoned(run, 'REFUSE', {});
    };
    expect(await after(13)).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(await after(3)).toEqual(['ALLOW']);
  });

  it('is not refused in a part because conditions were accepted for another', async () => {
    const { run } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await reasoned(run, 'CONDITIONS_PROPOSED', { texts: [], proceedings: ['claim-1'], parts: ['b'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'CONDITIONS_ACCEPTED', { proposal: run.proposal })).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { parts: ['a'] })).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { parts: ['a'] })).toEqual(['ALLOW']);
  });

  it.each(['CONDITIONS_DECLINED', 'VIEWS_SUBMITTED'] as const)('is consulted on in another part at once, after %s', async (answer) => {
    const { run } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    if (answer === 'VIEWS_SUBMITTED') await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['b'] });
    else await reasoned(run, 'CONDITIONS_PROPOSED', { texts: [], proceedings: ['claim-1'], parts: ['b'] });
    expect(await say(run, 'R', answer, answer === 'VIEWS_SUBMITTED' ? {} : { proposal: run.proposal })).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { parts: ['a'] })).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['a'] })).toEqual(['ALLOW']);
  });

  it.each(['REFUSE', 'POSTPONE'] as const)('is heard on a part of which it was asked, though another meets %s meanwhile', async (end) => {
    const { run } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await reasoned(run, end, { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    expect(await reasoned(run, 'REFUSE', { parts: ['b'] })).toEqual(['ALLOW']);
  });

  it('is waited for no longer than its window lasts', async () => {
    const { stage, run, state } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    for (const part of ['a', 'b']) {
      expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: [part] })).toEqual(['ALLOW']);
      if (part === 'a') expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    }
    stage.gateway.world.clock.advance(16 * DAY_MS);
    expect(await reasoned(run, 'REFUSE', { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await state()).toBe('PARTIALLY_ANSWERED');
    expect(await reasoned(run, 'REFUSE', { parts: ['b'] })).toEqual(['ALLOW']);
  });

  it('is heard on a part that was put off, though the other is answered meanwhile', async () => {
    const { run, state } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
    expect(await reasoned(run, 'POSTPONE', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await reasoned(run, 'PRE_REFUSAL_CONSULTATION', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'FINAL_REPLY', { parts: ['a'] })).toEqual(['ALLOW']);
    expect(await state()).toBe('PRE_REFUSAL_CONSULTATION');
    expect(await say(run, 'R', 'VIEWS_SUBMITTED', {})).toEqual(['ALLOW']);
  });

  it('knows its parts by name, and settles none twice', async () => {
    const { run } = await formal();
    expect(await say(run, 'Q', 'NEGATIVE_REPLY', { searched: ['REGISTER'], parts: ['c'] })).toEqual(['STEP_NOT_ALLOWED']);
    expect(await say(run, 'R', 'NO_LONGER_REQUIRED', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'NEGATIVE_REPLY', { searched: ['REGISTER'], parts: ['b'] })).toEqual(['STEP_NOT_ALLOWED']);
    expect(await say(run, 'Q', 'NEGATIVE_REPLY', { searched: ['REGISTER'], parts: ['a'] })).toEqual(['ALLOW']);
    expect((await stateOf(run)).state).toBe('NEGATIVE');
  });

  it('is answered piece by piece while a part is owed, each piece once, and nothing more of what is settled', async () => {
    const { stage, run, state } = await formal();
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    const [first, second] = [await textOf(stage, stage.Q), await textOf(stage, stage.Q)];
    const piece = (parts: string[], item: Item) => say(run, 'Q', 'PARTIAL_REPLY', { parts }, [item]);
    expect(await piece(['b'], first)).toEqual(['ALLOW']);
    const { R, Q, gateway } = stage;
    const letter = { from: Q, to: R, exchange: run.exchange, message: 'PARTIAL_REPLY' as const, body: { parts: ['b'] } };
    const over = { exchangeType: 'FORMAL_MLA_REQUEST', profile: 'FORMAL_MLA' };
    const again = await gateway.walk.acceptStatement(sentAgain({ ...letter, over }, first, gateway.desk()).submission, Q.caller);
    expect(codesOf(again)).toEqual(['MISSING_FIELD']);
    expect(await piece(['b'], second)).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'FINAL_REPLY', { parts: ['b'] })).toEqual(['ALLOW']);
    expect(await state()).toBe('PARTIALLY_ANSWERED');
    expect(await piece(['b'], await textOf(stage, stage.Q))).toEqual(['STEP_NOT_ALLOWED']);
    expect(await say(run, 'Q', 'INTERIM_REPLY', { parts: ['b'] })).toEqual(['STEP_NOT_ALLOWED']);
    expect(await reasoned(run, 'DELAY_NOTICE', { parts: ['b'] })).toEqual(['STEP_NOT_ALLOWED']);
    expect(await piece(['a'], await textOf(stage, stage.Q))).toEqual(['ALLOW']);
  });

  it('names each part once', async () => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 22);
    await expect(open(stage, { parts: [PARTS[0], PARTS[0]] })).rejects.toThrow('MALFORMED');
  });
});

describe('conditions', () => {
  it('bind the answer once they are accepted, and so whoever it goes on to', async () => {
    const { stage, run } = await formal();
    const { R, Q, gateway } = stage;
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    const notBefore = '2027-01-15T00:00:00Z';
    expect(await reasoned(run, 'CONDITIONS_PROPOSED', { texts: [], notBefore, proceedings: ['claim-1'] })).toEqual(['ALLOW']);
    expect(await say(run, 'R', 'CONDITIONS_ACCEPTED', { proposal: run.opening })).toEqual(['STEP_NOT_ALLOWED']);
    expect(await say(run, 'R', 'CONDITIONS_ACCEPTED', { proposal: run.proposal })).toEqual(['ALLOW']);
    const bare = await textOf(stage, Q);
    expect(await say(run, 'Q', 'FINAL_REPLY', {}, [bare])).toEqual(['CONDITION_NOT_MET']);
    const label = labelFor('FORMAL_MLA', Q) as { caveats: { code: string }[] };
    const caveats = [
      ...label.caveats.filter(({ code }) => code !== 'SPECIALITY'),
      { code: 'CONDITIONS', by: Q.id, texts: [], notBefore },
      { code: 'SPECIALITY', by: Q.id, proceedings: ['claim-1'] },
    ];
    const bound = await makeItem(Q, [R, Q], 'under conditions', gateway.desk(), { label: { ...label, caveats } });
    expect(await say(run, 'Q', 'FINAL_REPLY', {}, [bound])).toEqual(['ALLOW']);
    const release = await makeRelease(R, stage.third, bound, [], gateway.desk());
    const answer = await gateway.walk.acceptStatement(release.submission, R.caller);
    expect(answer.ok ? [] : answer.error.refusal.violations.map(({ code }) => code)).toContain('CONDITION_NOT_MET');
  });
});

/** Of a text of the stage: to R, then to Q. */
const sealsOf = ({ digest: item, sealed }: Item) => sealed.seals.map(({ digest: proof }) => ({ item, proof }));

describe('a request that nobody can open', () => {
  it('stops its clocks, and starts them anew when it is sealed again', async () => {
    const stage = await setStage('FIU_REQUEST', 23);
    const run = await open(stage);
    await settle(stage);
    const first = (await exchangeOf(run)).clocks;
    expect(first.length).toBeGreaterThan(0);
    stage.gateway.world.clock.advance(DAY_MS);
    const text = await textOf(stage, stage.R);
    expect(await say(run, 'Q', 'UNDECIPHERABLE', run.brought)).toEqual(['ALLOW']);
    expect((await exchangeOf(run)).clocks.map(({ code, owes, metAt }) => [code, owes, metAt])).toEqual([['RESUBMIT_5BD', 'R', null]]);
    await settle(stage);
    expect(await say(run, 'R', 'RESUBMIT', {}, [text])).toEqual(['ALLOW']);
    expect((await stateOf(run)).state).toBe('SUBMITTED');
    await settle(stage);
    const again = await exchangeOf(run);
    expect(again.state).toBe('DELIVERED');
    const [sealedAnew, ...anew] = again.clocks;
    expect(sealedAnew!.metAt).not.toBeNull();
    expect(anew.map(({ code }) => code)).toEqual(first.map(({ code }) => code));
    expect(anew[0]!.startedAt).toBeGreaterThan(first[0]!.startedAt);
    expect(await say(run, 'Q', 'UNDECIPHERABLE', sealsOf(text)[1]!)).toEqual(['ALLOW']);
  });

  it('is proved by a seal to whoever says so, of an item that it was given in this exchange', async () => {
    const stage = await setStage('FIU_REQUEST', 28);
    const [run, other] = [await open(stage), await open(stage)];
    await settle(stage);
    const [theirs, beside, own] = [await textOf(stage, stage.R), await textOf(stage, stage.R), await textOf(stage, stage.Q)];
    expect(await say(run, 'R', 'STATUS_REQUEST', {}, [theirs, beside])).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'STATUS_REPLY', {}, [own])).toEqual(['ALLOW']);
    const [ofSender, ofReader] = sealsOf(theirs);
    const before = (await exchangeOf(run)).version;
    const unproved = [
      { item: run.brought.item, proof: run.brought.item },
      { item: theirs.digest, proof: run.brought.proof },
      // of what the same message brought beside it
      { item: theirs.digest, proof: sealsOf(beside)[1]!.proof },
      other.brought,
      ofSender,
      ...sealsOf(own),
    ];
    const answers: (readonly string[])[] = [];
    for (const one of unproved) answers.push(await say(run, 'Q', 'UNDECIPHERABLE', one!));
    expect(answers).toEqual(unproved.map(() => ['NOT_FOUND']));
    expect((await exchangeOf(run)).version).toBe(before);
    expect(await say(run, 'Q', 'UNDECIPHERABLE', ofReader!)).toEqual(['ALLOW']);
  });
});

describe('a question to the source', () => {
  it('is about items that whoever asks has, and whoever is asked gave: any other is none', async () => {
    const stage = await setStage('FIU_REQUEST', 32);
    const [run, other] = [await open(stage), await setStage('FIU_REQUEST', 33)];
    await settle(stage);
    const answer = await textOf(stage, stage.Q);
    expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'FINAL_REPLY', {}, [answer])).toEqual(['ALLOW']);
    const strange = [(await textOf(other, other.Q)).digest, (await textOf(stage, stage.Q)).digest, run.brought.item, run.opening];
    const ask = (...items: readonly string[]) => say(run, 'R', 'VERIFY_WITH_SOURCE', { items });
    for (const item of strange) expect(await ask(answer.digest, item)).toEqual(['NOT_FOUND']);
    expect(await ask(answer.digest)).toEqual(['ALLOW']);
    expect(await say(run, 'Q', 'VERIFY_WITH_SOURCE', { items: [answer.digest] })).toEqual(['NOT_FOUND']);
    expect(await say(run, 'Q', 'VERIFY_WITH_SOURCE', { items: [run.brought.item] })).toEqual(['ALLOW']);
  });
});

describe('one part withdrawn', () => {
  it('keeps nothing from arriving, and nobody from acknowledging the rest', async () => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 30);
    const run = await open(stage, { parts: PARTS });
    const withdraw = () => say(run, 'R', 'NO_LONGER_REQUIRED', { parts: ['a'] });
    expect(await withdraw()).toEqual(['STEP_NOT_ALLOWED']);
    await settle(stage);
    expect(await withdraw()).toEqual(['ALLOW']);
    expect(await exchangeOf(run)).toMatchObject({ state: 'DELIVERED', parts: [{ state: 'WITHDRAWN' }, { state: 'OPEN' }] });
    expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
  });

  it('leaves the rest to be sealed anew where nobody can open it; the whole withdrawn does not', async () => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 31);
    const run = await open(stage, { parts: PARTS });
    await settle(stage);
    expect(await say(run, 'Q', 'UNDECIPHERABLE', run.brought)).toEqual(['ALLOW']);
    const owed = async () => (await exchangeOf(run)).clocks.filter(({ code, metAt }) => code === 'RESUBMIT_5BD' && metAt === null);
    expect(await say(run, 'R', 'NO_LONGER_REQUIRED', { parts: ['a'] })).toEqual(['ALLOW']);
    expect([(await stateOf(run)).state, (await owed()).length]).toEqual(['UNDECIPHERABLE', 1]);
    expect(await say(run, 'R', 'NO_LONGER_REQUIRED', {})).toEqual(['ALLOW']);
    expect([(await stateOf(run)).state, (await owed()).length]).toEqual(['WITHDRAWN', 0]);
  });
});

describe('a request to several', () => {
  it('has ten children at most, whose type alone tells that others were asked', async () => {
    const stage = await setStage('MULTI_FIU_REQUEST', 24);
    for (let child = 0; child < 10; child += 1) await open(stage, { parent: 'ours-1' });
    await expect(open(stage, { parent: 'ours-1' })).rejects.toThrow('DISTRIBUTION_LIST_TOO_BROAD');
    await open(stage, { parent: 'ours-2' });
  });

  it('is a child of something, and nothing else is', async () => {
    await expect(open(await setStage('MULTI_FIU_REQUEST', 25), { parent: undefined })).rejects.toThrow('body.parent');
    await expect(open(await setStage('FIU_REQUEST', 25), { parent: 'ours-1' })).rejects.toThrow('body.parent');
  });
});

describe('an earlier exchange', () => {
  it('is named where both sides know it, and is otherwise none', async () => {
    const stage = await setStage('FIU_REQUEST', 26);
    const { exchange } = await open(stage);
    await open(stage, { relatesTo: [exchange], ownCase: 'case-7' });
    const unknown = '0f8fad5b-d9cb-469f-a165-70867728950e';
    await expect(open(stage, { relatesTo: [unknown] })).rejects.toThrow('NOT_FOUND');
  });
});

describe('what a consultation comes to', () => {
  it('is an outcome of its own kind', async () => {
    const stage = await setStage('INFORMAL_CONSULTATION', 26);
    const run = await open(stage);
    await settle(stage);
    await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    const concluded = (one: Run, outcome: string) => say(one, 'R', 'CONCLUDE', { outcome });
    for (const outcome of ['DISCLOSED', 'DISCLOSED_IN_PART', 'ANSWERED_NEUTRALLY'])
      expect(await concluded(run, outcome)).toEqual(['STEP_NOT_ALLOWED']);
    expect(await concluded(run, 'PROCEED_MLA')).toEqual(['ALLOW']);
    const other = await setStage('SUBJECT_ACCESS_CONSULTATION', 27);
    const access = await open(other);
    await settle(other);
    await say(access, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' });
    await say(access, 'Q', 'VIEWS_SUBMITTED', { view: 'MAY_DISCLOSE' }, []);
    expect(await concluded(access, 'PROCEED_MLA')).toEqual(['STEP_NOT_ALLOWED']);
    expect(await concluded(access, 'DISCLOSED')).toEqual(['ALLOW']);
  });
});

describe('a consultation that was not acknowledged yet', () => {
  it('comes to nothing but its withdrawal, by whoever opened it', async () => {
    const stage = await setStage('INFORMAL_CONSULTATION', 36);
    const concluded = (run: Run, outcome: string, who: 'R' | 'Q' = 'R') => say(run, who, 'CONCLUDE', { outcome });
    const early = await open(stage);
    expect(await concluded(early, 'ANSWERED_INFORMALLY')).toEqual(['STEP_NOT_ALLOWED']);
    expect(await concluded(early, 'WITHDRAWN')).toEqual(['ALLOW']);
    const run = await open(stage);
    await settle(stage);
    expect((await stateOf(early)).state).toBe('CONCLUDED');
    expect(await concluded(run, 'WITHDRAWN', 'Q')).toEqual(['STEP_NOT_ALLOWED']);
    expect(await concluded(run, 'NOT_FEASIBLE')).toEqual(['STEP_NOT_ALLOWED']);
    expect(await concluded(run, 'WITHDRAWN')).toEqual(['ALLOW']);
    const { clocks } = await exchangeOf(run);
    expect(clocks.filter(({ metAt }) => metAt === null).map(({ code }) => code)).toEqual(['SILENCE_30CD']);
  });
});

describe('what came of a consultation', () => {
  it('is a formal request from the same territory that the gateway has carried', async () => {
    const stage = await setStage('INFORMAL_CONSULTATION', 24);
    const run = await open(stage);
    await settle(stage);
    const promote = (request: string) => say(run, 'R', 'PROMOTE_TO_FORMAL', { request });
    const theirs = await formalRequest(stage, 'Q');
    expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
    const before = (await exchangeOf(run)).version;
    for (const request of [uuidFrom(stage.gateway.desk().chance), run.exchange, theirs])
      expect(await promote(request)).toEqual(['NOT_FOUND']);
    expect((await exchangeOf(run)).version).toBe(before);
    expect(await promote(await formalRequest(stage, 'R'))).toEqual(['ALLOW']);
  });

  it('of a disclosure is a request from the territory that it was made to', async () => {
    const stage = await setStage('SPONTANEOUS_DISCLOSURE', 25);
    const run = await open(stage);
    await settle(stage);
    expect(await say(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
    const mature = (request: string) => say(run, 'Q', 'MATURE', { request });
    expect(await mature(run.exchange)).toEqual(['NOT_FOUND']);
    expect(await mature(await formalRequest(stage, 'R'))).toEqual(['NOT_FOUND']);
    expect(await mature(await formalRequest(stage, 'Q'))).toEqual(['ALLOW']);
  });
});
