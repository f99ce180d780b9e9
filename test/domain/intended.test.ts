import { describe, expect, it } from 'vitest';
import { answeredOf, answerOn, type Intended, type SaidOf } from '../../domain/intended.js';
import { authority } from '../support/ids.js';

const [POL, TAX] = [authority('EE-POL'), authority('EE-TAX')];
const named = (over: Partial<Intended> = {}): Intended => ({
  authority: POL,
  authorityType: 'LAW_ENFORCEMENT',
  purposes: ['INVESTIGATION'],
  last: null,
  ...over,
});
const said = (answer: SaidOf['answer'], over: Partial<SaidOf> = {}): SaidOf => ({
  authority: POL,
  authorityType: 'LAW_ENFORCEMENT',
  answer,
  ...over,
});
const police = { to: POL, toType: 'LAW_ENFORCEMENT' };

describe('what is said of an intended recipient', () => {
  it('is kept with the version by which it was said, and the last word of one message holds', () => {
    expect(answeredOf([named()], [said('GRANT'), said('SILENT')], 4)).toEqual([named({ last: { answer: 'SILENT', version: 4 } })]);
  });

  it('stays as it was where a message says nothing of it', () => {
    const before = [named({ last: { answer: 'REFUSE', version: 3 } })];
    expect(answeredOf(before, [], 4)).toEqual(before);
  });

  it('is not kept of whom the request does not name, as that', () => {
    const strangers = [said('GRANT', { authority: TAX }), said('GRANT', { authorityType: 'TAX_AUTHORITY' })];
    expect(answeredOf([named()], strangers, 4)).toEqual([named()]);
  });

  it('speaks of what is given with it or was given before it, and not of what comes later', () => {
    const kept = [named({ last: { answer: 'GRANT', version: 4 } })];
    expect([3, 4, 5].map((since) => answerOn(kept, police, since))).toEqual(['GRANT', 'GRANT', null]);
  });

  it('stands where it was a no, for what comes later too, until a yes: silence takes none back', () => {
    const kept = answeredOf([named()], [said('REFUSE'), said('SILENT')], 4);
    for (const then of [kept, answeredOf(kept, [said('SILENT')], 5)])
      expect([4, 5].map((since) => answerOn(then, police, since))).toEqual(['REFUSE', 'REFUSE']);
    expect(answerOn(answeredOf(kept, [said('GRANT')], 5), police, 5)).toBe('GRANT');
  });

  it('is of that body as that, and of nobody else', () => {
    const kept = [named({ authority: TAX, last: { answer: 'GRANT', version: 1 } }), named({ last: { answer: 'REFUSE', version: 1 } })];
    expect(answerOn(kept, police, 0)).toBe('REFUSE');
    expect(answerOn(kept, { ...police, toType: 'FIU' }, 0)).toBeNull();
    expect(answerOn(kept, { to: POL }, 0)).toBeNull();
    expect(answerOn([named()], police, 0)).toBeNull();
  });
});
