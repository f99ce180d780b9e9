/** Who takes part: the authorities of the stories and their operator. All are fictional; the codes before the dash are real ISO codes and say nothing about any State. */
import type { AuthorityType, EntryFacts } from '../client/sdk/index.js';

export interface Member {
  readonly authority: string;
  readonly officer: string;
  readonly desk: string;
  readonly facts: EntryFacts;
}

interface Row {
  readonly code: string;
  readonly name: string;
  readonly type: AuthorityType;
  readonly timeZone: string;
  readonly languages?: readonly string[];
  /** accepts presumed consent on EGMONT_FIU */
  readonly presumes?: boolean;
}

const row = (code: string, name: string, type: AuthorityType, timeZone: string, rest: Partial<Row> = {}): Row => ({
  code,
  name,
  type,
  timeZone,
  ...rest,
});

const ROWS: readonly Row[] = [
  row('NG-FIA', 'Financial intelligence authority of the stories, NG', 'FIU', 'Africa/Lagos'),
  row('NG-EFCX', 'Anti-fraud police unit of the stories, NG', 'LAW_ENFORCEMENT', 'Africa/Lagos'),
  row('NG-PROS', 'Prosecution service of the stories, NG', 'PROSECUTION', 'Africa/Lagos'),
  row('NG-TAX', 'Revenue office of the stories, NG', 'TAX_AUTHORITY', 'Africa/Lagos'),
  row('VG-FIX', 'Financial investigation agency of the stories, VG', 'FIU', 'America/Tortola'),
  row('EE-FIN', 'Financial intelligence unit of the stories, EE', 'FIU', 'Europe/Tallinn', { languages: ['et', 'en'], presumes: true }),
  row('EE-POL', 'Criminal police of the stories, EE', 'LAW_ENFORCEMENT', 'Europe/Tallinn', { languages: ['et', 'en'] }),
  row('EE-TAX', 'Tax board of the stories, EE', 'TAX_AUTHORITY', 'Europe/Tallinn', { languages: ['et', 'en'] }),
  row('CH-FIN', 'Money laundering reporting office of the stories, CH', 'FIU', 'Europe/Zurich', {
    languages: ['de', 'fr', 'en'],
    presumes: true,
  }),
  row('LI-FIN', 'Financial intelligence unit of the stories, LI', 'FIU', 'Europe/Vaduz', { languages: ['de', 'en'] }),
  row('KZ-ARC', 'Asset recovery contact point of the stories, KZ', 'ARIN_CONTACT_LE', 'Asia/Almaty', { languages: ['kk', 'en'] }),
  row('KZ-PGO', 'Central authority of the stories, KZ', 'CENTRAL_AUTHORITY_MLA', 'Asia/Almaty', { languages: ['kk', 'en'] }),
  row('GG-ARC', 'Asset recovery contact point of the stories, GG', 'ARIN_CONTACT_JUDICIAL', 'Europe/Guernsey'),
  row('GG-LAW', 'Central authority of the stories, GG', 'CENTRAL_AUTHORITY_MLA', 'Europe/Guernsey'),
];

const memberOf = ({ code, name, type, timeZone, languages, presumes }: Row): Member => ({
  authority: code,
  officer: 'o-1',
  desk: 'INTAKE',
  facts: {
    name,
    territory: code.slice(0, 2),
    types: [type],
    languages: languages ?? ['en'],
    clearance: 'RESTRICTED',
    timeZone,
    presumedConsent: presumes === true ? ['EGMONT_FIU'] : [],
    // one person has both roles here; an authority of any size has two
    roles: ['OFFICER', 'COMPLIANCE'],
  },
});

export const DIRECTORY: readonly Member[] = ROWS.map(memberOf);

/** Designates the others and reads nothing: its root is the one that the gateway is told at its start. */
export const OPERATOR = { authority: 'OP', officer: 'op-1', desk: 'OPERATIONS' } as const;

/** @throws RangeError for a code that is not in the directory */
export function memberNamed(code: string): Member {
  const member = DIRECTORY.find(({ authority }) => authority === code);
  if (member === undefined) throw new RangeError(`no authority ${code} in the demo's directory`);
  return member;
}
