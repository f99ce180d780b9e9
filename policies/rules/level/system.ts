import { levelExceeds } from '../../../domain/label.js';
import { rule } from '../../rule.js';
import { handedOver, NONE } from '../../vocabulary.js';

export const system = rule({
  id: 'level/system',
  code: 'CLASSIFICATION_EXCEEDS_SYSTEM',
  on: ['send', 'release', 'consent', 'consent-refusal'],
  source: '6.3 [D]; section 14, point 8',
  sentence: 'Level {level} of {item} exceeds {max}, the highest that this system carries.',
  remedy: 'Use a channel accredited for the level; it is never lowered here.',
  violatedBy(facts) {
    const max = facts.deployment.levelMax;
    return handedOver(facts)
      .filter((item) => levelExceeds(item.label.level, max))
      .map((item) => ({ fill: { level: item.label.level, item: item.digest, max }, offenders: [item.digest], remedy: NONE }));
  },
});
