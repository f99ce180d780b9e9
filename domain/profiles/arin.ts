/** The eight other asset-recovery networks (5.2): a row each, one profile for all. A further one is a row here and in the vocabulary. */
import type { Profile } from './profile.js';
import { createNetworkProfile, type NetworkRow } from './carin.js';
import { ARIN_WCA_FORM } from './forms/asset-tracing.js';

const ROWS = [
  { id: 'ARIN_SA', title: 'Asset recovery network, Southern Africa', source: '5.2 [F:S36]; working language [D]', languages: ['en'] },
  {
    id: 'ARIN_RRAG',
    title: 'Asset recovery network of GAFILAT, Latin America',
    source: '5.2 [F2:S40], [M]; working language [D]',
    languages: ['es'],
  },
  { id: 'ARIN_AP', title: 'Asset recovery network, Asia and the Pacific', source: '5.2 [F:S42]; working language [D]', languages: ['en'] },
  { id: 'ARIN_EA', title: 'Asset recovery network, East Africa', source: '5.2 [F:S38]; working language [D]', languages: ['en'] },
  { id: 'ARIN_WA', title: 'Asset recovery network, West Africa', source: '5.2 [F:S38]; working languages [D]', languages: ['en', 'fr'] },
  {
    id: 'ARIN_CARIB',
    title: 'Asset recovery network, Caribbean',
    source: '5.2 [F:S38], [F2:S40]; working language [D]',
    languages: ['en'],
  },
  {
    id: 'ARIN_WCA',
    title: 'Asset recovery network, West and Central Asia',
    source: '5.2 [F:S38, S41]; working languages [D]',
    languages: ['en', 'ru'],
    form: ARIN_WCA_FORM,
  },
  {
    id: 'ARIN_MENA',
    title: 'Asset recovery network, Middle East and North Africa',
    source: '5.2 [F:S39]; working languages [D]',
    languages: ['ar', 'en'],
  },
] as const satisfies readonly NetworkRow[];

type ArinId = (typeof ROWS)[number]['id'];

export const ARINS = Object.fromEntries(ROWS.map((row) => [row.id, createNetworkProfile(row)])) as Readonly<Record<ArinId, Profile>>;
