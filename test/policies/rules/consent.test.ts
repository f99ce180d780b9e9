import { describe, expect, it } from 'vitest';
import type { ItemFacts, ReleaseFacts, UseFacts } from '../../../policies/facts.js';
import { formatInstant, plusMs } from '../../../domain/time.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentConsent,
  contentRelease,
  contentSend,
  contentUse,
  EFCX,
  FIA,
  FIX,
  fix,
  grant,
  heldBy,
  itemFacts,
  LATER,
  LONG_AGO,
  NOW,
  plain,
  PROS,
  release,
  replyWith,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { digest, instant } from '../../support/ids.js';

/** What the want of consent shows under VG-FIX's label, for a purpose that the label does not list. */
const WITHOUT = ['TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT', 'CAVEAT_WEAKENED'];
const citing = (over: Parameters<typeof grant>[0], facts: Parameters<typeof contentRelease>[0] = {}) =>
  contentRelease({ cited: [grant(over)], consents: [grant(over)], ...facts });

describe('handing on', () => {
  it('rests on the consent of the originator that the release cites', () => {
    expect(codesOf(contentRelease())).toEqual([]);
    const uncited = contentRelease({ cited: [], release: release({ basis: { consents: [] } }) });
    expect(codesOf(uncited)).toEqual(WITHOUT);
    const asked = violationsOf(uncited).find(({ code }) => code === 'NO_THIRD_PARTY_CONSENT');
    expect(asked).toMatchObject({
      rule: 'consent/third-party',
      source: expect.stringContaining('[S¶29]'),
      offenders: [FIX],
      remedy: { action: 'consent-request', originator: FIX, items: [digest('item')], recipient: EFCX, purpose: 'INVESTIGATION' },
    });
  });

  it('rests on the consent of every originator', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIX, PROS] };
    const facts = contentRelease({
      item: itemFacts({ label }),
      release: release({ label: { ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION'] } }),
    });
    expect(violationsOf(facts).filter(({ code }) => code === 'NO_THIRD_PARTY_CONSENT')).toMatchObject([{ offenders: [PROS] }]);
    // one of two opens no purpose on the label either
    expect(codesOf(facts)).toContain('CAVEAT_WEAKENED');
  });

  it('needs none where all of it came from the recipient, for whatever purpose', () => {
    const back = (toType: 'FIU' | 'CENTRAL_AUTHORITY_MLA') =>
      contentRelease({
        release: release({ to: FIX, toType, label: answerLabel, purpose: 'TAX', basis: { exemption: 'RETURN' } }),
        to: fix,
        cited: [],
        consents: [],
      });
    expect(codesOf(back('FIU'))).toEqual([]);
    expect(codesOf(back('CENTRAL_AUTHORITY_MLA'))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('needs none for the holder’s own, nor for a record open to the public', () => {
    const own = itemFacts({ issuer: FIA, label: { ...answerLabel, originators: [FIA], caveats: [] } });
    expect(codesOf(contentRelease({ item: own, release: release({ label: own.label as WireLabel }), cited: [], consents: [] }))).toEqual(
      [],
    );
    const open = itemFacts({ kind: 'PUBLIC_RECORD', label: { ...answerLabel, tlp: 'CLEAR', caveats: [], purposes: ['INVESTIGATION'] } });
    expect(codesOf(contentRelease({ item: open, release: release({ label: open.label as WireLabel }), cited: [], consents: [] }))).toEqual(
      [],
    );
  });
});

describe('a cited consent', () => {
  it('covers recipient, type, purpose, item, suite and holder, or exceeds its scope', () => {
    for (const over of [
      { recipient: PROS },
      { recipientType: 'PROSECUTION' as const },
      { purposes: ['INTELLIGENCE' as const] },
      { items: [digest('other')] },
      { suites: ['openpgp-4' as const] },
      { holder: PROS },
    ])
      expect(codesOf(citing(over))).toEqual([
        'TLP_EXCEEDED',
        'USE_BEYOND_PURPOSE',
        'NO_THIRD_PARTY_CONSENT',
        'CONSENT_SCOPE_EXCEEDED',
        'CAVEAT_WEAKENED',
      ]);
    const { toType, ...untyped } = release();
    expect(toType).toBeDefined();
    expect(codesOf(contentRelease({ release: untyped }))).toContain('CONSENT_SCOPE_EXCEEDED');
  });

  it('covers the fields that it names and no others', () => {
    const fields = [digest('a'), digest('b')];
    const portion = (disclosures: typeof fields) => ({ item: itemFacts({ form: { schema: 'X', present: [], disclosures } }) });
    expect(codesOf(citing({ fields }, portion([digest('a')])))).toEqual([]);
    expect(codesOf(citing({ fields }, portion([digest('a'), digest('c')])))).toContain('CONSENT_SCOPE_EXCEEDED');
    expect(codesOf(citing({ fields }, portion([])))).toContain('CONSENT_SCOPE_EXCEEDED');
    const said = violationsOf(citing({ fields }, portion([digest('c')]))).find(({ code }) => code === 'CONSENT_SCOPE_EXCEEDED');
    expect(said?.sentence).toContain('covers NG-EFCX for INTELLIGENCE, INVESTIGATION, in 2 of the fields of a form only');
  });

  it('for some fields opens no whole item, whatever the release says that it discloses', () => {
    const fields = [digest('a')];
    expect(codesOf(citing({ fields }, { release: release({ disclosed: fields }) }))).toContain('CONSENT_SCOPE_EXCEEDED');
  });

  it('is known here', () => {
    const unknown = contentRelease({ cited: [null], consents: [] });
    expect(violationsOf(unknown).filter(({ code }) => code === 'CONSENT_SCOPE_EXCEEDED')).toMatchObject([{ offenders: [digest('grant')] }]);
    const uncounted = contentRelease({ cited: [grant(), null], release: release({ basis: { consents: [digest('grant')] } }) });
    expect(violationsOf(uncounted)).toMatchObject([{ code: 'CONSENT_SCOPE_EXCEEDED', offenders: ['unknown'] }]);
    const presumed = contentRelease({ cited: [null], release: release({ basis: { presumed: digest('request') } }) });
    expect(violationsOf(presumed).find(({ code }) => code === 'CONSENT_SCOPE_EXCEEDED')).toMatchObject({ offenders: ['unknown'] });
  });

  it('lasts to the last instant before its end', () => {
    expect(codesOf(citing({ until: instant('2026-03-02T10:00:00.001Z') }))).toEqual([]);
    expect(codesOf(citing({ until: NOW }))).toEqual([
      'TLP_EXCEEDED',
      'USE_BEYOND_PURPOSE',
      'NO_THIRD_PARTY_CONSENT',
      'CONSENT_EXPIRED_OR_REVOKED',
      'CAVEAT_WEAKENED',
    ]);
  });

  it('ends when it is revoked, and has not begun before it begins', () => {
    expect(violationsOf(citing({ revokedAt: LONG_AGO })).find(({ code }) => code === 'CONSENT_EXPIRED_OR_REVOKED')).toMatchObject({
      offenders: [digest('grant')],
      sentence: expect.stringContaining('2025-01-01'),
    });
    expect(codesOf(citing({ from: LATER }))).toEqual(WITHOUT);
  });

  it('that has not begun yet is waited for, and not asked for once more', () => {
    const wait = { action: 'await-consent', consent: digest('grant'), from: formatInstant(LATER) };
    const asked = (over: Parameters<typeof grant>[0]) =>
      violationsOf(contentRelease({ cited: [], consents: [grant({ from: LATER, until: plusMs(LATER, 1), ...over })] })).map(
        ({ remedy }) => remedy,
      );
    expect(asked({})).toContainEqual(wait);
    expect(asked({})).not.toContainEqual(expect.objectContaining({ action: 'consent-request' }));
    for (const other of [{ revokedAt: NOW }, { purposes: ['TAX'] as const }, { originator: FIA }])
      expect(asked(other)).not.toContainEqual(wait);
  });

  it('is waited for until the earliest of several begins', () => {
    const [soon, late] = [plusMs(LATER, 1), plusMs(LATER, 9)];
    const consents = [grant({ digest: digest('late'), from: late, until: plusMs(late, 9) }), grant({ from: soon, until: plusMs(late, 9) })];
    const remedies = violationsOf(contentRelease({ cited: [], consents })).map(({ remedy }) => remedy);
    expect(remedies).toContainEqual({ action: 'await-consent', consent: digest('grant'), from: formatInstant(soon) });
  });
});

describe('a consent that nobody cites', () => {
  const uncited = (consents: ReleaseFacts['consents']) =>
    codesOf(contentRelease({ cited: [], consents, release: release({ basis: { consents: [] } }) }));
  it('is named where it is the only one there ever was and has ended', () => {
    expect(uncited([grant({ until: NOW })])).toContain('CONSENT_EXPIRED_OR_REVOKED');
    expect(uncited([grant({ until: NOW }), grant({ digest: digest('newer') })])).not.toContain('CONSENT_EXPIRED_OR_REVOKED');
    expect(uncited([grant({ until: NOW, recipient: PROS })])).not.toContain('CONSENT_EXPIRED_OR_REVOKED');
  });

  it('is named once where it is cited as well', () => {
    expect(codesOf(citing({ until: NOW })).filter((code) => code === 'CONSENT_EXPIRED_OR_REVOKED')).toHaveLength(1);
  });
});

describe('an envelope', () => {
  it('does not carry what a stranger gave', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIX, PROS] };
    expect(violationsOf(replyWith({ label, derivedFrom: [digest('theirs')], sources: [label] }))).toMatchObject([
      { code: 'NO_THIRD_PARTY_CONSENT', offenders: [PROS], remedy: { action: 'consent-request', originator: PROS } },
    ]);
  });

  it('brings back what the addressee gave as the type it is addressed as', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIA, FIX] };
    expect(codesOf(replyWith({ label, cameFrom: [{ authority: FIA, authorityType: 'FIU' }] }))).toEqual([]);
    expect(codesOf(replyWith({ label, cameFrom: [{ authority: FIA, authorityType: 'CENTRAL_AUTHORITY_MLA' }] }))).toEqual([
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });

  it('carries records open to the public, whoever opened them', () => {
    expect(codesOf(replyWith({ kind: 'PUBLIC_RECORD', label: { ...answerLabel, originators: [PROS], caveats: [] } }))).toEqual([]);
  });

  it('does not carry as a public record what is made from something else', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIX, PROS] };
    expect(codesOf(replyWith({ kind: 'PUBLIC_RECORD', label, sourcesOpen: false }))).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });

  it('carries nothing held from others, which a release hands on', () => {
    expect(violationsOf(contentSend({ heldFromOthers: [digest('held')] }))).toMatchObject([
      { code: 'NO_THIRD_PARTY_CONSENT', offenders: [digest('held')], remedy: { action: 'none' } },
    ]);
  });

  it('asks for the consent of a stranger for intelligence where it names no purpose', () => {
    const envelope = submit({ purposes: [] });
    const [item] = contentSend().items;
    const label: WireLabel = { ...answerLabel, originators: [PROS] };
    const facts = contentSend({ envelope, items: [{ ...item!, derivedFrom: [digest('theirs')], sources: [label] }] });
    expect(violationsOf(facts).find(({ code }) => code === 'NO_THIRD_PARTY_CONSENT')).toMatchObject({
      remedy: { purpose: 'INTELLIGENCE' },
    });
  });
});

describe('a grant', () => {
  const lasting = (from: typeof NOW, until: typeof NOW) =>
    codesOf(contentConsent({ consent: { ...contentConsent().consent, from, until } }));
  it('ends in the future and after its beginning', () => {
    expect(lasting(NOW, instant('2026-03-02T10:00:00.001Z'))).toEqual([]);
    expect(lasting(LONG_AGO, NOW)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    expect(lasting(LATER, LATER)).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
  });

  it('is for proceedings that its own caveat leaves', () => {
    const caveats = [
      { code: 'SPECIALITY' as const, by: FIX, proceedings: ['case-1', 'case-2'] },
      { code: 'SPECIALITY' as const, by: FIA, proceedings: ['case-9'] },
    ];
    const items = [itemFacts({ label: { ...answerLabel, caveats } })];
    const granted = (conditions?: string[]) =>
      codesOf(contentConsent({ items, consent: { ...contentConsent().consent, originator: FIX, ...(conditions && { conditions }) } }));
    expect(granted()).toEqual([]);
    expect(granted(['case-2', 'case-3'])).toEqual([]);
    expect(granted(['case-3', 'case-9'])).toEqual(['LABEL_CONTRADICTORY']);
  });
});

it('leaves an owner’s own caveats out of the owner’s way', () => {
  expect(plain('NO_THIRD_PARTY').by).toBe(FIX);
});

describe('what is held by a consent that has ended', () => {
  const label: WireLabel = { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], purposes: ['INTELLIGENCE', 'INVESTIGATION'] };
  const held = (...consents: string[]) => heldBy({ consents: consents.map(digest) });
  const using = (over: Partial<UseFacts>) => contentUse({ item: itemFacts({ label }), heldBy: [held('grant')], ...over });
  const revoked = grant({ revokedAt: LONG_AGO });

  it('is used no more, though its label lists the purpose, and may be asked for anew', () => {
    expect(codesOf(using({}))).toEqual([]);
    expect(violationsOf(using({ consents: [revoked] }))).toMatchObject([
      {
        code: 'CONSENT_EXPIRED_OR_REVOKED',
        rule: 'consent/use-ended',
        offenders: [revoked.digest],
        remedy: { action: 'consent-request', originator: FIX, recipient: EFCX },
      },
    ]);
    expect(codesOf(using({ consents: [grant({ until: NOW })] }))).toEqual(['CONSENT_EXPIRED_OR_REVOKED']);
    expect(codesOf(using({ consents: [revoked, grant({ digest: digest('anew') })] }))).toEqual([]);
    expect(codesOf(using({ consents: [revoked, grant({ digest: digest('anew'), recipient: PROS })] }))).toEqual([
      'CONSENT_EXPIRED_OR_REVOKED',
    ]);
  });

  it('is used where another release lets it, on a consent that stands or on none; sealing it anew to oneself is none', () => {
    const both = [held('grant'), held('second')];
    expect(codesOf(using({ heldBy: both, consents: [revoked, grant({ digest: digest('second'), recipient: PROS })] }))).toEqual([]);
    expect(codesOf(using({ heldBy: [held('grant'), held()], consents: [revoked] }))).toEqual([]);
    expect(codesOf(using({ heldBy: [held('grant'), { ...held(), isReseal: true }], consents: [revoked] }))).toEqual([
      'CONSENT_EXPIRED_OR_REVOKED',
    ]);
    expect(codesOf(using({ heldBy: [held('grant'), { ...held(), until: NOW }], consents: [revoked] }))).toEqual([
      'CONSENT_EXPIRED_OR_REVOKED',
    ]);
    expect(codesOf(using({ heldBy: null, consents: [revoked] }))).toEqual([]);
  });
});

describe('a grant that a release cites', () => {
  const two: WireLabel = { ...answerLabel, originators: [FIX, PROS], caveats: [plain('NO_THIRD_PARTY')], purposes: ['INVESTIGATION'] };
  const revoked = grant({ digest: digest('revoked'), revokedAt: LONG_AGO });
  const byRule = (rule: string, facts: ReleaseFacts) => violationsOf(facts).filter((one) => one.rule === rule);

  it('has ended, and that is said though another of the same originator stands', () => {
    const facts = contentRelease({ cited: [null, revoked], consents: [revoked, grant()] });
    expect(byRule('consent/ended', facts)).toMatchObject([{ offenders: [revoked.digest] }]);
  });

  it('stands, and of another originator the only one has ended: that is said too', () => {
    const theirs = grant({ digest: digest('theirs'), originator: PROS });
    const facts = contentRelease({ item: itemFacts({ label: two }), cited: [theirs], consents: [theirs, revoked] });
    expect(byRule('consent/ended', facts)).toMatchObject([{ offenders: [revoked.digest] }]);
  });

  it('covers less: what it covers is told, and who gave it is asked', () => {
    const theirs = grant({ digest: digest('theirs'), originator: PROS, purposes: ['TAX', 'PREVENTION'] });
    const release1 = release({ basis: { consents: [theirs.digest] } });
    const facts = contentRelease({ item: itemFacts({ label: two }), release: release1, cited: [theirs], consents: [theirs] });
    expect(byRule('consent/scope', facts)).toMatchObject([
      {
        sentence: `Consent ${theirs.digest} covers NG-EFCX for TAX, PREVENTION only, not this release.`,
        offenders: [theirs.digest],
        remedy: { action: 'consent-request', originator: PROS },
      },
    ]);
  });

  it('is unknown here: that is told, and the first originator is asked', () => {
    const facts = contentRelease({ item: itemFacts({ label: two }), cited: [null], consents: [] });
    expect(byRule('consent/scope', facts)).toMatchObject([
      {
        sentence: `Consent ${digest('grant')} covers nothing known here, and therefore that only, not this release.`,
        offenders: [digest('grant')],
        remedy: { action: 'consent-request', originator: FIX },
      },
    ]);
  });
});

describe('a grant that is over before it begins', () => {
  it('is mended by its end, and offends nobody', () => {
    const { consent } = contentConsent();
    expect(violationsOf(contentConsent({ consent: { ...consent, until: NOW } }))).toEqual([
      expect.objectContaining({
        rule: 'consent/grant-period',
        offenders: [],
        remedy: { action: 'complete-field', fields: ['until'] },
      }),
    ]);
  });
});

describe('what is sent on', () => {
  const byRule = (facts: Parameters<typeof violationsOf>[0]) => violationsOf(facts).filter(({ rule }) => rule === 'consent/sent-on');

  it('goes back to one of its originators, and the other has not agreed', () => {
    const label: WireLabel = { ...answerLabel, originators: [FIA, FIX, PROS] };
    const madeFrom = { derivedFrom: [digest('theirs')], sources: [{ ...answerLabel, originators: [PROS] }] };
    const item = itemFacts({ issuer: FIA, label, givenOn: null, cameFrom: [{ authority: FIX, authorityType: 'FIU' }], ...madeFrom });
    expect(byRule(contentSend({ items: [item] }))).toMatchObject([{ offenders: [PROS], remedy: { originator: PROS } }]);
    const back = itemFacts({ ...item, label: { ...label, originators: [FIA, FIX] }, derivedFrom: [], sources: [] });
    expect(byRule(contentSend({ items: [back] }))).toEqual([]);
    // of that body as something else it did not come
    expect(byRule(contentSend({ items: [{ ...back, cameFrom: [{ authority: FIX, authorityType: 'COURT' }] }] }))).toMatchObject([
      { offenders: [FIX] },
    ]);
  });

  it('needs the consent of whom it is made from, whom its label does not name', () => {
    const own: WireLabel = { ...answerLabel, originators: [FIA] };
    const madeFrom = { derivedFrom: [digest('theirs'), digest('other')], sources: [{ ...answerLabel, originators: [PROS] }, null] };
    const item = itemFacts({ issuer: FIA, label: own, givenOn: null, ...madeFrom });
    expect(byRule(contentSend({ items: [item] }))).toMatchObject([{ offenders: [PROS], remedy: { originator: PROS } }]);
  });

  it('is asked for by what it is made from while it is new, and by itself once it was given', () => {
    const [theirs, unknown, own] = [digest('theirs'), digest('unknown'), digest('own')];
    const sources = [{ ...answerLabel, originators: [PROS] }, null, answerLabel];
    const label: WireLabel = { ...answerLabel, originators: [FIA, PROS] };
    const made = itemFacts({ issuer: FIA, label, givenOn: null, derivedFrom: [theirs, unknown, own], sources });
    const asked = (item: ItemFacts) => byRule(contentSend({ items: [item] })).map(({ remedy }) => remedy);
    expect(asked(made)).toMatchObject([{ action: 'consent-request', originator: PROS, items: [theirs] }]);
    // nobody can be asked about what is refused: it names what it is made from first
    const unsourced = { ...made, derivedFrom: [own], sources: [answerLabel] };
    expect(asked(unsourced)).toEqual([{ action: 'complete-field', fields: ['derivedFrom'] }]);
    expect(asked({ ...made, givenOn: 'EGMONT_FIU' })).toMatchObject([{ originator: PROS, items: [made.digest] }]);
  });

  it('is said once of what somebody else gave, and of whom it came nothing', () => {
    const held = itemFacts({ issuer: PROS, label: { ...answerLabel, originators: [PROS] } });
    expect(byRule(contentSend({ items: [held], heldFromOthers: [held.digest] }))).toMatchObject([
      {
        offenders: [held.digest],
        sentence: `${held.digest} holds what somebody else gave, and an envelope carries no consent to VG-FIX.`,
        remedy: { action: 'none' },
      },
    ]);
  });
});
