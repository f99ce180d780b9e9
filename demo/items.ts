/** What a story says goes into an envelope, made into drafts of the SDK by the authority that sends it. */
import { answerForm, confidentialityOwed, defaultLabel, openingForm, readAuthority, type ItemDraft } from '../client/sdk/index.js';
import { noiseFile, type Noise } from './noise.js';

export type Profile = Parameters<typeof defaultLabel>[0];
export type Fields = Readonly<Record<string, string>>;

export type Content = Handling & What;

/** What differs from the profile's own proposal. */
interface Handling {
  /** the item's language; absent: English */
  readonly language?: string;
  /** items that are held here and that it is made from */
  readonly sources?: readonly string[];
  /** on the label, beside the caveats of the profile */
  readonly caveats?: readonly ItemDraft['label']['caveats'][number][];
}

type What =
  | {
      readonly role: 'FORM';
      readonly of: 'opening' | 'answer';
      readonly fields: Fields;
      /** whose form it is, where it is not that of the exchange: a draft that is shown before it is sent */
      readonly form?: Profile;
    }
  | { readonly role: 'TEXT'; readonly text: string }
  | { readonly role: 'FILE'; readonly name: string; readonly mediaType: string; readonly text: string }
  | { readonly role: 'FILE'; readonly name: string; readonly mediaType: string; readonly noise: Noise };

/** @param confidentiality what the own request chose; absent: it is not one's own, or chose nothing */
export function draftOf(content: Content, profile: Profile, authority: string, confidentiality?: unknown): ItemDraft {
  const { language = 'en', caveats = [] } = content;
  const by = readAuthority(authority);
  const label = defaultLabel(profile, by);
  const given = [...label.caveats, ...caveats];
  const owed = confidentialityOwed(confidentiality, given, by);
  return { content: contentOf(content, profile), label: { ...label, caveats: [...given, ...owed] }, language };
}

function contentOf(content: What, profile: Profile): ItemDraft['content'] {
  if (content.role === 'TEXT') return { role: 'TEXT', text: content.text };
  if (content.role === 'FORM') {
    const { of, form = profile } = content;
    const schema = of === 'opening' ? openingForm(form) : answerForm(form);
    return { role: 'FORM', schema, fields: content.fields };
  }
  const { role, name, mediaType } = content;
  return { role, name, mediaType, file: 'noise' in content ? noiseFile(content.noise) : textFile(content.text) };
}

function textFile(text: string) {
  const bytes = new TextEncoder().encode(text);
  return {
    sizeBytes: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}
