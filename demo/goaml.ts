/**
 * A goAML 5.0.2 report about a fictional company, as one national profile has it: elements in the order of the schema.
 * goAML has no field for caveats, consent or purpose, so the label stands as text at the head of `reason` (domain 8.3).
 */

export interface GoamlReport {
  /** the reporting body's number at its own unit, from 1 */
  readonly reportingId: number;
  /** a code of the national look-up, never of goAML itself: ECDD asks for information without transactions */
  readonly reportCode: string;
  readonly ownReference: string;
  readonly counterpartReference?: string;
  /** `yyyy-mm-ddThh:mm:ss`, local */
  readonly date: string;
  readonly currency: string;
  readonly label: string;
  readonly reason: string;
  readonly action: string;
  readonly company: {
    readonly name: string;
    readonly registrationNumber: string;
    readonly business: string;
    /** ISO 3166-1 alpha-2 */
    readonly country: string;
    readonly significance: string;
  };
  /** codes of the national look-up */
  readonly indicators: readonly string[];
}

type Node = readonly [name: string, content: string | readonly Node[]];

export function goamlReport(report: GoamlReport): string {
  const { company } = report;
  const entity: Node = [
    'entity',
    [
      ['name', company.name],
      ['incorporation_number', company.registrationNumber],
      ['business', company.business],
      ['incorporation_country_code', company.country],
    ],
  ];
  const party: Node = [
    'report_party',
    [entity, ['country', company.country], ['is_suspected', 'true'], ['significance', '5'], ['reason', company.significance]],
  ];
  const root: Node = [
    'report',
    [
      ['schema_version', '5.0.2'],
      ['rentity_id', String(report.reportingId)],
      ['submission_code', 'E'],
      ['report_code', report.reportCode],
      ['entity_reference', report.ownReference],
      ...(report.counterpartReference === undefined ? [] : [['fiu_ref_number', report.counterpartReference] as const]),
      ['submission_date', report.date],
      ['currency_code_local', report.currency],
      ['reason', `${report.label}\n${report.reason}`],
      ['action', report.action],
      ['activity', [['report_parties', [party]]]],
      ['report_indicators', report.indicators.map((code) => ['indicator', code] as const)],
    ],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;
}

function write([name, content]: Node, indent: string): string {
  if (typeof content === 'string') return `${indent}<${name}>${escaped(content)}</${name}>\n`;
  return `${indent}<${name}>\n${content.map((node) => write(node, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
