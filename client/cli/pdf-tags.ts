/**
 * What a PDF tells a screen reader: which text is its title, a paragraph, a cell under which head. pdfmake lays out and draws, and leaves unused
 * the tags that PDFKit has below it: its renderer is exchanged for one that uses them.
 */
import { createRequire } from 'node:module';
import type { ContentText } from 'pdfmake/interfaces.js';

type Kind = 'Document' | 'H1' | 'P' | 'Table' | 'TR' | 'TH' | 'TD';

/** A place in what is read aloud, in the order in which places were made. */
export interface Tag {
  readonly kind: Kind;
  readonly above: Tag | null;
  readonly below: Tag[];
}

export const documentTag = (): Tag => ({ kind: 'Document', above: null, below: [] });

export function tagIn(above: Tag, kind: Kind): Tag {
  const tag: Tag = { kind, above, below: [] };
  above.below.push(tag);
  return tag;
}

/** A text that is read aloud there; one without a tag, such as a page's footer, is drawn only. */
export const tagged = (text: string, tag: Tag, style: Omit<ContentText, 'text'> = {}): ContentText => ({
  // pdfmake hands on to what it draws the members of a text within a text
  text: [{ text, ...{ tag } }],
  ...style,
});

interface Element {
  add(child: object): void;
  end(): void;
}
interface Pdf {
  readonly page: object;
  struct(kind: Kind, options: { readonly scope?: 'Column' }): Element;
  addStructure(element: Element): void;
  markStructureContent(kind: Kind): object;
  markContent(kind: 'Artifact'): void;
  endMarkedContent(): void;
}
interface Line {
  readonly inlines: readonly { readonly tag?: Tag }[];
}
interface Renderer {
  readonly pdfDocument: Pdf;
  renderPages(pages: unknown): void;
  renderLine(line: Line, x: number, y: number): void;
  renderVector(vector: unknown): void;
}

// Printer.js looks it up there each time that it makes one
const exported = createRequire(import.meta.url)('pdfmake/js/Renderer.js') as { default: new (...of: unknown[]) => Renderer };

exported.default = class extends exported.default {
  private readonly elements = new Map<Tag, Element>();
  private readonly drawnOn = new Map<Tag, object>();

  override renderPages(pages: unknown): void {
    super.renderPages(pages);
    for (const [{ above }, element] of this.elements) if (above === null) element.end();
  }

  override renderLine(line: Line, x: number, y: number): void {
    this.mark(line.inlines[0]?.tag);
    super.renderLine(line, x, y);
    this.pdfDocument.endMarkedContent();
  }

  override renderVector(vector: unknown): void {
    this.mark(undefined);
    super.renderVector(vector);
    this.pdfDocument.endMarkedContent();
  }

  private mark(tag: Tag | undefined): void {
    const { pdfDocument } = this;
    if (tag === undefined || this.isRepeated(tag)) pdfDocument.markContent('Artifact');
    else this.elementOf(tag).add(pdfDocument.markStructureContent(tag.kind));
  }

  /** The head of a table stands on each of its pages, and is read once. */
  private isRepeated(tag: Tag): boolean {
    const { page } = this.pdfDocument;
    if (!this.drawnOn.has(tag)) this.drawnOn.set(tag, page);
    return tag.kind === 'TH' && this.drawnOn.get(tag) !== page;
  }

  private elementOf(tag: Tag): Element {
    if (!this.elements.has(tag)) this.build(rootOf(tag));
    return this.elements.get(tag)!;
  }

  /** All at once, since an empty cell is a cell and draws nothing. */
  private build(tag: Tag): Element {
    const element = this.pdfDocument.struct(tag.kind, tag.kind === 'TH' ? { scope: 'Column' } : {});
    this.elements.set(tag, element);
    if (tag.above === null) this.pdfDocument.addStructure(element);
    for (const below of tag.below) element.add(this.build(below));
    return element;
  }
};

const rootOf = (tag: Tag): Tag => (tag.above === null ? tag : rootOf(tag.above));
