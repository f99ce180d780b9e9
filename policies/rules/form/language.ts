import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** `en-GB` is read where `en` is accepted. */
const primary = (language: string): string => language.slice(0, 2 + Number(/^[a-z]{3}/.test(language)));

export const language = rule({
  id: 'form/language',
  code: 'LANGUAGE_NOT_ACCEPTED',
  on: ['send'],
  source: 'UNCAC 46(14) [M]; [F:S5]',
  sentence: '{to} accepts {languages}, not {language}; attach a translation.',
  remedy: 'Attach a translation into a language that the addressee accepts.',
  violatedBy({ envelope, to, items }) {
    const accepted = to?.entry?.languages.map(primary);
    // without an entry nobody knows the languages: that is the addressee's rule
    if (accepted === undefined || accepted.includes(primary(envelope.language))) return [];
    const translated = items.some(
      ({ kind, language: into }) => kind === 'TRANSLATION' && into !== null && accepted.includes(primary(into)),
    );
    return translated
      ? []
      : [
          {
            fill: { to: envelope.to, languages: named(accepted), language: envelope.language },
            offenders: [envelope.language],
            remedy: { action: 'translate', languages: accepted },
          },
        ];
  },
});
