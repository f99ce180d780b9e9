/** A consent binds whoever has something on it (decisions/0027). */
import { describe, expect, it } from 'vitest';
import type { AccessFacts, UseFacts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentAccess,
  contentUse,
  EFCX,
  FIX,
  grant,
  heldBy,
  itemFacts,
  LONG_AGO,
  NOW,
  plain,
  PROS,
  release,
  type WireLabel,
} from '../../support/facts.js';
import { digest } from '../../support/ids.js';

describe('what is held by a consent to other purposes', () => {
  const label: WireLabel = { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], purposes: ['INTELLIGENCE', 'INVESTIGATION'] };
  const held = (...consents: string[]) => heldBy({ consents: consents.map(digest) });
  /** its only originator handed it on */
  const fromItsOwn = heldBy({ holder: FIX });
  const narrow = grant({ purposes: ['INVESTIGATION'] });
  const wide = grant({ digest: digest('wide'), purposes: ['INTELLIGENCE'] });
  const use = { ...contentUse().use, purpose: 'INTELLIGENCE' as const };
  const using = (over: Partial<UseFacts> = {}) =>
    contentUse({ item: itemFacts({ label }), heldBy: [held('grant')], consents: [narrow], use, ...over });
  const reading = (purpose: 'INTELLIGENCE' | 'INVESTIGATION', over: Partial<AccessFacts> = {}) =>
    contentAccess({
      item: itemFacts({ label }),
      access: { ...contentAccess().access, purpose },
      release: release({ basis: { consents: [narrow.digest] } }),
      consents: [narrow],
      ...over,
    });

  it('is used for those alone, though its label lists more, and another may be asked for', () => {
    expect(violationsOf(using())).toMatchObject([
      {
        code: 'CONSENT_SCOPE_EXCEEDED',
        rule: 'consent/use-scope',
        offenders: [narrow.digest],
        remedy: { action: 'consent-request', originator: FIX, recipient: EFCX, purpose: 'INTELLIGENCE' },
      },
    ]);
    expect(codesOf(using({ use: { ...use, purpose: 'INVESTIGATION' } }))).toEqual([]);
    expect(codesOf(using({ consents: [narrow, wide] }))).toEqual([]);
  });

  it('is not used for others where its holder made something of it either, unless each who gave it lets that', () => {
    const source = { item: itemFacts({ digest: digest('source'), label }), heldBy: [held('grant')], consents: [narrow] };
    const own = itemFacts({ issuer: EFCX, label: { ...label, originators: [EFCX, FIX].toSorted(), caveats: [] } });
    const made = (over: Partial<UseFacts> = {}) => using({ item: own, heldBy: null, consents: [], madeFrom: [source], ...over });
    const [violation] = violationsOf(made());
    expect(violation).toMatchObject({ rule: 'consent/use-scope', remedy: { originator: FIX, items: [digest('source')] } });
    expect(violation?.sentence).toContain(digest('source'));
    expect(codesOf(made({ use: { ...use, purpose: 'INVESTIGATION' } }))).toEqual([]);
    expect(codesOf(made({ consents: [wide] }))).toEqual([]);
    const over = { ...source, heldBy: [{ ...held('wide'), until: NOW }], consents: [wide] };
    expect(codesOf(made({ madeFrom: [over] }))).toEqual(['RETENTION_EXPIRED']);
    expect(codesOf(made({ madeFrom: [over], consents: [{ ...wide, digest: digest('anew') }] }))).toEqual([]);
    // one of two who are behind the source does not free it
    const ofTwo = { ...over, item: itemFacts({ ...over.item, label: { ...label, originators: [FIX, PROS].toSorted() } }) };
    expect(codesOf(made({ madeFrom: [ofTwo], consents: [{ ...wide, digest: digest('anew') }] }))).toEqual(['RETENTION_EXPIRED']);
    const ended = { ...source, heldBy: [held('wide')], consents: [{ ...wide, until: NOW }] };
    expect(violationsOf(made({ madeFrom: [ended] })).map(({ rule }) => rule)).toEqual(['consent/use-ended']);
  });

  it('is not used where another let it and has ended: what one lets in time, and one in purpose, none lets', () => {
    const over = wide.digest;
    const two = using({ heldBy: [held('grant'), held('wide')], consents: [narrow, { ...wide, until: NOW }] });
    expect(violationsOf(two)).toMatchObject([
      { rule: 'consent/use-ended', offenders: [over] },
      { rule: 'consent/use-scope', offenders: [narrow.digest] },
    ]);
    expect(codesOf(using({ heldBy: [held('grant'), held('wide'), fromItsOwn], consents: [narrow, { ...wide, until: NOW }] }))).toEqual([]);
    expect(codesOf(using({ heldBy: [held('grant'), held('wide')], consents: [narrow, wide] }))).toEqual([]);
  });

  it('is used for another where another release lets it, or where it came by envelope', () => {
    expect(codesOf(using({ heldBy: [held('grant'), heldBy({ purpose: 'INTELLIGENCE' })] }))).toEqual([]);
    expect(codesOf(using({ heldBy: [held('grant'), fromItsOwn] }))).toEqual([]);
    expect(codesOf(using({ heldBy: [held('grant'), { ...held(), isReseal: true }] }))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
    expect(codesOf(using({ heldBy: [held('grant'), { ...held(), until: NOW }] }))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
    expect(codesOf(using({ heldBy: null }))).toEqual([]);
  });

  it('is read for those alone, after the consent ended too', () => {
    expect(violationsOf(reading('INTELLIGENCE'))).toMatchObject([
      { code: 'CONSENT_SCOPE_EXCEEDED', rule: 'consent/use-scope', offenders: [narrow.digest], remedy: { action: 'none' } },
    ]);
    expect(codesOf(reading('INVESTIGATION'))).toEqual([]);
    // whatever else the reader has it by: it is read by this release
    for (const given of [null, [fromItsOwn]])
      expect(codesOf(reading('INTELLIGENCE', { heldBy: given }))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
    const ended = grant({ purposes: ['INVESTIGATION'], revokedAt: LONG_AGO });
    expect(codesOf(reading('INVESTIGATION', { consents: [ended] }))).toEqual([]);
    expect(codesOf(reading('INTELLIGENCE', { release: null }))).toEqual([]);
  });

  it('is read for no other by what sealed it anew to the reader itself, whatever that says that it rests on', () => {
    for (const basis of [{ reseal: true } as const, { consents: [] }]) {
      const anew = { release: release({ holder: EFCX, to: EFCX, basis }), heldBy: [held('grant'), { ...held(), isReseal: true }] };
      expect(codesOf(reading('INTELLIGENCE', anew))).toEqual(['CONSENT_SCOPE_EXCEEDED']);
      expect(codesOf(reading('INVESTIGATION', anew))).toEqual([]);
      expect(codesOf(reading('INTELLIGENCE', { ...anew, heldBy: [held('grant'), fromItsOwn] }))).toEqual([]);
      expect(codesOf(reading('INTELLIGENCE', { ...anew, heldBy: null }))).toEqual([]);
    }
  });

  it('is anybody’s where it is nobody’s to withhold', () => {
    const open = itemFacts({ label, kind: 'PUBLIC_RECORD', sourcesOpen: true });
    const fps = { ...label, caveats: [plain('FPS_REPORT')] };
    const report = itemFacts({ label: fps, statedLabel: fps, kind: 'FPS_REPORT' });
    for (const item of [open, report]) expect(codesOf(using({ item }))).toEqual([]);
  });
});
