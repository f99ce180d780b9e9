/** A formal request says in clear what it asks for, part by part or as a whole. */
import { rule } from '../../rule.js';
import { askedIn } from '../../channels.js';

export const assistance = rule({
  id: 'form/assistance',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'UNCAC 46(15)(d) [M]: a description of the assistance sought; rulings 1: 46(9)(b), 55(3) are judged by it',
  sentence: 'parts is mandatory for {profile} (46(15)(d)): what is asked for, and whether anybody is compelled to it.',
  remedy: 'Name each part with its kind of assistance; what there is to say of it stays sealed.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT' || envelope.exchangeType !== 'FORMAL_MLA_REQUEST' || askedIn(envelope).length > 0) return [];
    return [{ fill: { profile: envelope.profile }, offenders: ['parts'], remedy: { action: 'complete-field', fields: ['body.parts'] } }];
  },
});
