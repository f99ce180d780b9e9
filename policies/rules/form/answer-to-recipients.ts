import { rule } from '../../rule.js';

export const answerToRecipients = rule({
  id: 'form/answer-to-recipients',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'A.3 FINAL_REPLY, NEGATIVE_REPLY guard [D]; Egmont, near ¶38 [F2:S9]; rulings 1',
  sentence: 'consentToIntendedRecipients is mandatory for {recipient}, whom the request names: GRANT, REFUSE or SILENT.',
  remedy: 'Answer for each recipient that the request names; silence is an answer of its own and has to be said.',
  violatedBy({ envelope, opening }) {
    if ((envelope.message !== 'FINAL_REPLY' && envelope.message !== 'NEGATIVE_REPLY') || opening.message !== 'SUBMIT') return [];
    const answers = envelope.body.consentToIntendedRecipients ?? [];
    const isAnswered = (named: { authority: string; authorityType: string }): boolean =>
      answers.some(({ authority, authorityType }) => authority === named.authority && authorityType === named.authorityType);
    return (opening.body.intendedRecipients ?? [])
      .filter((recipient) => !isAnswered(recipient))
      .map(({ authority }) => ({
        fill: { recipient: authority },
        offenders: [authority],
        remedy: { action: 'complete-field', fields: ['body.consentToIntendedRecipients'] },
      }));
  },
});
