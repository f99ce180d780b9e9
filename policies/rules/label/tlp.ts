import { TLPS } from '../../../domain/vocabulary.js';
import { standsAside } from '../../exemptions.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { agreesToRelease, isFpsReport, isOpenRecord } from '../../vocabulary.js';

export const tlp = rule({
  id: 'label/tlp',
  code: 'TLP_EXCEEDED',
  on: ['release'],
  source: 'FIRST TLP 2.0 [F:S44]; 6.1 [D]; rulings 2',
  sentence: 'TLP:{tlp} keeps {item} with {holder}, and {originator} has not agreed to {to}.',
  remedy: 'Ask the originator for consent.',
  violatedBy(facts) {
    const { item, release } = facts;
    if (isOpenRecord(item) || isFpsReport(item)) return [];
    // AMBER's "clients" mean nothing for authorities: it counts as AMBER+STRICT
    if (TLPS.indexOf(item.label.tlp) < TLPS.indexOf('AMBER')) return [];
    // a channel's exemption reaches as far as its own default; RED is for whom it was said to and nobody else
    const agrees = item.label.tlp === 'RED' ? agreesToRelease(facts) : standsAside(facts, 'NO_THIRD_PARTY');
    return item.label.originators
      .filter((originator) => !agrees(originator))
      .map((originator) => ({
        fill: { tlp: item.label.tlp, item: item.digest, holder: release.holder, originator, to: release.to },
        offenders: [originator],
        remedy: askFor(facts, originator),
      }));
  },
});
