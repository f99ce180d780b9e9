/** What the law would say, asked before the act. */
import { explainRequest, explanation, EXPLAIN_BYTES_MAX } from '../../../domain/wire/explain.js';
import { CASE_ROLES } from '../../../domain/vocabulary.js';
import { forCallers, json, turnedBy } from '../route.js';

const explain = forCallers({
  method: 'post',
  path: '/v1/explain',
  operation: 'explain',
  summary:
    'Could this be sent, released, used or exported, and what would make it lawful? Does nothing, logs nothing, counts as no attempt.',
  roles: CASE_ROLES,
  body: { schema: explainRequest, bytesMax: EXPLAIN_BYTES_MAX },
  answers: { 200: { description: 'the decision, every broken rule, and whose consent is lacking', schema: explanation } },
  leavesLate: true,
  refusals: ['CALLER_MISMATCH', 'NOT_FOUND', 'NOT_OFFERED', 'STEP_NOT_ALLOWED', 'LIMIT_REACHED'],
  async handle({ body, caller }, { explainer }) {
    const answered = await explainer.explain(caller, body);
    return answered.ok ? json(200, answered.value) : turnedBy(answered.error);
  },
});

export const explainRoutes = [explain];
