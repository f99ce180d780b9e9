import { describe, expect, it } from 'vitest';
import { checkLabel, defaultLabel, labelFrom, PolicyRefusal, writeLabel } from '../../../client/sdk/index.js';
import { labelAdding } from '../../../client/sdk/labels.js';
import { certain } from '../../../domain/result.js';
import { parseAuthorityId } from '../../../domain/ids.js';
import type { Label } from '../../../domain/label.js';
import { label as labelSchema, ORIGINATORS_MAX } from '../../../domain/wire/label.js';
import { authority } from '../../support/ids.js';
import { WORLD_START } from '../../support/world.js';

const vg = certain(parseAuthorityId('VG-FIX'));
const ng = certain(parseAuthorityId('NG-FIA'));
const source = defaultLabel('BVI_BILATERAL_FIU', vg);
const own: Label = {
  level: 'OFFICIAL',
  tlp: 'GREEN',
  caveats: [],
  purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  originators: [ng],
  destroyBy: null,
};

const codesOf = (act: () => void): readonly string[] => {
  try {
    act();
    return [];
  } catch (error) {
    return error instanceof PolicyRefusal ? error.codes : ['?'];
  }
};

describe('a label before sealing', () => {
  it('takes over everything that a source forbids', () => {
    const joined = labelFrom(own, [source]);
    expect(joined).toMatchObject({
      level: 'RESTRICTED',
      tlp: 'AMBER+STRICT',
      purposes: ['INTELLIGENCE'],
      originators: ['NG-FIA', 'VG-FIX'],
    });
    expect(joined.caveats.map(({ code }) => code)).toEqual(['INTEL_ONLY', 'NOT_FOR_EVIDENCE', 'NO_THIRD_PARTY']);
    expect(codesOf(() => checkLabel(joined, [source]))).toEqual([]);
  });

  it('is refused where it is weaker than a source', () => {
    expect(codesOf(() => checkLabel(own, [source]))).toEqual(['CAVEAT_WEAKENED']);
  });

  it('is refused where the sources have more originators than one label names: it could not be signed', () => {
    const from = (count: number): Label => ({
      ...source,
      originators: Array.from({ length: count }, (_, n) => authority(`VG-F${String(n).padStart(2, '0')}`)),
    });
    const refused = (of: Label) => () => checkLabel(labelFrom({ ...own, originators: [] }, [of]), [of]);
    expect(refused(from(ORIGINATORS_MAX))).not.toThrow();
    const { originators } = from(ORIGINATORS_MAX);
    expect(refused(from(ORIGINATORS_MAX + 1))).toThrow(
      expect.objectContaining({
        violations: [
          expect.objectContaining({
            code: 'CAVEAT_WEAKENED',
            sentence: expect.stringContaining(`17 originators, and a label names ${ORIGINATORS_MAX}`) as unknown,
            remedy: { action: 'ask-originator', originators },
          }),
        ],
      }),
    );
  });

  it('is refused where the sources have no purpose in common', () => {
    const tax: Label = { ...own, purposes: ['TAX'] };
    expect(codesOf(() => checkLabel(labelFrom(tax, [source]), [source]))).toEqual(['LABEL_EMPTY']);
  });

  it('is refused where it contradicts itself', () => {
    expect(codesOf(() => checkLabel({ ...own, tlp: 'RED' }, []))).toEqual(['LABEL_CONTRADICTORY']);
  });

  it('has the caveats of whoever handed on what it is made from, and of no other stranger', () => {
    const named: Label = { ...source, caveats: [...source.caveats, { code: 'NO_EXPORT', by: ng }] };
    expect(codesOf(() => checkLabel(named, [named]))).toEqual([]);
    expect(codesOf(() => checkLabel(named, [source]))).toEqual(['LABEL_CONTRADICTORY']);
  });

  it('adds to an item what is new, and sets nothing anew that its originators lifted', () => {
    const signed: Label = {
      ...own,
      level: 'RESTRICTED',
      caveats: [
        { code: 'FPS_REPORT', by: ng },
        { code: 'NO_EXPORT', by: ng },
      ],
    };
    expect(labelAdding({ caveats: [{ code: 'INTEL_ONLY', by: vg }] }, signed)).toEqual({
      ...own,
      level: 'PUBLIC',
      tlp: 'CLEAR',
      caveats: [
        { code: 'FPS_REPORT', by: ng },
        { code: 'INTEL_ONLY', by: vg },
      ],
      originators: [ng, vg],
    });
  });

  it('is written so that it is read as the same label', () => {
    const rich: Label = {
      ...own,
      caveats: [
        { code: 'CONDITIONS', by: ng, texts: [], notBefore: WORLD_START },
        { code: 'CONDITIONS', by: vg, texts: [], notBefore: null },
        { code: 'CONFIDENTIAL_UNTIL', by: ng, until: WORLD_START },
        { code: 'NAMED_RECIPIENTS', by: ng, recipients: [ng, vg] },
        { code: 'NO_EXPORT', by: ng },
        { code: 'OTHER_RESTRICTION', by: ng, texts: [] },
        { code: 'SPECIALITY', by: ng, proceedings: ['p-1'] },
      ],
      destroyBy: WORLD_START,
    };
    for (const one of [rich, { ...rich, destroyBy: null }])
      expect(labelSchema.parse(JSON.parse(JSON.stringify(writeLabel(one))))).toEqual(one);
  });
});
