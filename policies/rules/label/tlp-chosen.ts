import { PROFILES } from '../../../domain/profiles/index.js';
import { TLPS, type Tlp } from '../../../domain/vocabulary.js';
import type { ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';

const isOpen = (tlp: Tlp): boolean => TLPS.indexOf(tlp) < TLPS.indexOf('AMBER');
/** What the law or its nature takes out of restrictions is shared as it says. */
const isFree = ({ kind }: ItemFacts): boolean => kind === 'PUBLIC_RECORD' || kind === 'FPS_REPORT';

export const tlpChosen = rule({
  id: 'label/tlp-chosen',
  code: 'CAVEAT_NOT_ALLOWED',
  on: ['send'],
  source: '6.1: GREEN and CLEAR for directory and guidance material alone [D]; FIRST TLP 2.0 [F:S44]',
  sentence: 'TLP:{tlp} tells a reader that it may spread {item}, and what is sent on {profile} goes to nobody without consent.',
  remedy: 'Choose AMBER+STRICT; what is open to everybody is a PUBLIC_RECORD.',
  violatedBy({ envelope, items }) {
    if (isOpen(PROFILES[envelope.profile].defaultLabel.tlp)) return [];
    return items
      .filter((item) => item.issuer === envelope.from && !isFree(item) && isOpen(item.label.tlp))
      .map(({ digest, label: { tlp } }) => ({
        fill: { tlp, item: digest, profile: envelope.profile },
        offenders: [digest],
        remedy: { action: 'complete-field', fields: ['label.tlp'] },
      }));
  },
});
