import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goamlReport, type GoamlReport } from '../../demo/goaml.js';

const SCHEMA = new URL('../../../shared/vectors/goaml/goAMLSchema-5.0.2.xsd', import.meta.url).pathname;
const hasValidator = spawnSync('xmllint', ['--version']).error === undefined;
const why = !existsSync(SCHEMA)
  ? ' (skipped: the schema is not beside this repository)'
  : hasValidator
    ? ''
    : ' (skipped: no xmllint here)';

const REPORT: GoamlReport = {
  reportingId: 1,
  reportCode: 'ECDD',
  ownReference: 'A-1',
  date: '2026-05-08T09:00:00',
  currency: 'NGN',
  label: 'RESTRICTED // INTEL_ONLY',
  reason: 'Payments of <Company-B> & others.',
  action: 'Asked for the owner.',
  company: { name: 'Company-A', registrationNumber: '1904217', business: 'consultancy', country: 'VG', significance: 'recipient' },
  indicators: ['BBCRP'],
};

const namesIn = (xml: string): string[] => [...xml.matchAll(/^ {2}<(\w+)>/gm)].map(([, name]) => name!);

describe('the goAML report of the demo', () => {
  it('holds its elements in the order of the schema', () => {
    expect(namesIn(goamlReport(REPORT))).toEqual([
      'schema_version',
      'rentity_id',
      'submission_code',
      'report_code',
      'entity_reference',
      'submission_date',
      'currency_code_local',
      'reason',
      'action',
      'activity',
      'report_indicators',
    ]);
  });

  it('names the counterpart’s reference where there is one', () => {
    expect(namesIn(goamlReport({ ...REPORT, counterpartReference: 'VG-118' }))[5]).toBe('fiu_ref_number');
  });

  it('bears the label at the head of its reason, since goAML has no field for it', () => {
    expect(goamlReport(REPORT)).toContain('<reason>RESTRICTED // INTEL_ONLY\nPayments of &lt;Company-B&gt; &amp; others.</reason>');
  });

  it.skipIf(why !== '')(`is valid under goAML 5.0.2${why}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-goaml-'));
    const file = join(folder, 'report.xml');
    writeFileSync(file, goamlReport({ ...REPORT, counterpartReference: 'VG-118' }));
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stderr).toContain('validates');
    expect(status).toBe(0);
  });
});
