import { describe, expect, it } from 'vitest';
import {
  awaited,
  caveatsOwed,
  talksAfter,
  unconsulted,
  type Agreement,
  type Consultation,
  type Talks,
  type Word,
} from '../../domain/consultation.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import { advance } from '../../domain/exchange.js';
import { progress } from '../../domain/progress.js';
import type { Part } from '../../domain/parts.js';
import { exchange, FIX, LATER, LONG_AGO, NOW } from '../support/facts.js';
import { digest } from '../support/ids.js';

const NO_TALKS: Talks = { consultations: [], agreements: [] };
const word = (over: Partial<Word> = {}): Word => ({ statement: digest('word'), parts: [], terms: null, proposal: null, ...over });
const TERMS = { texts: [digest('terms')], notBefore: LATER, proceedings: ['claim-1'] };
const row = (step: Parameters<typeof advance>[2], state: string, actor: Parameters<typeof advance>[3]) => {
  const found = advance('FORMAL_MLA_REQUEST', state, step, actor);
  if (!found.ok) throw new Error(step);
  return found.value;
};
const part = (id: string): Part => ({ id, assistanceType: 'COMPANY_RECORDS', coercive: false, state: 'OPEN', expected: null });
const consultation = (over: Partial<Consultation> = {}): Consultation => ({ parts: [], at: LONG_AGO, answeredAt: null, ...over });
const agreement = (over: Partial<Agreement> = {}): Agreement => ({
  ...TERMS,
  proposal: digest('p'),
  parts: [],
  isAccepted: true,
  ...over,
});

describe('what is said before a refusal', () => {
  it('opens a consultation, and views answer it once', () => {
    const asked = talksAfter(NO_TALKS, row('PRE_REFUSAL_CONSULTATION', 'ACKNOWLEDGED', 'Q'), word({ parts: ['a'] }), LONG_AGO);
    expect(asked).toEqual({ consultations: [consultation({ parts: ['a'] })], agreements: [] });
    const heard = talksAfter(asked, row('VIEWS_SUBMITTED', 'PRE_REFUSAL_CONSULTATION', 'R'), word(), NOW);
    expect(heard.consultations).toEqual([consultation({ parts: ['a'], answeredAt: NOW })]);
    const again = talksAfter(heard, row('CONDITIONS_DECLINED', 'CONDITIONS_PROPOSED', 'R'), word(), LATER);
    expect(again.consultations).toEqual(heard.consultations);
  });

  it('proposes conditions, which are accepted or declined, and a new proposal takes the place of an open one', () => {
    const propose = row('CONDITIONS_PROPOSED', 'ACKNOWLEDGED', 'Q');
    const one = talksAfter(NO_TALKS, propose, word({ statement: digest('p'), terms: TERMS }), LONG_AGO);
    expect(one.agreements).toEqual([agreement({ isAccepted: false })]);
    const declined = talksAfter(one, row('CONDITIONS_DECLINED', 'CONDITIONS_PROPOSED', 'R'), word({ proposal: digest('p') }), NOW);
    expect(declined.agreements).toEqual([]);
    const accepted = talksAfter(one, row('CONDITIONS_ACCEPTED', 'CONDITIONS_PROPOSED', 'R'), word({ proposal: digest('p') }), NOW);
    expect(accepted.agreements).toEqual([agreement()]);
    const more = talksAfter(accepted, propose, word({ statement: digest('q'), terms: TERMS }), NOW);
    const other = talksAfter(more, propose, word({ statement: digest('r'), terms: TERMS }), NOW);
    expect(other.agreements.map(({ proposal, isAccepted }) => [proposal, isAccepted])).toEqual([
      [digest('p'), true],
      [digest('r'), false],
    ]);
    expect(talksAfter(other, row('STATUS_REQUEST', 'ACKNOWLEDGED', 'R'), word(), NOW).agreements).toEqual(other.agreements);
  });

  it('is answered by a word on conditions for the parts that these are about, and has to be held anew on the others', () => {
    const onA = talksAfter(NO_TALKS, row('PRE_REFUSAL_CONSULTATION', 'ACKNOWLEDGED', 'Q'), word({ parts: ['a'] }), LONG_AGO);
    const propose = (parts: string[]) =>
      talksAfter(
        onA,
        row('CONDITIONS_PROPOSED', 'PRE_REFUSAL_CONSULTATION', 'Q'),
        word({ statement: digest('p'), parts, terms: TERMS }),
        LONG_AGO,
      );
    const answered = (parts: string[], step: 'CONDITIONS_ACCEPTED' | 'CONDITIONS_DECLINED') =>
      talksAfter(propose(parts), row(step, 'CONDITIONS_PROPOSED', 'R'), word({ proposal: digest('p') }), NOW).consultations;
    const asked = { ...exchange, parts: [part('a'), part('b')], clocks: [] };
    // on both it was held together: a word on one of them leaves the other unheard
    const onBoth = { ...propose(['a']), consultations: [consultation({ parts: ['a', 'b'] })] };
    const accept = row('CONDITIONS_ACCEPTED', 'CONDITIONS_PROPOSED', 'R');
    expect(talksAfter(onBoth, accept, word({ proposal: digest('p') }), NOW).consultations).toEqual([]);
    const forAll = { ...propose([]), consultations: onBoth.consultations };
    expect(talksAfter(forAll, accept, word({ proposal: digest('p') }), NOW).consultations).toEqual([
      consultation({ parts: ['a', 'b'], answeredAt: NOW }),
    ]);
    for (const step of ['CONDITIONS_ACCEPTED', 'CONDITIONS_DECLINED'] as const) {
      expect(unconsulted({ ...asked, consultations: answered(['b'], step) }, undefined, NOW)).toEqual(['a']);
      expect(awaited({ ...asked, consultations: answered(['b'], step) }, ['a'])).toEqual([]);
      for (const parts of [['a', 'b'], []])
        expect(unconsulted({ ...asked, consultations: answered(parts, step) }, undefined, NOW)).toEqual([]);
      expect(unconsulted({ ...asked, consultations: answered(['a'], step) }, ['a'], NOW)).toEqual([]);
    }
    const over = { kind: 'CONSULTATION', startedAt: LONG_AGO, due: LONG_AGO, metAt: null, suspendedAt: null, provisional: false };
    const silent = talksAfter(
      propose(['b']),
      row('CONDITIONS_ACCEPTED', 'CONDITIONS_PROPOSED', 'R'),
      word({ proposal: digest('p') }),
      NOW,
      [over as RunningClock],
    );
    expect(unconsulted({ ...asked, ...silent }, undefined, NOW)).toEqual([]);
    const heard = talksAfter(onA, row('VIEWS_SUBMITTED', 'PRE_REFUSAL_CONSULTATION', 'R'), word(), NOW);
    const later = talksAfter(
      { ...heard, agreements: [agreement({ parts: ['b'], isAccepted: false })] },
      row('CONDITIONS_DECLINED', 'CONDITIONS_PROPOSED', 'R'),
      word({ proposal: digest('p') }),
      LATER,
    );
    expect(later.consultations).toEqual(heard.consultations);
  });

  it('is about every part that is owed where it names none', () => {
    const parts = [part('a'), { ...part('b'), state: 'ANSWERED' as const }];
    const said = { statement: digest('word'), expected: null, answers: [], terms: null, proposal: null };
    const consulted = progress(
      { ...exchange, type: 'FORMAL_MLA_REQUEST', parts },
      row('PRE_REFUSAL_CONSULTATION', 'ACKNOWLEDGED', 'Q'),
      said,
      NOW,
    );
    expect(consulted.consultations).toEqual([consultation({ parts: ['a'], at: NOW })]);
    expect(progress({ ...exchange, parts }, row('ACKNOWLEDGE', 'DELIVERED', 'Q'), said, NOW).consultations).toEqual([]);
  });

  it('stays as it is where the gateway takes the step', () => {
    const { consultations, parts } = progress(
      { ...exchange, consultations: [consultation()] },
      row('LAPSE', 'CLARIFICATION_PENDING', 'S'),
      null,
      NOW,
    );
    expect({ consultations, parts }).toEqual({ consultations: [consultation()], parts: [] });
  });
});

describe('a refusal', () => {
  const clock = (over: Partial<RunningClock> = {}) =>
    ({
      kind: 'CONSULTATION',
      startedAt: LONG_AGO,
      due: LONG_AGO,
      provisional: false,
      metAt: null,
      suspendedAt: null,
      ...over,
    }) as RunningClock;
  const asked = (over: Partial<Parameters<typeof unconsulted>[0]> = {}) => ({ ...exchange, parts: [part('a'), part('b')], ...over });

  it('was not consulted about where nobody was heard', () => {
    expect(unconsulted(exchange, undefined, NOW)).toEqual(['request']);
    expect(unconsulted(asked(), undefined, NOW)).toEqual(['a', 'b']);
    expect(unconsulted(asked(), ['b'], NOW)).toEqual(['b']);
  });

  it('may follow for the parts about which the other side was heard', () => {
    const heard = asked({ consultations: [consultation({ parts: ['a'], answeredAt: NOW })] });
    expect(unconsulted(heard, undefined, NOW)).toEqual(['b']);
    expect(unconsulted(asked({ consultations: [consultation({ answeredAt: NOW })] }), undefined, NOW)).toEqual([]);
  });

  it('may follow after the window without an answer, and not where its end is provisional', () => {
    const silent = { consultations: [consultation()] };
    expect(unconsulted(asked({ ...silent, clocks: [clock()] }), undefined, NOW)).toEqual([]);
    expect(unconsulted(asked({ ...silent, clocks: [clock({ due: NOW })] }), undefined, NOW)).toEqual(['a', 'b']);
    expect(unconsulted(asked({ ...silent, clocks: [clock({ provisional: true })] }), undefined, NOW)).toEqual(['a', 'b']);
    expect(unconsulted(asked({ ...silent, clocks: [clock({ kind: 'ACK' }), clock({ startedAt: NOW })] }), undefined, NOW)).toEqual([
      'a',
      'b',
    ]);
  });

  it('waits for what was asked of, until the first window of it that certainly ends', () => {
    const open = { consultations: [consultation({ parts: ['a'] }), consultation({ parts: ['a'], at: NOW })] };
    const first = clock({ due: NOW });
    const second = clock({ startedAt: NOW, due: LATER });
    expect(awaited(asked(), ['a', 'b'])).toEqual([]);
    expect(awaited(asked({ ...open, clocks: [second, first] }), ['a', 'b'])).toEqual([{ part: 'a', until: NOW }]);
    expect(awaited(asked({ ...open, clocks: [clock({ due: NOW, provisional: true }), second] }), ['a'])).toEqual([
      { part: 'a', until: LATER },
    ]);
    for (const over of [{ provisional: true }, { metAt: NOW }, { kind: 'FINAL' as const }])
      expect(awaited(asked({ consultations: [consultation()], clocks: [clock({ due: LATER, ...over })] }), ['a'])).toEqual([
        { part: 'a', until: null },
      ]);
  });
});

describe('conditions', () => {
  it('bind the answer once they are accepted, for the parts they are about', () => {
    const accepted = { consultations: [], agreements: [agreement({ parts: ['a'] })] };
    const both = [
      { code: 'CONDITIONS', by: FIX, texts: TERMS.texts, notBefore: LATER },
      { code: 'SPECIALITY', by: FIX, proceedings: ['claim-1'] },
    ];
    expect(caveatsOwed(accepted, ['a'], FIX)).toEqual(both);
    expect(caveatsOwed(accepted, undefined, FIX)).toEqual(both);
    expect(caveatsOwed(accepted, ['b'], FIX)).toEqual([]);
    expect(caveatsOwed({ ...accepted, agreements: [agreement()] }, ['b'], FIX)).toEqual(both);
  });

  it('bind nobody while they are proposed', () => {
    expect(caveatsOwed({ consultations: [], agreements: [agreement({ isAccepted: false })] }, undefined, FIX)).toEqual([]);
  });

  it('may be a text, a day or proceedings alone', () => {
    const owed = (terms: Partial<Agreement>) =>
      caveatsOwed(
        { consultations: [], agreements: [agreement({ texts: [], notBefore: null, proceedings: [], ...terms })] },
        undefined,
        FIX,
      );
    expect(owed({ texts: TERMS.texts }).map(({ code }) => code)).toEqual(['CONDITIONS']);
    expect(owed({ notBefore: LATER }).map(({ code }) => code)).toEqual(['CONDITIONS']);
    expect(owed({ proceedings: ['claim-1'] }).map(({ code }) => code)).toEqual(['SPECIALITY']);
  });
});

describe('what else is said meanwhile', () => {
  it('answers no consultation', () => {
    const open = { consultations: [consultation()], agreements: [] };
    const said = talksAfter(open, row('STATUS_REPLY', 'PRE_REFUSAL_CONSULTATION', 'Q'), word(), NOW);
    expect(said.consultations).toEqual([consultation()]);
  });

  it('keeps no window open that is over: another clock may run on', () => {
    const clock = (over: Partial<RunningClock>) =>
      ({ kind: 'FINAL', startedAt: NOW, due: LATER, metAt: null, suspendedAt: null, provisional: false, ...over }) as RunningClock;
    const over = clock({ kind: 'CONSULTATION', startedAt: LONG_AGO, due: LONG_AGO });
    const asked = { ...exchange, consultations: [consultation()], clocks: [clock({}), over] };
    expect(unconsulted(asked, undefined, NOW)).toEqual([]);
    expect(unconsulted({ ...asked, clocks: [clock({})] }, undefined, NOW)).toEqual(['request']);
    expect(unconsulted({ ...asked, clocks: [{ ...over, kind: 'FINAL' }] }, undefined, NOW)).toEqual(['request']);
  });

  it('binds an answer to one of the parts for which conditions were accepted', () => {
    const talks = { consultations: [], agreements: [agreement({ parts: ['a', 'b'] })] };
    expect(caveatsOwed(talks, ['a'], FIX).length).toBeGreaterThan(0);
    expect(caveatsOwed(talks, ['b', 'c'], FIX).length).toBeGreaterThan(0);
    expect(caveatsOwed(talks, ['c'], FIX)).toEqual([]);
  });
});
