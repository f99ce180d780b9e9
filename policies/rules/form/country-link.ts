import { PROFILES } from '../../../domain/profiles/index.js';
import { isAboutWhatWasGiven } from '../../channels.js';
import { rule } from '../../rule.js';
import { inOneTerritory } from '../../vocabulary.js';

export const countryLink = rule({
  id: 'form/country-link',
  code: 'COUNTRY_LINK_MISSING',
  on: ['send'],
  source: 'Egmont ¶25 [F2:S9]; AMLD6 31(1) [F:S19]',
  sentence: 'Explain the link with {territory}, whose authority is asked.',
  remedy: 'Explain it in the sealed form, and name in clear the territory with the digest of the item that explains it.',
  violatedBy({ envelope, from, to }) {
    if (envelope.message !== 'SUBMIT' || isAboutWhatWasGiven(envelope) || !PROFILES[envelope.profile].countryLink) return [];
    // what is told unasked says why it concerns the other side: nobody is asked
    if (envelope.exchangeType === 'SPONTANEOUS_DISCLOSURE') return [];
    const territory = to?.entry?.territory;
    // without an entry there is no territory to explain: that is the addressee's rule; a leg at home needs no link
    if (territory === undefined || inOneTerritory(from, to)) return [];
    // a digest alone proves no explanation, and that of a text can be guessed: the item that bears it goes with the message
    const explained = envelope.body.links?.some((link) => link.territory === territory && envelope.items.includes(link.digest));
    if (explained === true) return [];
    return [{ fill: { territory }, offenders: [territory], remedy: { action: 'complete-field', fields: ['countryLink', 'body.links'] } }];
  },
});
