import { PROFILES } from '../../../domain/profiles/index.js';
import { ASSISTANCE_TYPES, COERCIVE_BY_CASE } from '../../../domain/vocabulary.js';
import type { EnvelopePayload } from '../../../domain/wire/envelope.js';
import { isExcepted } from '../../channels.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

type Asked = NonNullable<Extract<EnvelopePayload, { message: 'SUBMIT' }>['body']['parts']>[number];

/** The kind compels somebody whatever the case is, and the part says that nobody is compelled. */
const isBelied = ({ assistanceType, coercive }: Asked): boolean =>
  !coercive && ASSISTANCE_TYPES[assistanceType].coercive && !COERCIVE_BY_CASE.has(assistanceType);

export const coerciveFlag = rule({
  id: 'form/coercive-flag',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'UNCAC 46(3), 46(9)(b) [M]: what is coercive is marked so; 1.3, [S¶17] [D]',
  sentence: '{parts} asks for what is coercive by its kind and says that it is not.',
  remedy: 'Mark the part as coercive, or ask for a kind of help that compels nobody.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT') return [];
    // on an informal channel it cannot be asked for, however it is marked: channel/coercive says so
    const asked = (envelope.body.parts ?? []).filter(
      ({ assistanceType }) => PROFILES[envelope.profile].formal || isExcepted(assistanceType, envelope),
    );
    const belied = asked.filter(isBelied);
    const parts = belied.map(({ id, assistanceType }) => `${id} (${assistanceType})`);
    return parts.length === 0
      ? []
      : [
          {
            fill: { parts: named(parts) },
            offenders: belied.map(({ id }) => id),
            remedy: { action: 'complete-field', fields: ['body.parts'] },
          },
        ];
  },
});
