import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** `en-GB` is read where `en` is accepted. */
const primary = (language: string): string => language.slice(0, 2 + Number(/^[a-z]{3}/.test(language)));

export const language = rule({
  id: 'form/language',
  code: 'LANGUAGE_NOT_ACCEPTED',
  on: ['send'],
  source: 'UNCAC 46(14) [M]; [F:S5]; networks: 5.1 [F:S36]',
  sentence: '{to} accepts {languages}, not {language}; attach a translation.',
  remedy:
    'Say it in a language that the addressee accepts, with the original beside it; of what the other side has already, attach a translation.',
  violatedBy({ envelope, to, items }) {
    const listed = to?.entry?.languages;
    // without an entry nobody knows the languages: that is the addressee's rule
    if (listed === undefined) return [];
    // whoever sits in a network reads its language, whatever else is agreed
    const accepted = [...new Set([...listed, ...PROFILES[envelope.profile].languages].map(primary))];
    const translated = items.some(
      ({ kind, language: into }) => kind === 'TRANSLATION' && into !== null && accepted.includes(primary(into)),
    );
    return translated || accepted.includes(primary(envelope.language))
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
