import { rule } from '../../rule.js';
import { named, NONE } from '../../vocabulary.js';

export const desk = rule({
  id: 'holding/desk',
  code: 'NOT_AT_DESK',
  on: ['access'],
  source: 'protocol 6: officer on the exchange; section 12, cross-profile rule 3 [D]',
  sentence: '{officer} sits at none of the desks of {reader} to which {item} is sealed here ({desks}), and could not open it.',
  remedy: 'Let an officer of the desk read it, or have the authority’s quorum open it.',
  violatedBy({ access, item, officer, sealedTo, seatedAt, byQuorum }) {
    // what a quorum opens, it opens because no desk does
    if (byQuorum || sealedTo.some((one) => seatedAt.includes(one))) return [];
    const fill = { officer: officer.officer, reader: access.reader, item: item.digest, desks: named(sealedTo) };
    return [{ fill, offenders: [officer.officer], remedy: NONE }];
  },
});
