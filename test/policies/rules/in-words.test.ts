import { describe, expect, it } from 'vitest';
import { codesOf, violationsOf } from '../../support/decision.js';
import { answerLabel, contentRelease, EFCX, fia, FIA, FIX, fix, itemFacts, release, type WireLabel } from '../../support/facts.js';
import { digest } from '../../support/ids.js';
import { noticed, pros } from '../../support/notice-facts.js';

type WireCaveat = WireLabel['caveats'][number];
const restricted = (...names: string[]): WireCaveat => ({ code: 'OTHER_RESTRICTION', by: FIX, texts: names.map(digest) });
const agreed: WireCaveat = { code: 'CONDITIONS', by: FIX, texts: [digest('condition')], notBefore: null };
const bearing = (...caveats: WireCaveat[]): WireLabel => ({ ...answerLabel, caveats: [...answerLabel.caveats, ...caveats] });

/** Handed on to the police under a consent that covers it, with what the officer states of the words. */
const handedOn = (caveats: readonly WireCaveat[], kept?: readonly string[]) => {
  const label = bearing(...caveats);
  const said = kept === undefined ? {} : { kept: kept.map(digest) };
  return contentRelease({
    item: itemFacts({ label }),
    release: release({ label: { ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION'] }, ...said }),
  });
};

describe('a restriction in words', () => {
  it('is stated to be kept by whoever hands it on, whatever was consented', () => {
    expect(violationsOf(handedOn([restricted('words')]))).toMatchObject([
      {
        code: 'CONDITION_NOT_MET',
        rule: 'label/in-words',
        offenders: [digest('words')],
        remedy: { action: 'complete-field', fields: ['kept'] },
      },
    ]);
    expect(codesOf(handedOn([restricted('words')], ['words']))).toEqual([]);
  });

  it('is stated text by text, an accepted condition too', () => {
    const both = [restricted('one', 'other'), agreed];
    expect(codesOf(handedOn(both, ['one', 'other', 'condition']))).toEqual([]);
    expect(violationsOf(handedOn(both, ['one'])).map(({ offenders }) => offenders)).toEqual([[digest('other')], [digest('condition')]]);
  });

  it('that has no words can be kept by nobody: its owner is asked', () => {
    expect(violationsOf(handedOn([restricted()], ['words']))).toMatchObject([
      { rule: 'label/in-words', offenders: [FIX], remedy: { action: 'ask-originator', originators: [FIX] } },
    ]);
  });

  it('is nothing to state of conditions that name a day alone', () => {
    expect(codesOf(handedOn([{ ...agreed, texts: [] }]))).toEqual([]);
  });

  it('is nothing to state where it goes back to its owner, or stays with its holder', () => {
    const label = bearing(restricted('words'));
    const uncited = { item: itemFacts({ label }), cited: [], consents: [] };
    const back = release({ to: FIX, toType: 'FIU', label });
    expect(codesOf(contentRelease({ ...uncited, release: back, to: fix }))).toEqual([]);
    const reseal = release({ to: FIA, toType: 'FIU', purpose: 'INTELLIGENCE', label, basis: { reseal: true } });
    expect(codesOf(contentRelease({ ...uncited, release: reseal, to: fia }))).toEqual([]);
  });

  it('bars no lawful way, which two persons decide; what was accepted under 46(26) is stated there too', () => {
    const basis = { notices: [digest('notice')], approvals: [digest('approval')] };
    const told = (...caveats: WireCaveat[]) => {
      const label = bearing(...caveats);
      const carried = { ...label, purposes: ['INTELLIGENCE' as const, 'EXCULPATORY' as const] };
      return contentRelease({
        item: itemFacts({ label }),
        release: release({ to: pros.id, toType: 'PROSECUTION', purpose: 'EXCULPATORY', label: carried, basis }),
        to: pros,
        cited: [],
        consents: [],
        notices: [noticed()],
      });
    };
    expect(codesOf(told(restricted('words')))).toEqual([]);
    expect(codesOf(told(restricted()))).toEqual([]);
    expect(codesOf(told(agreed))).toEqual(['CONDITION_NOT_MET']);
  });

  it('is named in the sentence, with its owner and the item', () => {
    const [{ sentence } = { sentence: '' }] = violationsOf(handedOn([restricted('words')]));
    for (const part of [FIX, digest('item'), digest('words'), EFCX]) expect(sentence).toContain(part);
  });
});
