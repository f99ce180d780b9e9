import { describe, expect, it } from 'vitest';
import { consultationEnds, isLate, type ConsultationWord } from '../../domain/lawful-way.js';
import { HOUR_MS, plusMs } from '../../domain/time.js';
import { FIX, NOW, PROS } from '../support/facts.js';

const after = (hours: number) => plusMs(NOW, hours * HOUR_MS);
const word = (originator: ConsultationWord['originator'], answer: ConsultationWord['answer'], hours: number): ConsultationWord => ({
  originator,
  answer,
  at: after(hours),
});

describe('the consultation before an exculpatory disclosure', () => {
  it('lasts 48 hours, or as long as the profile says', () => {
    expect(consultationEnds(NOW, [FIX], [])).toBe(after(48));
    expect(consultationEnds(NOW, [FIX], [], 12)).toBe(after(12));
  });

  it('starts anew for an originator that asks within it', () => {
    expect(consultationEnds(NOW, [FIX], [word(FIX, 'CONSULT', 47)])).toBe(after(95));
  });

  it('starts anew once for each, so that nobody puts it off for ever', () => {
    expect(consultationEnds(NOW, [FIX], [word(FIX, 'CONSULT', 1), word(FIX, 'CONSULT', 40)])).toBe(after(49));
    expect(consultationEnds(NOW, [FIX, PROS], [word(FIX, 'CONSULT', 1), word(PROS, 'CONSULT', 40)])).toBe(after(88));
  });

  it('does not start anew when it is over', () => {
    expect(consultationEnds(NOW, [FIX], [word(FIX, 'CONSULT', 48)])).toBe(after(48));
  });

  it('is over at once where every originator has nothing against it, and not where one is silent', () => {
    expect(consultationEnds(NOW, [FIX], [word(FIX, 'CONSULT', 1), word(FIX, 'NO_OBJECTION', 2)])).toBe(after(2));
    expect(consultationEnds(NOW, [FIX, PROS], [word(FIX, 'NO_OBJECTION', 2)])).toBe(after(48));
    expect(consultationEnds(NOW, [], [])).toBe(NOW);
  });
});

it('tells of a disclosure late when 24 hours are over', () => {
  expect(isLate('EXCULPATORY', NOW, after(24))).toBe(false);
  expect(isLate('EMERGENCY', NOW, plusMs(after(24), 1))).toBe(true);
});
