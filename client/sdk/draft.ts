/** What a composer hands in, and what becomes of it before it is sent. */
import type { Seal } from '../../crypto/seal.js';
import type { Digest, Uuid } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ItemKind } from '../../domain/vocabulary.js';
import type { Holding } from './holding.js';
import type { Item } from './reading-order.js';
import type { FileSource } from './upload.js';

/** Some fields of a form that was received, under its originator's signature. */
export interface Portion {
  /** the statement that signed the fields */
  readonly original: Item;
  readonly disclosures: readonly string[];
  /** digests of the disclosures, as consents and releases list them */
  readonly disclosed: readonly Digest[];
  /** mandatory names among them */
  readonly present: readonly string[];
}

/** What a profile's form looks like to a composer. */
export interface FormSchema {
  readonly code: string;
  readonly fields: readonly { readonly name: string; readonly mandatory: boolean }[];
  /** groups of which all or none are filled */
  readonly inseparable: readonly (readonly string[])[];
}

export type ItemContent =
  | { readonly role: 'FORM'; readonly schema: FormSchema; readonly fields: Readonly<Record<string, unknown>>; readonly portion?: Portion }
  | { readonly role: 'TEXT'; readonly text: string }
  | {
      readonly role: 'FILE';
      readonly file: FileSource;
      /** stands in the form, sealed */
      readonly name: string;
      readonly mediaType: string;
      /** name under which a cut upload resumes; absent: it starts anew */
      readonly resume?: string;
    };

export interface ItemDraft {
  readonly content: ItemContent;
  readonly label: Label;
  /** default OWN, or EXTRACT where it has sources */
  readonly kind?: ItemKind;
  readonly language?: string;
  /** opened or held material that it is made from: its label joins, its digest stands in `derivedFrom` */
  readonly sources?: readonly Holding[];
  /** the issuer's word that `sources` names every one; default true */
  readonly sourcesComplete?: boolean;
}

/** What of an item stands in its envelope. */
export interface Enclosure {
  readonly statement: { readonly digest: Digest; readonly payload: { readonly itemRole: string } };
}

export interface PreparedItem {
  readonly statement: StatementOf<'parley-item+json'>;
  readonly seals: readonly Seal[];
  readonly body: { readonly bytes: Uint8Array } | { readonly upload: Uuid };
  readonly label: Label;
}
