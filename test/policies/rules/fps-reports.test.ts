/** What the law takes out of consent and caveats: reports under the freedom to provide services (AMLD6 33(1), 34(1)), and open records. */
import { describe, expect, it } from 'vitest';
import type { ItemFacts, LabelFacts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answer,
  answerLabel,
  contentLabel,
  contentRelease,
  contentReply,
  itemFacts,
  LATER,
  plain,
  release,
  replyWith,
  type WireLabel,
} from '../../support/facts.js';
import { contentOpening } from '../../support/openings.js';

const uncited = { cited: [], consents: [] };

describe('what a unit of the Union tells another unasked', () => {
  const told = (item: Parameters<typeof itemFacts>[0], body: object = {}) => {
    const facts = contentOpening('EU_FIU', { type: 'SPONTANEOUS_DISCLOSURE', body });
    const [own] = facts.items;
    return violationsOf({ ...facts, items: [{ ...own!, ...item }] }).map(({ rule }) => rule);
  };

  it('goes by their channel, with the reason why their network could not be used (AMLD6 30(3), 31(1)), and no link', () => {
    expect(told({}, { links: [] })).toEqual([]);
    expect(told({}, { fallbackReason: undefined })).toEqual(['form/clear-fields']);
  });

  it('may be a report under the freedom to provide services, promptly forwarded and bearing no restriction', () => {
    const facts = contentOpening('EU_FIU', { type: 'SPONTANEOUS_DISCLOSURE' });
    const label = { ...facts.items[0]!.label, caveats: [plain('FPS_REPORT', facts.envelope.from)] };
    expect(told({ kind: 'FPS_REPORT', label, statedLabel: label })).toEqual([]);
  });
});

describe('reports under the freedom to provide services', () => {
  it('bear no caveat, and nothing else calls itself one', () => {
    expect(codesOf(replyWith({ kind: 'FPS_REPORT', label: { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')] } }))).toEqual([
      'CAVEAT_NOT_ALLOWED',
    ]);
    const posing = replyWith({ label: { ...answerLabel, caveats: [plain('FPS_REPORT')] } });
    expect(violationsOf(posing)).toMatchObject([
      { code: 'CAVEAT_NOT_ALLOWED', remedy: { action: 'complete-field', fields: ['label.caveats'] } },
    ]);
  });

  it('say so where the channel knows them, and nowhere else', () => {
    const label = { ...answerLabel, caveats: [plain('FPS_REPORT')] };
    expect(codesOf(replyWith({ kind: 'FPS_REPORT', label }))).toEqual(['CAVEAT_NOT_ALLOWED']);
    const onUnion = answer('FINAL_REPLY', {}, { profile: 'EU_FIU' });
    const sent = contentReply(onUnion, { items: [itemFacts({ kind: 'FPS_REPORT', label, givenOn: null, cameFrom: [] })] });
    expect(codesOf(sent)).not.toContain('CAVEAT_NOT_ALLOWED');
    const plainItem = contentReply(onUnion, { items: [itemFacts({ label, givenOn: null, cameFrom: [] })] });
    expect(codesOf(plainItem)).toContain('CAVEAT_NOT_ALLOWED');
  });

  it('need no consent, where one came in', () => {
    const label: WireLabel = { ...answerLabel, tlp: 'GREEN', caveats: [plain('FPS_REPORT')] };
    const fps = itemFacts({ kind: 'FPS_REPORT', label, statedLabel: label });
    const facts = contentRelease({ item: fps, release: release({ label, purpose: 'TAX' }), ...uncited });
    expect(codesOf(facts)).toEqual([]);
  });

  it('are none by their kind alone, whatever was let in so: without the word in the label consent is owed', () => {
    const label: WireLabel = { ...answerLabel, tlp: 'GREEN', caveats: [] };
    const item = itemFacts({ kind: 'FPS_REPORT', label, statedLabel: label });
    expect(codesOf(contentRelease({ item, release: release({ label, purpose: 'TAX' }), ...uncited }))).toEqual([
      'USE_BEYOND_PURPOSE',
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });

  it('bear no caveat of who hands them on either', () => {
    const label: WireLabel = { ...answerLabel, tlp: 'GREEN', caveats: [plain('FPS_REPORT')] };
    const fps = { kind: 'FPS_REPORT', statedLabel: label } as const;
    const onward = (item: Parameters<typeof itemFacts>[0], caveats: WireLabel['caveats']) =>
      codesOf(contentRelease({ item: itemFacts(item), release: release({ label: { ...label, caveats }, purpose: 'TAX' }), ...uncited }));
    const more = [...label.caveats, plain('NO_EXPORT', release().holder)];
    expect(onward({ ...fps, label }, more)).toEqual(['CAVEAT_NOT_ALLOWED']);
    expect(onward({ ...fps, label }, label.caveats)).toEqual([]);
    // what stands on it from before is kept, and held against nobody
    expect(onward({ ...fps, label: { ...label, caveats: more } }, more)).not.toContain('CAVEAT_NOT_ALLOWED');
    expect(onward({ label: answerLabel }, [...answerLabel.caveats, plain('NO_EXPORT', release().holder)])).not.toContain(
      'CAVEAT_NOT_ALLOWED',
    );
  });

  it('are handed on whatever their TLP, as records open to the public are: no restriction of theirs binds', () => {
    const label: WireLabel = { ...answerLabel, caveats: [plain('FPS_REPORT')], purposes: ['INVESTIGATION'] };
    const onward = (item: Partial<ItemFacts>, own: WireLabel) =>
      codesOf(contentRelease({ item: itemFacts(item), release: release({ label: own }), ...uncited }));
    expect(onward({ kind: 'FPS_REPORT', label, statedLabel: label }, label)).toEqual([]);
    const record = { ...label, caveats: [] };
    expect(onward({ kind: 'PUBLIC_RECORD', label: record }, record)).toEqual([]);
    expect(onward({ kind: 'OWN', label: record }, record)).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('are given no caveat later either, and stay what they are whatever is said of them', () => {
    const fps = { ...answerLabel, caveats: [plain('FPS_REPORT')] };
    const item = itemFacts({ kind: 'FPS_REPORT', label: fps, statedLabel: fps, givenOn: 'EU_FIU' });
    const saying = (change: Partial<LabelFacts['change']>) => {
      const { label: _none, ...rest } = contentLabel().change;
      return codesOf(contentLabel({ item, change: { ...rest, ...change } }));
    };
    expect(saying({ change: 'ADD', label: { ...fps, caveats: [...fps.caveats, plain('OWN_ORG_ONLY')] } })).toEqual(['CAVEAT_NOT_ALLOWED']);
    expect(saying({ change: 'ADD', label: { ...fps, destroyBy: LATER } })).toEqual([]);
    expect(saying({ change: 'RETRACT' })).toEqual([]);
    expect(codesOf(contentLabel({ item: itemFacts({ givenOn: null }) }))).toEqual([]);
    const bare = { ...answerLabel, caveats: [] };
    const onward = contentRelease({ item: { ...item, label: bare }, release: release({ label: bare, purpose: 'TAX' }), ...uncited });
    expect(codesOf(onward)).toEqual([]);
  });
});
