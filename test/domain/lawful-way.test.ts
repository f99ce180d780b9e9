import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { consultationEnds, isLate, LAWFUL_WAYS, noticeDue, type ConsultationWord } from '../../domain/lawful-way.js';
import { HOUR_MS, plusMs } from '../../domain/time.js';
import { testCalendars } from '../support/calendars.js';
import { FIX, NOW, PROS } from '../support/facts.js';
import { instant } from '../support/ids.js';

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

describe('a notice after the fact', () => {
  const place = (calendar: object) => localCalendar(testCalendars(), { territory: 'NG', timeZone: 'UTC', seq: 1, calendar });

  it('is late when 24 hours are over, on the wall clock of who always answers', () => {
    const always = place({ roundTheClock: true });
    expect(isLate(noticeDue('EXCULPATORY', NOW, always), after(24))).toBe(false);
    for (const way of LAWFUL_WAYS) expect(isLate(noticeDue(way, NOW, always), plusMs(after(24), 1))).toBe(true);
  });

  it('is late when 24 office hours are over, of who answers while the office is open', () => {
    // Monday at ten: seven hours are left of that day
    const office = place({ officeHours: { opens: '09:00', closes: '17:00' } });
    const due = instant('2026-03-05T10:00:00Z');
    expect(noticeDue('EMERGENCY', NOW, office).due).toBe(due);
    expect(isLate(noticeDue('EMERGENCY', NOW, office), due)).toBe(false);
    expect(isLate(noticeDue('EMERGENCY', NOW, office), plusMs(due, 1))).toBe(true);
  });

  it('is not called late where nothing is known of its holder’s hours', () => {
    expect(isLate(noticeDue('EMERGENCY', NOW, place({})), after(2_400))).toBe(false);
  });
});
