import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { declarations, declaredAs } from '../../../domain/wire/declarations.js';

const schema = z.strictObject(declarations);
const whole = {
  networks: [{ network: 'CARIN', seat: 'MEMBER' }],
  civilAdminCooperation: 'LIMITED',
  acceptsInterpolUrgent: true,
  contact: {
    nameNative: 'Управление',
    parentBody: 'Ministry of fiction',
    postalAddress: '1 Example Road',
    phones: ['+44 20 5550 0100'],
    emails: ['duty@mla.example'],
    website: 'https://mla.example/',
    dutyDesk: 'MLA',
    urgent: { phone: '+44 20 5550 0199', email: 'night@mla.example', languages: ['en'] },
  },
  requirements: {
    channels: ['PARLEY', 'DIPLOMATIC'],
    requiresDiplomaticChannel: true,
    documents: ['CERTIFIED_COPY'],
    legal: [{ article: 'UNCAC_46_15', requirement: 'OFFENCE_TEXT', text: 'The text of the law in both languages.' }],
    templates: [{ profile: 'FORMAL_MLA', language: 'en', page: 'https://mla.example/form' }],
    usualDays: [{ profile: 'FORMAL_MLA', days: 90 }],
    defaultCaveats: ['SPECIALITY'],
    page: 'https://mla.example/requirements',
  },
  law: {
    uncacApplies: { extradition: false, mla: true, confiscation: true },
    treaties: ['UNTOC'],
    declarations: [{ kind: 'RESERVATION', article: 'UNCAC_66_2' }],
    dualCriminality: 'COERCIVE_ONLY',
    deMinimis: 'Not below 5,000 euros.',
    requiresMou: true,
    fiuModel: 'HYBRID',
    suspensionDaysMax: 5,
    assistance: ['PROCUREMENT'],
    laws: ['https://mla.example/law'],
  },
  byType: [{ type: 'FIU', requirements: { channels: ['ESW'] } }],
};

describe('what an authority declares', () => {
  it('has room for every field of the directory of competent authorities, and for nothing else', () => {
    expect(schema.parse(whole)).toEqual(whole);
    expect(schema.parse({})).toEqual({});
    expect(schema.safeParse({ ...whole, contact: { ...whole.contact, person: 'A. Name' } }).success).toBe(false);
  });

  it.each([
    ['a page without encryption', { requirements: { page: 'http://mla.example' } }],
    ['a page that is a script', { contact: { website: 'javascript:alert(1)' } }],
    ['a telephone in words', { contact: { phones: ['ask at the desk'] } }],
    ['a channel that nobody knows', { requirements: { channels: ['FAX_MACHINE'] } }],
    ['an article in prose', { law: { declarations: [{ kind: 'RESERVATION', article: 'Art. 66' }] } }],
    ['a promise of no days', { requirements: { usualDays: [{ profile: 'CARIN', days: 0 }] } }],
  ])('is not %s', (_, over) => {
    expect(schema.safeParse(over).success).toBe(false);
  });

  it('is said type by type where the body says so, and else of the body', () => {
    const said = schema.parse(whole);
    expect(declaredAs(said, 'FIU')).toEqual({ contact: said.contact, requirements: { channels: ['ESW'] }, law: said.law });
    expect(declaredAs(said, 'CENTRAL_AUTHORITY_MLA')).toEqual({ contact: said.contact, requirements: said.requirements, law: said.law });
    const own = schema.parse({ byType: [{ type: 'FIU', contact: {}, law: { fiuModel: 'JUDICIAL' } }] });
    expect(declaredAs(own, 'FIU')).toEqual({ contact: {}, requirements: undefined, law: { fiuModel: 'JUDICIAL' } });
  });
});
