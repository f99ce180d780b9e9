import { standsAside } from '../../exemptions.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { isFpsReport, isOpenRecord } from '../../vocabulary.js';

export const thirdParty = rule({
  id: 'consent/third-party',
  code: 'NO_THIRD_PARTY_CONSENT',
  on: ['release'],
  source: '[S¶29]; INR.40 ¶3 [M]; AMLD6 34(1) [F:S18]; CETS 198 46(6) [M]; exemptions of a channel: rulings 2',
  sentence: '{to} is a third party, and no consent that this release cites lets {originator} be quoted to it: {item} for {purpose}.',
  remedy: 'Send the originator a consent request that names recipient and purpose.',
  violatedBy(facts) {
    const { item, release } = facts;
    if (isOpenRecord(item) || isFpsReport(item)) return [];
    const agrees = standsAside(facts, 'NO_THIRD_PARTY');
    return item.label.originators
      .filter((originator) => !agrees(originator))
      .map((originator) => ({
        fill: { to: release.to, originator, item: item.digest, purpose: release.purpose },
        offenders: [originator],
        remedy: askFor(facts, originator),
      }));
  },
});
