import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';

export const countryLink = rule({
  id: 'form/country-link',
  code: 'COUNTRY_LINK_MISSING',
  on: ['send'],
  source: 'Egmont ¶25 [F2:S9]; AMLD6 31(1) [F:S19]',
  sentence: 'Explain the link with {territory}, whose authority is asked.',
  remedy: 'Explain it in the sealed form and name the territory with the digest of that text.',
  violatedBy({ envelope, to }) {
    if (envelope.message !== 'SUBMIT' || envelope.exchangeType === 'CONSENT_REQUEST' || !PROFILES[envelope.profile].countryLink) return [];
    const territory = to?.entry?.territory;
    // without an entry there is no territory to explain: that is the addressee's rule
    if (territory === undefined || envelope.body.links?.some((link) => link.territory === territory)) return [];
    return [{ fill: { territory }, offenders: [territory], remedy: { action: 'complete-field', fields: ['body.links'] } }];
  },
});
