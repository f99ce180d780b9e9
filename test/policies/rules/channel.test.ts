import { describe, expect, it } from 'vitest';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answer,
  answerLabel,
  contentRelease,
  contentReply,
  contentSend,
  designated,
  EFCX,
  efcx,
  exchange,
  FIA,
  fia,
  FIX,
  fix,
  grant,
  itemFacts,
  PROS,
  release,
  submit,
} from '../../support/facts.js';
import { authority, digest } from '../../support/ids.js';

const opening = (
  over: Parameters<typeof submit>[0],
  body: Parameters<typeof submit>[1] = {},
  facts: Parameters<typeof contentSend>[0] = {},
) => {
  const envelope = submit(over, body);
  return contentSend({ envelope, opening: envelope, ...facts });
};
const as = (id: typeof FIA, type: AuthorityType) => designated(id, [type]);

describe('who may speak to whom', () => {
  it('keeps a tax authority from asking on a channel between FIUs and police', () => {
    const facts = opening({ from: authority('NG-TAX'), fromType: 'TAX_AUTHORITY' }, {}, { from: as(authority('NG-TAX'), 'TAX_AUTHORITY') });
    const found = violationsOf(facts).filter(({ rule }) => rule.startsWith('channel/'));
    expect(found).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/pair', remedy: { action: 'choose-addressee', types: ['FIU', 'LAW_ENFORCEMENT'] } },
    ]);
    expect(found[0]!.sentence).toContain('TAX_AUTHORITY may not address FIU with FIU_REQUEST on BVI_BILATERAL_FIU');
  });

  it('names the profile on which the two may speak', () => {
    const facts = opening({ exchangeType: 'SPONTANEOUS_DISCLOSURE' });
    expect(violationsOf(facts)).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', remedy: { action: 'use-profile', profiles: ['SPONTANEOUS'] } },
    ]);
  });

  it('keeps domestic handing on within one territory', () => {
    const abroad = as(authority('GH-POL'), 'LAW_ENFORCEMENT');
    const send = (to: typeof fia, over = {}) =>
      opening(
        { profile: 'DOMESTIC_ONWARD', exchangeType: 'SPONTANEOUS_DISCLOSURE', to: to.id, toType: 'LAW_ENFORCEMENT', ...over },
        {},
        {
          to,
          items: [
            { ...contentSend().items[0]!, form: { schema: 'x', present: ['relevance', 'facts', 'evaluation', 'asOf'], disclosures: [] } },
          ],
        },
      );
    expect(codesOf(send(efcx))).toEqual([]);
    expect(codesOf(send(abroad))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(send({ ...efcx, entry: null }))).toContain('CHANNEL_NOT_PERMITTED');
    expect(codesOf(contentSend({ ...send(efcx), from: null }))).toEqual(['CHANNEL_NOT_PERMITTED', 'CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentSend({ ...send(efcx), to: null }))).toContain('CHANNEL_NOT_PERMITTED');
    expect(codesOf(contentSend({ ...send(efcx), from: { ...fia, entry: null } }))).toContain('CHANNEL_NOT_PERMITTED');
  });

  it('lets a holder ask an originator for consent, whichever of the two had asked first', () => {
    const consent = {
      items: [digest('item')],
      recipient: { authority: PROS, authorityType: 'PROSECUTION' as const, purposes: ['INVESTIGATION' as const] },
      until: plusMs(contentSend().now, DAY_MS),
    };
    const asking = (over: Parameters<typeof submit>[0], facts: Parameters<typeof contentSend>[0]) =>
      opening({ exchangeType: 'CONSENT_REQUEST', ...over }, { consent }, facts);
    expect(codesOf(asking({}, { items: [] }))).toEqual([]);
    const backwards = { profile: 'DOMESTIC_ONWARD' as const, from: EFCX, fromType: 'LAW_ENFORCEMENT' as const, to: FIA };
    expect(codesOf(asking(backwards, { items: [], from: efcx, to: fia }))).toEqual([]);
  });

  it('lets nobody act as a type that it is not designated as', () => {
    expect(codesOf(contentSend({ from: as(FIA, 'SUPERVISOR') }))).toEqual(['CHANNEL_NOT_PERMITTED']);
  });
});

describe('an exchange', () => {
  const reply = answer('FINAL_REPLY', {});
  it('goes back on the way it came', () => {
    expect(codesOf(contentReply(reply))).toEqual([]);
    expect(codesOf(contentReply({ ...reply, profile: 'EGMONT_FIU' }))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentReply({ ...reply, exchangeType: 'CONSENT_REQUEST' }))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentReply(reply, { exchange: { ...exchange, requestedType: 'COURT' } }))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentReply(reply, { exchange: { ...exchange, requestingType: 'COURT' } }))).toEqual(['CHANNEL_NOT_PERMITTED']);
  });

  it('is continued by who opened it as the type that opened it', () => {
    const status = answer('STATUS_REQUEST', {}, { from: FIA, to: FIX });
    expect(codesOf(contentReply(status, { from: fia, to: fix, officer: contentSend().officer, items: [] }))).toEqual([]);
  });
});

describe('handing on', () => {
  const pros = as(PROS, 'PROSECUTION');
  it('follows the pairs of a profile, from the type as which the item is held', () => {
    const act = { cited: [grant({ recipient: PROS, recipientType: 'COURT' })], to: as(PROS, 'COURT') };
    const toCourt = contentRelease({ release: release({ to: PROS, toType: 'COURT' }), ...act });
    expect(violationsOf(toCourt)).toMatchObject([
      {
        code: 'CHANNEL_NOT_PERMITTED',
        rule: 'channel/onward-pair',
        remedy: { action: 'choose-addressee', types: expect.arrayContaining(['LAW_ENFORCEMENT']) },
      },
    ]);
    // whom it could not be given to is no way on
    expect(violationsOf(toCourt)).not.toMatchObject([{ remedy: { types: expect.arrayContaining(['COURT']) } }]);
    const holder = designated(FIA, ['FIU', 'CENTRAL_AUTHORITY_MLA']);
    const central = { ...toCourt, heldAs: ['CENTRAL_AUTHORITY_MLA'] as const, holder };
    expect(codesOf(central)).toEqual([]);
    // a designation that was withdrawn opens no channel any more
    expect(codesOf({ ...central, holder: fia })).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf({ ...central, holder: null })).toContain('CHANNEL_NOT_PERMITTED');
    expect(pros.id).toBe(PROS);
  });

  it('never reaches oversight or the operator', () => {
    const to = as(PROS, 'OVERSIGHT');
    const facts = contentRelease({
      release: release({ to: PROS, toType: 'OVERSIGHT' }),
      to,
      cited: [grant({ recipient: PROS, recipientType: 'OVERSIGHT' })],
    });
    expect(codesOf(facts)).toEqual(['CHANNEL_NOT_PERMITTED']);
  });

  it('stays at home where the pair is domestic', () => {
    const abroad = as(authority('GH-PROS'), 'PROSECUTION');
    const facts = contentRelease({
      release: release({ to: abroad.id, toType: 'PROSECUTION' }),
      to: abroad,
      cited: [grant({ recipient: abroad.id, recipientType: 'PROSECUTION' })],
    });
    expect(codesOf(facts)).toEqual(['CHANNEL_NOT_PERMITTED']);
  });

  it('goes back to where it came from on any channel', () => {
    const label = { ...answerLabel };
    const court = as(FIX, 'COURT');
    const item = itemFacts({ cameFrom: [{ authority: FIX, authorityType: 'COURT' }] });
    const facts = contentRelease({ item, to: court, release: release({ to: FIX, toType: 'COURT', label }), cited: [], consents: [] });
    expect(codesOf(facts)).toEqual([]);
  });
});

describe('coercive measures', () => {
  it('are asked for by formal request only', () => {
    expect(violationsOf(opening({ assistanceTypes: ['FREEZING', 'INFORMATION_HELD'] }))).toMatchObject([
      { code: 'COERCIVE_MEASURE_INFORMAL', offenders: ['FREEZING'], remedy: { action: 'formal-mla', via: 'CENTRAL_AUTHORITY_MLA' } },
    ]);
    const parts = (assistanceType: 'SEARCH' | 'INFORMATION_HELD', coercive: boolean) =>
      opening({}, { parts: [{ id: 'a', assistanceType, coercive }] });
    expect(codesOf(parts('SEARCH', false))).toEqual(['COERCIVE_MEASURE_INFORMAL']);
    expect(codesOf(parts('INFORMATION_HELD', true))).toEqual(['COERCIVE_MEASURE_INFORMAL']);
    expect(codesOf(parts('INFORMATION_HELD', false))).toEqual([]);
  });

  it('may be talked about in a consultation, and not asked for', () => {
    const central = (id: typeof FIA) => as(id, 'CENTRAL_AUTHORITY_MLA');
    const consulting = (body: Parameters<typeof submit>[1]) =>
      opening(
        {
          exchangeType: 'INFORMAL_CONSULTATION',
          profile: 'INFORMAL_MLA_CONSULT',
          fromType: 'CENTRAL_AUTHORITY_MLA',
          toType: 'CENTRAL_AUTHORITY_MLA',
          assistanceTypes: ['FREEZING'],
        },
        { consultationKind: 'FEASIBILITY', confidentiality: 'SUBSTANCE', ...body },
        {
          from: central(FIA),
          to: central(FIX),
          items: [
            {
              ...contentSend().items[0]!,
              form: { schema: 'x', present: ['offenceSummary', 'question', 'plannedTiming'], disclosures: [] },
            },
          ],
        },
      );
    expect(codesOf(consulting({}))).toEqual([]);
    expect(codesOf(consulting({ parts: [{ id: 'a', assistanceType: 'FREEZING', coercive: true }] }))).toEqual([
      'COERCIVE_MEASURE_INFORMAL',
    ]);
  });
});
