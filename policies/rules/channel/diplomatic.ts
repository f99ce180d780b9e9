import { declaredAs } from '../../../domain/wire/declarations.js';
import { rule } from '../../rule.js';

export const diplomatic = rule({
  id: 'channel/diplomatic',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'UNCAC 46(13): a State may require diplomatic channels [M]',
  sentence: '{to} takes formal requests through diplomatic channels alone: its entry says so.',
  remedy: 'Send it on paper, through the foreign ministries; speak of it before and beside that as an informal consultation.',
  violatedBy({ envelope: { exchangeType, toType }, exchange, to }) {
    // what is urgent goes by the bureaux where both agreed, beside diplomatic channels (46(13))
    const isLodged = exchange === null && exchangeType === 'FORMAL_MLA_REQUEST' && toType !== 'INTERPOL_NCB';
    if (!isLodged || to === null || to.entry === null) return [];
    return declaredAs(to.entry, toType).requirements?.requiresDiplomaticChannel === true
      ? [{ fill: { to: to.id }, offenders: [to.id], remedy: { action: 'use-profile', profiles: ['INFORMAL_MLA_CONSULT'] } }]
      : [];
  },
});
