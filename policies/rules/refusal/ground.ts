import type { Authority } from '../../../domain/authority.js';
import { groundsFor } from '../../../domain/profiles/grounds.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Profile } from '../../../domain/profiles/profile.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { declaredAs } from '../../../domain/wire/declarations.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** Whoever consults may be about to put it off, and says so (46(26) before 46(25)). */
const announced = (message: 'REFUSE' | 'PRE_REFUSAL_CONSULTATION', { postponementGrounds }: Profile): readonly string[] =>
  message === 'REFUSE' ? [] : (postponementGrounds ?? []);

/** Where the ground is its own law: whether its entry has that law, and what it does not say is not so. */
function isOwnLaw(code: string, side: Authority | null, type: AuthorityType): boolean {
  const law = side?.entry ? declaredAs(side.entry, type).law : undefined;
  if (code === 'NO_MOU_REQUIRED_BY_LAW') return law?.requiresMou === true;
  // what it says of 46(9) is said of assistance
  return code !== 'DUAL_CRIMINALITY' || type === 'CENTRAL_AUTHORITY_EXTRADITION' || law?.dualCriminality !== 'NEVER';
}

/** Not a ground of the profile, or forbidden: some never, some only where nothing else is said. */
function forbiddenAmong(codes: readonly string[], grounds: readonly string[], { forbiddenGrounds }: Profile): string[] {
  const isGround = (code: string): boolean => grounds.includes(code);
  const isTolerated = (code: string): boolean => forbiddenGrounds.some((ground) => ground.code === code && ground.when === 'sole');
  return codes.filter((code) => !isGround(code) && !(isTolerated(code) && codes.some(isGround)));
}

export const ground = rule({
  id: 'refusal/ground',
  code: 'REFUSAL_GROUND_FORBIDDEN',
  on: ['send'],
  source:
    'UNCAC 46(8),(9)(c),(22), 44(16) [M]; INR.40 ¶2(a)-(b) [F:S13], (c)-(d) [M]; AMLD6 31(1), 35 [F:S19,S18]; Egmont ¶17, ¶30 [F2:S9]; closed lists: Dir 2023/977 6(1) [F:S22], AMLD6 31 [M]',
  sentence: '{grounds} may not be the ground of a refusal on {profile}; the grounds are {allowed}.',
  remedy: 'Choose a ground that the profile knows, or help. A law of your own is a ground where your directory entry has it.',
  violatedBy({ envelope, from }) {
    if (envelope.message !== 'REFUSE' && envelope.message !== 'PRE_REFUSAL_CONSULTATION') return [];
    const profile = PROFILES[envelope.profile];
    const { message, exchangeType, fromType } = envelope;
    const lawful = groundsFor(profile, exchangeType, fromType).filter((code) => isOwnLaw(code, from, fromType));
    const allowed = [...announced(message, profile), ...lawful];
    const grounds = forbiddenAmong(envelope.body.codes, allowed, profile);
    return grounds.length === 0
      ? []
      : [
          {
            // the whole list: a ground is chosen from it
            fill: { grounds: named(grounds), profile: envelope.profile, allowed: allowed.join(', ') },
            offenders: grounds,
            remedy: { action: 'complete-field', fields: ['body.codes'] },
          },
        ];
  },
});
