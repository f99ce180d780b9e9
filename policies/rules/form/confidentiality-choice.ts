import { PROFILES } from '../../../domain/profiles/index.js';
import { isAboutWhatWasGiven, mattersDiffer } from '../../channels.js';
import { rule } from '../../rule.js';

export const confidentialityChoice = rule({
  id: 'form/confidentiality-choice',
  code: 'CONFIDENTIALITY_CHOICE_REQUIRED',
  on: ['send'],
  source: '[S¶22, ¶33-36]; UNCAC 46(20) [M]; 7.5',
  sentence: 'Say whether fact and substance of this {matter} matter are confidential on {profile}; there is no default.',
  remedy: 'Choose FACT_AND_SUBSTANCE, SUBSTANCE or NONE.',
  violatedBy({ envelope }) {
    const { matterType, profile } = envelope;
    if (envelope.message !== 'SUBMIT' || isAboutWhatWasGiven(envelope) || envelope.body.confidentiality !== undefined) return [];
    const isOwed =
      PROFILES[profile].confidentialityChoice ||
      matterType === 'CIVIL' ||
      matterType === 'ADMINISTRATIVE' ||
      mattersDiffer(envelope) !== null;
    return isOwed
      ? [
          {
            fill: { matter: matterType, profile },
            offenders: ['confidentiality'],
            remedy: { action: 'complete-field', fields: ['body.confidentiality'] },
          },
        ]
      : [];
  },
});
