import { hasCaveat } from '../../../domain/label.js';
import { isReply } from '../../../domain/messages.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { isOpenRecord } from '../../vocabulary.js';

const CAVEAT = 'SPECIALITY';

export const specialityOwed = rule({
  id: 'label/speciality',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'UNCAC 46(19) [F2:S3,S4]; 1.3: on every answer of an MLA exchange [D]',
  sentence: '{caveat} is mandatory on {item}, which answers on {profile}: it serves the proceedings of the request and no others.',
  remedy: 'Add the caveat in your own name, with the reference of the proceedings that the request is for.',
  violatedBy({ envelope, items }) {
    const { from, profile } = envelope;
    if (!PROFILES[profile].speciality || !isReply(envelope)) return [];
    return items
      .filter((item) => item.issuer === from && !isOpenRecord(item) && !hasCaveat(item.label, CAVEAT, from))
      .map(({ digest }) => ({
        fill: { caveat: CAVEAT, item: digest, profile },
        offenders: [digest],
        remedy: { action: 'complete-field' as const, fields: [`label.caveats.${CAVEAT}`] },
      }));
  },
});
