import { describe, expect, it } from 'vitest';
import type { Caveat } from '../../../domain/label.js';
import { plusMs, type Instant } from '../../../domain/time.js';
import type { ItemFacts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answer,
  answerLabel,
  contentAccess,
  contentLabel,
  contentRelease,
  contentReply,
  contentSend,
  contentUse,
  EFCX,
  efcx,
  FIA,
  fia,
  FIX,
  fix,
  itemFacts,
  LATER,
  NOW,
  plain,
  PROS,
  release,
  replyWith,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { authority, digest } from '../../support/ids.js';

type WireCaveat = WireLabel['caveats'][number];
const bearing = (...caveats: WireCaveat[]): WireLabel => ({ ...answerLabel, caveats: [...answerLabel.caveats, ...caveats] });
const widened = (label: WireLabel): WireLabel => ({ ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION'] });
/** The item under its own label, handed on under the same one. */
const handedOn = (label: WireLabel, over: Parameters<typeof contentRelease>[0] = {}) =>
  contentRelease({ item: itemFacts({ label }), release: release({ label: widened(label) }), ...over });
const uncited = { cited: [], consents: [] };
const returned = (label: WireLabel) =>
  contentRelease({ item: itemFacts({ label }), release: release({ to: FIX, toType: 'FIU', label, purpose: 'TAX' }), to: fix, ...uncited });
const named: WireCaveat = { code: 'NAMED_RECIPIENTS', by: FIX, recipients: [FIA] };

describe('named recipients', () => {
  it('are the only ones, until their owner consents to another', () => {
    expect(codesOf(handedOn(bearing(named)))).toEqual([]);
    const without = violationsOf(handedOn(bearing(named), uncited)).filter(({ code }) => code === 'RECIPIENT_NOT_NAMED');
    expect(without).toMatchObject([{ remedy: { action: 'consent-request', originator: FIX, recipient: EFCX } }]);
  });

  it('include whom a sender addresses, lest it contradict itself', () => {
    expect(codesOf(replyWith({ label: bearing(named) }))).toEqual([]);
    expect(codesOf(replyWith({ label: bearing({ ...named, recipients: [PROS] }) }))).toEqual(['RECIPIENT_NOT_NAMED']);
    const items = [named, { ...named, recipients: [PROS] }].map((one) => itemFacts({ label: bearing(one), givenOn: null, cameFrom: [] }));
    expect(codesOf(contentReply(answer('FINAL_REPLY', {}), { items }))).toEqual(['RECIPIENT_NOT_NAMED']);
  });

  it('do not keep what somebody gave from going back to it', () => {
    const own = {
      label: { ...bearing({ ...named, by: FIA, recipients: [PROS] }), originators: [FIA, FIX] },
      cameFrom: [{ authority: FIA, authorityType: 'FIU' as const }],
    };
    expect(codesOf(replyWith(own))).toEqual([]);
  });

  it('may grow on the release by the recipient that was consented to, and by no other', () => {
    const under = (recipients: (typeof FIX)[]) =>
      contentRelease({
        item: itemFacts({ label: bearing(named) }),
        release: release({ label: widened(bearing({ ...named, recipients })) }),
      });
    expect(codesOf(under([EFCX, FIA]))).toEqual([]);
    expect(codesOf(under([EFCX, FIA, PROS]))).toEqual(['CAVEAT_WEAKENED']);
    expect(codesOf(contentRelease({ ...under([EFCX, FIA]), to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED', 'CAVEAT_WEAKENED']);
  });
});

describe('the own organisation', () => {
  const own = bearing(plain('OWN_ORG_ONLY'));
  it('is where an item stays without consent', () => {
    expect(codesOf(handedOn(own))).toEqual([]);
    expect(codesOf(handedOn(own, uncited))).toContain('OUTSIDE_OWN_ORGANISATION');
  });

  it('is not left by a seal for a new desk generation of the same type', () => {
    const reseal = release({ to: FIA, toType: 'FIU', purpose: 'INTELLIGENCE', label: own, basis: { reseal: true } });
    expect(codesOf(contentRelease({ item: itemFacts({ label: own }), release: reseal, to: fia, ...uncited }))).toEqual([]);
  });

  it('ends at the type: one body may be FIU and central authority, strangers to each other', () => {
    const central = {
      ...fia,
      designatedTypes: ['FIU', 'CENTRAL_AUTHORITY_MLA'] as const,
      entry: { ...fia.entry!, types: ['FIU', 'CENTRAL_AUTHORITY_MLA'] as never },
    };
    const reseal = release({
      to: FIA,
      holderType: 'FIU',
      toType: 'CENTRAL_AUTHORITY_MLA',
      purpose: 'INTELLIGENCE',
      label: own,
      basis: { reseal: true },
    });
    expect(codesOf(contentRelease({ item: itemFacts({ label: own }), release: reseal, to: central, ...uncited }))).toEqual([
      'OUTSIDE_OWN_ORGANISATION',
      'TLP_EXCEEDED',
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });
});

describe('the traffic light', () => {
  const coloured = (tlp: WireLabel['tlp']) => codesOf(handedOn({ ...answerLabel, tlp }, uncited)).includes('TLP_EXCEEDED');
  it('keeps RED and both AMBERs with the holder, and lets GREEN and CLEAR pass', () => {
    expect((['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const).map(coloured)).toEqual([true, true, true, false, false]);
  });

  it('yields to the originator’s consent', () => {
    expect(codesOf(handedOn(answerLabel))).toEqual([]);
  });
});

describe('what no consent opens', () => {
  it('is an item that may be looked at only', () => {
    expect(violationsOf(handedOn(bearing(plain('NO_EXPORT'))))).toMatchObject([
      { code: 'EXPORT_NOT_ALLOWED', remedy: { action: 'ask-originator', originators: [FIX] } },
    ]);
    expect(codesOf(returned(bearing(plain('NO_EXPORT'))))).toEqual([]);
  });

  it('is legal privilege, in an envelope as in a release', () => {
    expect(codesOf(handedOn(bearing(plain('PRIVILEGED'))))).toEqual(['PRIVILEGED_NOT_EXCHANGEABLE']);
    expect(codesOf(replyWith({ label: bearing(plain('PRIVILEGED')) }))).toEqual(['PRIVILEGED_NOT_EXCHANGEABLE']);
    expect(codesOf(returned(bearing(plain('PRIVILEGED'))))).toEqual([]);
  });
});

describe('a confidential request', () => {
  const secretive = bearing(plain('CONFIDENTIAL_FACT', FIA));
  it('is known to nobody else, unless its owner hands it on itself', () => {
    expect(codesOf(handedOn(secretive))).toEqual([]);
    expect(codesOf(handedOn(bearing(plain('CONFIDENTIAL_FACT', PROS))))).toContain('CONFIDENTIALITY_OF_FACT');
  });

  it('of which somebody else’s answer tells is disclosed by who asked: it is no originator there, and can consent to nothing', () => {
    const [found] = violationsOf(handedOn(bearing(plain('CONFIDENTIAL_FACT', PROS)))).filter(
      ({ code }) => code === 'CONFIDENTIALITY_OF_FACT',
    );
    expect(found?.remedy).toEqual({ action: 'ask-originator', originators: [PROS] });
  });

  it('may be so for a time alone', () => {
    const quiet = (until: typeof NOW) => codesOf(handedOn(bearing({ code: 'CONFIDENTIAL_UNTIL', by: PROS, until })));
    expect(quiet(LATER)).toContain('CONFIDENTIALITY_OF_FACT');
    expect(quiet(NOW)).not.toContain('CONFIDENTIALITY_OF_FACT');
    // past its day nothing is open: whoever gave it still has to consent
    const past = { ...answerLabel, caveats: [{ code: 'CONFIDENTIAL_UNTIL' as const, by: FIX, until: NOW }] };
    expect(codesOf(handedOn(past, uncited))).toContain('NO_THIRD_PARTY_CONSENT');
    expect(codesOf(handedOn(bearing({ code: 'CONFIDENTIAL_UNTIL', by: FIX, until: LATER })))).toEqual([]);
  });

  it('is not shown by what a holder does in the open', () => {
    const used = (caveat: WireCaveat, action?: 'OPEN' | 'INQUIRIES') => {
      const use = { ...contentUse().use, ...(action === undefined ? {} : { action }) };
      return codesOf(contentUse({ item: itemFacts({ label: bearing(caveat) }), use }));
    };
    for (const caveat of [plain('CONFIDENTIAL_FACT', FIX), { code: 'CONFIDENTIAL_UNTIL' as const, by: FIX, until: LATER }]) {
      expect(used(caveat, 'OPEN')).toEqual(['CONFIDENTIALITY_OF_FACT']);
      expect(used(caveat, 'INQUIRIES')).toEqual([]);
      expect(used(caveat)).toEqual([]);
    }
    expect(used({ code: 'CONFIDENTIAL_UNTIL', by: FIX, until: NOW }, 'OPEN')).toEqual([]);
    expect(used(plain('CONFIDENTIAL_FACT', EFCX), 'OPEN')).toEqual([]);
  });
});

describe('an empty label', () => {
  const emptied: WireLabel = { ...answerLabel, purposes: [] };
  it('lets an item be kept and returned, and nothing else', () => {
    expect(codesOf(returned(emptied))).toEqual([]);
    expect(codesOf(handedOn(emptied, uncited))).toContain('LABEL_EMPTY');
    expect(codesOf(contentUse({ item: itemFacts({ label: emptied }), consents: [] }))).toEqual(['LABEL_EMPTY']);
    expect(codesOf(contentAccess({ item: itemFacts({ label: emptied }), consents: [], release: null }))).toEqual(['LABEL_EMPTY']);
    expect(codesOf(replyWith({ label: emptied }))).toEqual(['LABEL_EMPTY']);
    expect(
      codesOf(replyWith({ label: { ...emptied, originators: [FIA, FIX] }, cameFrom: [{ authority: FIA, authorityType: 'FIU' }] })),
    ).toEqual([]);
  });

  it('is opened by the consent of every originator', () => {
    expect(codesOf(handedOn(emptied))).toEqual([]);
  });
});

describe('contacting the source', () => {
  const label = bearing(plain('CONTACT_SOURCE_BEFORE_ACTION'));
  it('comes before handing on and before use', () => {
    expect(codesOf(handedOn(label))).toEqual(['CONTACT_SOURCE_FIRST']);
    // whoever handed it on under this caveat of its own signs no verification: it is asked to hand it on without it
    const [held] = violationsOf(handedOn(bearing({ code: 'CONTACT_SOURCE_BEFORE_ACTION', by: PROS })));
    expect(held).toMatchObject({ remedy: { action: 'ask-holder', holders: [PROS] } });
    expect(held?.sentence).not.toMatch(/verify/i);
    expect(codesOf(contentUse({ item: itemFacts({ label }) }))).toEqual(['CONTACT_SOURCE_FIRST']);
  });

  it('is on record once done, and not asked of the source itself', () => {
    expect(codesOf(handedOn(label, { verifiedWith: [FIX] }))).toEqual([]);
    expect(codesOf(contentUse({ item: itemFacts({ label }), verifiedWith: [FIX] }))).toEqual([]);
    expect(codesOf(returned(label))).toEqual([]);
  });
});

describe('conditions', () => {
  const until = (notBefore: typeof NOW | null) => bearing({ code: 'CONDITIONS', by: FIX, texts: [], notBefore });
  it('hold up to the day they name', () => {
    expect(codesOf(handedOn(until(LATER)))).toEqual(['CONDITION_NOT_MET']);
    expect(codesOf(contentUse({ item: itemFacts({ label: until(LATER) }) }))).toEqual(['USE_BEYOND_PURPOSE', 'CONDITION_NOT_MET']);
    expect(codesOf(contentUse({ item: itemFacts({ label: until(NOW) }) }))).toEqual([]);
    expect(codesOf(contentUse({ item: itemFacts({ label: until(null) }) }))).toEqual([]);
    expect(
      codesOf(contentUse({ item: itemFacts({ label: bearing({ code: 'CONDITIONS', by: EFCX, texts: [], notBefore: LATER }) }) })),
    ).toEqual([]);
    expect(codesOf(handedOn(until(NOW)))).toEqual([]);
    expect(codesOf(handedOn(until(null)))).toEqual([]);
    expect(codesOf(returned(until(LATER)))).toEqual([]);
  });
});

describe('a label that contradicts itself', () => {
  const red: WireLabel = { ...answerLabel, tlp: 'RED' };
  it('goes nowhere', () => {
    expect(codesOf(replyWith({ label: red }))).toEqual(['LABEL_CONTRADICTORY']);
    expect(codesOf(handedOn(red))).toEqual(['LABEL_CONTRADICTORY']);
    expect(codesOf(contentLabel({ change: { ...contentLabel().change, label: red } }))).toEqual(['LABEL_CONTRADICTORY']);
  });

  it('is not made by a holder who adds a caveat of its own', () => {
    const facts = contentRelease({ release: release({ label: widened(bearing(plain('RETURN', FIA))) }) });
    expect(codesOf(facts)).toEqual([]);
  });

  it('keeps the fact confidential for whoever hands it on or gave it, and for no stranger who said nothing of the kind', () => {
    const inNameOf = (by: typeof FIA) => contentRelease({ release: release({ label: widened(bearing(plain('CONFIDENTIAL_FACT', by))) }) });
    expect(codesOf(inNameOf(PROS))).toEqual(['LABEL_CONTRADICTORY']);
    for (const by of [FIA, FIX]) expect(codesOf(inNameOf(by))).not.toContain('LABEL_CONTRADICTORY');
  });
});

describe('what every item on the profile bears', () => {
  const envelope = submit({ exchangeType: 'SPONTANEOUS_DISCLOSURE', profile: 'SPONTANEOUS' }, { spontaneousBasis: 'UNCAC_56' });
  const disclosing = (over: Partial<ItemFacts>) => {
    const item = {
      ...contentSend().items[0]!,
      form: { schema: 'SPONTANEOUS_DISCLOSURE_1', present: ['relevance', 'facts', 'evaluation', 'asOf'], disclosures: [] },
      ...over,
    };
    return contentSend({ envelope, opening: envelope, items: [item] });
  };
  it('is set by the sender, whatever else it chooses', () => {
    expect(codesOf(disclosing({}))).toEqual([]);
    const bare = { ...contentSend().items[0]!.label, caveats: [] };
    expect(violationsOf(disclosing({ label: bare }))).toMatchObject([
      { code: 'MISSING_FIELD', sentence: expect.stringContaining('NO_THIRD_PARTY') },
    ]);
    expect(codesOf(disclosing({ label: bare, kind: 'PUBLIC_RECORD' }))).toEqual([]);
  });
});

describe('the label of a release', () => {
  it('is the item’s own, to which may only be added', () => {
    const stripped: WireLabel = { ...answerLabel, tlp: 'CLEAR', level: 'PUBLIC', caveats: [] };
    expect(violationsOf(contentRelease({ release: release({ label: stripped }) }))).toMatchObject([
      { code: 'CAVEAT_WEAKENED', offenders: [digest('item')], remedy: { action: 'keep-label' } },
    ]);
  });

  it('names the purposes that were consented to, and no others', () => {
    const wide = (purposes: WireLabel['purposes']) => contentRelease({ release: release({ label: { ...answerLabel, purposes } }) });
    expect(codesOf(wide(['INVESTIGATION']))).toEqual([]);
    expect(codesOf(wide(['INTELLIGENCE', 'TAX']))).toEqual(['CAVEAT_WEAKENED']);
  });

  it('may narrow to a purpose that the profile implies', () => {
    const item = itemFacts({ givenOn: 'EGMONT_FIU', label: { ...answerLabel, purposes: ['ASSET_TRACING'] } });
    expect(codesOf(contentRelease({ item, release: release({ label: { ...answerLabel, purposes: ['INTELLIGENCE'] } }) }))).toEqual([]);
  });
});

describe('the label of what is made from others', () => {
  const source: WireLabel = { ...answerLabel, caveats: [plain('RETURN', FIA)], originators: [FIA] };
  const cameFrom: ItemFacts['cameFrom'] = [{ authority: FIA, authorityType: 'FIU' }];
  const derived = (label: WireLabel) => replyWith({ kind: 'EXTRACT', derivedFrom: [digest('source')], sources: [source], cameFrom, label });
  it('is no weaker than their join', () => {
    const joined = { ...answerLabel, originators: [FIA, FIX], caveats: [...answerLabel.caveats, plain('RETURN', FIA)] };
    expect(codesOf(derived(joined))).toEqual([]);
    expect(codesOf(derived(answerLabel))).toEqual(['CAVEAT_WEAKENED']);
  });
});

describe('a caveat that is added', () => {
  it('is said', () => {
    const { label, ...nothing } = contentLabel().change;
    expect(label).toBeDefined();
    expect(codesOf(contentLabel({ change: nothing }))).toEqual(['MISSING_FIELD']);
    expect(codesOf(contentLabel({ change: { ...nothing, change: 'RETRACT' } }))).toEqual([]);
  });
});

it('knows the caveats of the wire and of the domain as one list', () => {
  const caveats: Caveat[] = bearing(named).caveats;
  expect(caveats).toHaveLength(4);
  expect(efcx.id).toBe(EFCX);
});

describe('an end of confidentiality', () => {
  const until = (at: Instant, by = FIX) => ({ code: 'CONFIDENTIAL_UNTIL' as const, by, until: at });
  const { now } = contentSend();
  const [gone, later] = [plusMs(now, -1), plusMs(now, 1)];
  const stating = (caveat: WireCaveat, sources: readonly (WireLabel | null)[] = []) => {
    const label = bearing(caveat);
    return itemFacts({ givenOn: null, cameFrom: [], statedLabel: label, label, sources });
  };
  const found = (facts: Parameters<typeof violationsOf>[0]) =>
    violationsOf(facts).flatMap(({ rule, offenders, remedy }) => (rule === 'label/confidential-ahead' ? [[...offenders, remedy]] : []));
  const sending = (item: ItemFacts) => found(contentReply(answer('FINAL_REPLY', {}), { items: [item] }));
  const WRONG = [[digest('item'), { action: 'complete-field', fields: ['label.caveats.CONFIDENTIAL_UNTIL'] }]];

  it('lies ahead where it is put on what is sent', () => {
    expect(sending(stating(until(gone)))).toEqual(WRONG);
    expect(sending(stating(until(now)))).toEqual(WRONG);
    expect(sending(stating(until(later)))).toEqual([]);
    // another’s word is not this sender’s to date, and what is sent again was dated when it was new
    expect(sending(stating(until(gone, FIA)))).toEqual([]);
    expect(sending({ ...stating(until(gone)), givenOn: 'BVI_BILATERAL_FIU' })).toEqual([]);
  });

  it('that has passed is taken over from what the item is made from', () => {
    const source = { ...answerLabel, caveats: [until(gone)] };
    expect(sending(stating(until(gone), [null, source]))).toEqual([]);
    expect(sending(stating(until(gone), [null, { ...source, caveats: [until(plusMs(gone, -1))] }]))).toEqual(WRONG);
  });

  it('lies ahead where it is added later', () => {
    const adding = (at: Instant, before: readonly WireCaveat[]) => {
      const { change } = contentLabel();
      const label = bearing(...before);
      return found(
        contentLabel({ change: { ...change, label: { ...label, caveats: [...label.caveats, until(at)] } }, item: itemFacts({ label }) }),
      );
    };
    expect(adding(gone, [])).toEqual(WRONG);
    expect(adding(later, [])).toEqual([]);
    expect(adding(gone, [until(gone)])).toEqual([]);
  });
});

describe('originators that a label statement adds', () => {
  const added = (over: object | null, id = PROS) =>
    contentLabel({ added: [{ id, authority: over === null ? null : { ...fix, id, ...over } }] });

  it('are current entries of the directory', () => {
    expect(codesOf(added({}))).toEqual([]);
    expect(codesOf(added({ standing: 'SUSPENDED' }))).toEqual([]);
    expect(codesOf(added({ entry: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    expect(codesOf(added({ entry: { ...fix.entry!, validUntil: NOW } }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    expect(violationsOf(added(null, authority('ZZ-NOBODY')))).toMatchObject([
      { code: 'ADDRESSEE_NOT_DESIGNATED', offenders: ['ZZ-NOBODY'], remedy: { action: 'choose-addressee', types: [] } },
    ]);
  });
});

describe('a day to destroy by', () => {
  const { change, now } = contentLabel();
  const adding = (destroyBy: Instant | null, before: Instant | null = null) =>
    violationsOf(
      contentLabel({
        change: { ...change, label: { ...answerLabel, destroyBy } },
        item: itemFacts({ label: { ...answerLabel, destroyBy: before } }),
      }),
    )
      .filter(({ rule }) => rule === 'label/destroy-ahead')
      .map(({ code, remedy }) => [code, remedy]);
  const WRONG = [['MISSING_FIELD', { action: 'complete-field', fields: ['label.destroyBy'] }]];

  it('lies ahead where it is added', () => {
    expect(adding(now)).toEqual(WRONG);
    expect(adding(plusMs(now, -1), plusMs(now, -2))).toEqual(WRONG);
    expect([adding(null), adding(plusMs(now, 1))]).toEqual([[], []]);
  });

  it('that has passed is said again with the rest of the label', () => {
    expect(adding(plusMs(now, -1), plusMs(now, -1))).toEqual([]);
  });

  it('is said by no change that has no label', () => {
    const { label, ...nothing } = change;
    expect(label).toBeDefined();
    expect(violationsOf(contentLabel({ change: { ...nothing, change: 'RETRACT' } }))).toEqual([]);
  });
});
