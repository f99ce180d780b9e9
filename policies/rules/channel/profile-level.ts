import { levelExceeds } from '../../../domain/label.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

export const profileLevel = rule({
  id: 'channel/profile-level',
  code: 'CLASSIFICATION_EXCEEDS_SYSTEM',
  on: ['send'],
  source: 'section 12; RPD 112 [M?]; UNCAC 6(3) [M]',
  sentence: 'Level {level} of {item} exceeds {max}, the highest that {profile} carries.',
  remedy: 'Use a channel for the level; it is never lowered here.',
  violatedBy({ envelope, items }) {
    const { levelMax: max } = PROFILES[envelope.profile].assurance;
    if (max === null) return [];
    return items
      .filter(({ label }) => levelExceeds(label.level, max))
      .map(({ digest, label }) => ({
        fill: { level: label.level, item: digest, max, profile: envelope.profile },
        offenders: [digest],
        remedy: NONE,
      }));
  },
});
