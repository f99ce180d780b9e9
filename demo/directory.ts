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
  /** where its code does not begin with it */
  readonly territory?: string;
  readonly declares?: EntryFacts['declares'];
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
  row('KZ-ARC', 'Asset recovery contact point of the stories, KZ', 'ARIN_CONTACT_LE', 'Asia/Almaty', {
    languages: ['kk', 'en'],
    declares: { networks: [{ network: 'CARIN', seat: 'MEMBER' }] },
  }),
  row('KZ-PGO', 'Central authority of the stories, KZ', 'CENTRAL_AUTHORITY_MLA', 'Asia/Almaty', { languages: ['kk', 'en'] }),
  row('KZ-INV', 'Investigation team of the stories, KZ', 'LAW_ENFORCEMENT', 'Asia/Almaty', { languages: ['kk', 'en'] }),
  row('GG-ARC', 'Asset recovery contact point of the stories, GG', 'ARIN_CONTACT_JUDICIAL', 'Europe/Guernsey', {
    declares: { networks: [{ network: 'CARIN', seat: 'MEMBER' }] },
  }),
  row('GG-LAW', 'Central authority of the stories, GG', 'CENTRAL_AUTHORITY_MLA', 'Europe/Guernsey'),
  row('CARIN-OBS', 'Observing body of the stories, in the network of contact points', 'INTERNATIONAL_BODY', 'Europe/Amsterdam', {
    territory: 'NL',
    declares: { networks: [{ network: 'CARIN', seat: 'OBSERVER' }] },
  }),
  row('US-OIX', 'Central authority of the stories, US', 'CENTRAL_AUTHORITY_MLA', 'America/New_York'),
  row('MY-AGX', 'Central authority of the stories, MY', 'CENTRAL_AUTHORITY_MLA', 'Asia/Kuala_Lumpur', { languages: ['ms', 'en'] }),
  row('MY-ACX', 'Anti-corruption commission of the stories, MY', 'ANTI_CORRUPTION_LEA', 'Asia/Kuala_Lumpur', { languages: ['ms', 'en'] }),
  row('AO-CIV', 'Focal point for civil and administrative matters of the stories, AO', 'CIVIL_ADMIN_FOCAL_POINT', 'Africa/Luanda', {
    languages: ['pt', 'en'],
  }),
  row('PT-CIV', 'Focal point for civil and administrative matters of the stories, PT', 'CIVIL_ADMIN_FOCAL_POINT', 'Europe/Lisbon', {
    languages: ['pt', 'en'],
  }),
  row('CH-CEN', 'Central authority of the stories, CH', 'CENTRAL_AUTHORITY_MLA', 'Europe/Zurich', {
    languages: ['de', 'fr', 'en'],
    declares: { civilAdminCooperation: 'NONE' },
  }),
  row('KE-EXT', 'Central authority for extradition of the stories, KE', 'CENTRAL_AUTHORITY_EXTRADITION', 'Africa/Nairobi'),
  row('KE-PROS', 'Prosecution service of the stories, KE', 'PROSECUTION', 'Africa/Nairobi'),
  row('AE-EXT', 'Central authority for extradition of the stories, AE', 'CENTRAL_AUTHORITY_EXTRADITION', 'Asia/Dubai', {
    languages: ['ar', 'en'],
  }),
];

const memberOf = ({ code, name, type, timeZone, languages, presumes, territory, declares }: Row): Member => ({
  authority: code,
  officer: 'o-1',
  desk: 'INTAKE',
  facts: {
    name,
    territory: territory ?? code.slice(0, 2),
    types: [type],
    languages: languages ?? ['en'],
    clearance: 'RESTRICTED',
    timeZone,
    presumedConsent: presumes === true ? ['EGMONT_FIU'] : [],
    ...(declares === undefined ? {} : { declares }),
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
