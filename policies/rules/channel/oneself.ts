import { rule } from '../../rule.js';

export const oneself = rule({
  id: 'channel/oneself',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'A.3: who asks and who is asked are two [D]; rulings 2: one body in two roles',
  sentence: '{from} opens no exchange with itself: whoever asks is asked by nobody, and no step of the other side could be taken.',
  remedy: 'Hand on to your other role what it may have, by a release.',
  violatedBy({ envelope: { from, to }, exchange }) {
    return exchange !== null || from !== to ? [] : [{ fill: { from }, offenders: [from], remedy: { action: 'none' } }];
  },
});
