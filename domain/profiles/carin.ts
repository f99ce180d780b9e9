import type { ProfileId, Network } from '../vocabulary.js';
import { ABOUT_WHAT_WAS_GIVEN, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import type { Form } from './form.js';
import { ASSET_TRACING_ANSWER_FORM, ASSET_TRACING_FORM } from './forms/asset-tracing.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL, GROUNDS_LE } from './grounds.js';
import { INVESTIGATORS } from './investigators.js';
import type { Profile } from './profile.js';

/** What one asset-recovery network has of its own. */
export interface NetworkRow {
  readonly id: ProfileId & Network;
  readonly title: string;
  readonly source: string;
  /** working languages, read by every contact point beside what its entry lists */
  readonly languages: readonly string[];
  readonly form?: Form;
}

const CONTACTS = ['ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_OFFICE'] as const;

/** Contact points of one network, its members alone: whoever observes it, or sits in another, is no addressee of a case. */
export const createNetworkProfile = ({ id, title, source, languages, form = ASSET_TRACING_FORM }: NetworkRow): Profile =>
  createProfile({
    id,
    title,
    source,
    main: ['ASSET_TRACING_REQUEST'],
    opening: { form, answer: ASSET_TRACING_ANSWER_FORM },
    pairs: [{ from: CONTACTS, to: CONTACTS }],
    network: id,
    languages,
    defaultLabel: {
      level: 'RESTRICTED',
      tlp: 'AMBER+STRICT',
      caveats: ['INTEL_ONLY', 'NOT_FOR_EVIDENCE', 'NO_THIRD_PARTY'],
      purposes: ['INTELLIGENCE', 'ASSET_TRACING'],
    },
    clocks: [
      target('ARIN_PROMPT', 10, ['ASSET_TRACING_REQUEST'], 'the networks set no date', {
        askedAs: ['ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL'],
      }),
      target('ARO_PROMPT', 10, ['ASSET_TRACING_REQUEST'], 'the networks set no date; for offices of the Union see 3.6 [M?]', {
        askedAs: ['ASSET_RECOVERY_OFFICE'],
      }),
      ...ABOUT_WHAT_WAS_GIVEN,
    ],
    forwardRule:
      'To the investigating authority of the requesting State that the request names, until the one that gave it says otherwise; to anybody else with its consent.',
    exemptions: [
      {
        code: 'NAMED_TEAM',
        on: ['ASSET_TRACING_REQUEST'],
        side: 'REQUESTING',
        heldAs: CONTACTS,
        to: INVESTIGATORS,
        isNamed: true,
        whileOpen: false,
        purposes: null,
        lifts: ['NO_THIRD_PARTY'],
        source: 'section 12, on what CARIN says of itself [F:S36], [D]; rulings 2',
      },
    ],
    refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_LE],
  });

/** Modelled on what the network says of itself; not affiliated, not connected. */
export const CARIN: Profile = createNetworkProfile({
  id: 'CARIN',
  title: 'Contact points for asset recovery, Europe and invited jurisdictions',
  source: 'section 12 [D]; 5.1 [F:S36]; [S¶30-31]',
  languages: ['en'],
});
