import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../domain/machines/index.js';
import { closePurposes, PROFILES } from '../../domain/profiles/index.js';
import { PROFILE_IDS } from '../../domain/vocabulary.js';

describe.each(PROFILE_IDS)('the profile %s', (id) => {
  const profile = PROFILES[id];

  it('has its own name, exchanges that there are machines for, and consent among them', () => {
    expect(profile.id).toBe(id);
    for (const type of profile.exchangeTypes) expect(MACHINES[type].type).toBe(type);
    expect(profile.exchangeTypes).toContain('CONSENT_REQUEST');
  });

  it('never lets oversight or the operator take part', () => {
    for (const { from, to } of profile.pairs)
      for (const type of [...from, ...to]) expect(['OVERSIGHT', 'OPERATOR', 'INTERNATIONAL_BODY']).not.toContain(type);
  });

  it('asks for no field that its form does not have', () => {
    const fields = profile.openingForm.fields.map(({ name }) => name);
    for (const { field } of profile.mandatoryForm) expect(fields).toContain(field);
    for (const form of [profile.openingForm, profile.answerForm])
      expect(new Set(form.fields.map(({ name }) => name)).size).toBe(form.fields.length);
  });

  it('calls no target of its own making law', () => {
    for (const clock of profile.clocks) {
      expect(clock.source.includes('[D]')).toBe(clock.binding === 'internal target');
      for (const type of clock.on) expect(profile.exchangeTypes).toContain(type);
    }
  });

  it('keeps grounds and forbidden grounds apart', () => {
    for (const { code } of profile.forbiddenGrounds) expect(profile.refusalGrounds).not.toContain(code);
  });
});

describe('implied purposes', () => {
  it('are those of the profile, and on no profile none', () => {
    expect(closePurposes(['INVESTIGATION'], 'EGMONT_FIU')).toEqual(['INVESTIGATION', 'INTELLIGENCE']);
    expect(closePurposes(['INVESTIGATION', 'INTELLIGENCE'], 'EGMONT_FIU')).toEqual(['INVESTIGATION', 'INTELLIGENCE']);
    expect(closePurposes(['TAX'], 'EGMONT_FIU')).toEqual(['TAX']);
    expect(closePurposes(['INVESTIGATION'], 'BVI_BILATERAL_FIU')).toEqual(['INVESTIGATION']);
    expect(closePurposes(['INVESTIGATION'], null)).toEqual(['INVESTIGATION']);
  });
});
