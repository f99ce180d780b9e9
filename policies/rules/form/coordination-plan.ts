import { filledIn, mattersDiffer } from '../../channels.js';
import { rule } from '../../rule.js';

export const coordinationPlan = rule({
  id: 'form/coordination-plan',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: '7.5 [D]; [S¶22, ¶33-36]',
  sentence: 'coordinationPlan is mandatory where the matter is {here} on the asking side and {there} on the other (7.5).',
  remedy: 'Say in the sealed form how the two proceedings are kept from harming each other.',
  violatedBy(facts) {
    const { envelope } = facts;
    const there = mattersDiffer(envelope);
    return there === null || filledIn(facts).has('coordinationPlan')
      ? []
      : [
          {
            fill: { here: envelope.matterType, there },
            offenders: ['coordinationPlan'],
            remedy: { action: 'complete-field', fields: ['coordinationPlan'] },
          },
        ];
  },
});
