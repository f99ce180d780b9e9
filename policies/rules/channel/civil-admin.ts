import { isAboutWhatWasGiven } from '../../channels.js';
import { FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';

export const civilAdmin = rule({
  id: 'channel/civil-admin',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'UNCAC 43(1) [M]; [S¶20, ¶33-36]; directory 1.4',
  sentence: '{to} helps in no civil or administrative matter: criminal MLA only.',
  remedy: 'Ask by formal request where the matter is criminal too; in civil and administrative matters a State may help and need not.',
  violatedBy({ envelope, exchange, to }) {
    const { matterType, exchangeType } = envelope;
    // whoever asks for consent, or tells something, asks for no help
    const isHelp = !isAboutWhatWasGiven(envelope) && exchangeType !== 'SPONTANEOUS_DISCLOSURE';
    const isCivil = exchangeType === 'CIVIL_ADMIN_REQUEST' || matterType === 'CIVIL' || matterType === 'ADMINISTRATIVE';
    return exchange === null && isHelp && isCivil && to?.entry?.civilAdminCooperation === 'NONE'
      ? [{ fill: { to: envelope.to }, offenders: [envelope.to], remedy: FORMAL_MLA }]
      : [];
  },
});
