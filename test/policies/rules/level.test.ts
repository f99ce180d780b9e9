import { describe, expect, it } from 'vitest';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentAccess,
  contentConsent,
  contentRelease,
  contentSend,
  contentUse,
  EFCX,
  efcx,
  fix,
  itemFacts,
  officer,
  release,
} from '../../support/facts.js';

const secret = itemFacts({ label: { ...answerLabel, level: 'SECRET' } });
const cleared = { clearance: 'SECRET' } as const;
const deployment = { ...contentSend().deployment, levelMax: 'SECRET' } as const;

describe('the level', () => {
  it('is carried up to the highest that the system names', () => {
    const item = { ...contentSend().items[0]!, label: { ...contentSend().items[0]!.label, level: 'CONFIDENTIAL' as const } };
    const able = { officer: { ...contentSend().officer, ...cleared }, to: { ...fix, entry: { ...fix.entry!, ...cleared } } };
    expect(codesOf(contentSend({ items: [item], ...able, deployment }))).toEqual([]);
    expect(violationsOf(contentSend({ items: [item], ...able }))).toMatchObject([
      { code: 'CLASSIFICATION_EXCEEDS_SYSTEM', sentence: expect.stringContaining('RESTRICTED') },
    ]);
  });

  it('is no higher than the clearance of who gets it', () => {
    const to = { ...efcx, entry: { ...efcx.entry!, clearance: 'OFFICIAL' as const } };
    expect(violationsOf(contentRelease({ to }))).toMatchObject([
      { code: 'CLASSIFICATION_EXCEEDS_CLEARANCE', offenders: [EFCX, itemFacts().digest] },
    ]);
    expect(codesOf(contentConsent({ recipient: to }))).toEqual(['CLASSIFICATION_EXCEEDS_CLEARANCE']);
  });

  it('is that of the release where whoever hands it on raises it', () => {
    const raised = release({ label: { ...release().label, level: 'SECRET' } });
    expect(new Set(codesOf(contentRelease({ release: raised })))).toEqual(
      new Set(['CLASSIFICATION_EXCEEDS_SYSTEM', 'CLASSIFICATION_EXCEEDS_CLEARANCE']),
    );
  });

  it('is no higher than the clearance of the officer who acts', () => {
    const low = { ...officer(EFCX), clearance: 'OFFICIAL' as const };
    expect(codesOf(contentAccess({ officer: low }))).toEqual(['CLASSIFICATION_EXCEEDS_CLEARANCE']);
    expect(codesOf(contentUse({ officer: low }))).toEqual(['CLASSIFICATION_EXCEEDS_CLEARANCE']);
    expect(codesOf(contentRelease({ officer: { ...contentRelease().officer, clearance: 'PUBLIC' } }))).toEqual([
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
    ]);
  });

  it('is never lowered by a consent', () => {
    expect(codesOf(contentRelease({ item: secret, release: release({ label: { ...release().label, level: 'SECRET' } }) }))).toEqual([
      'CLASSIFICATION_EXCEEDS_SYSTEM',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
    ]);
  });
});

describe('protection', () => {
  const from = (postQuantumFrom: 'RESTRICTED' | 'CONFIDENTIAL' | null) => ({ ...contentSend().deployment, postQuantumFrom });
  const classical = itemFacts({ suites: ['age-pq-1', 'age-x25519-1'] });

  it('is too weak where one classical seal takes the quantum protection from the item', () => {
    expect(violationsOf(contentRelease({ item: classical }))).toMatchObject([
      {
        code: 'PROTECTION_TOO_WEAK',
        sentence: expect.stringContaining('age-x25519-1'),
        remedy: { action: 'reseal', suites: ['age-pq-1'] },
      },
    ]);
  });

  it('is judged at release and at consent too', () => {
    expect(
      codesOf(
        contentRelease({ release: release({ suite: 'openpgp-4' }), cited: [{ ...contentRelease().cited[0]!, suites: ['openpgp-4'] }] }),
      ),
    ).toEqual(['PROTECTION_TOO_WEAK']);
    expect(codesOf(contentConsent({ consent: { ...contentConsent().consent, suites: ['age-pq-1', 'openpgp-4'] } }))).toEqual([
      'PROTECTION_TOO_WEAK',
    ]);
  });

  it('is enough below the level that the deployment names, and where it names none', () => {
    expect(codesOf(contentRelease({ item: classical, deployment: from('CONFIDENTIAL') }))).toEqual([]);
    expect(codesOf(contentRelease({ item: classical, deployment: from(null) }))).toEqual([]);
  });

  it('is not asked of a release that seals to nobody', () => {
    const { suite, ...unsealed } = release();
    expect(suite).toBe('age-pq-1');
    expect(codesOf(contentRelease({ release: unsealed }))).toEqual([]);
  });
});
