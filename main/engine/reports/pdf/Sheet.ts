import PDFDocument from 'pdfkit';
import { openFaces } from './openFaces.ts';
import type { Face } from './openFaces.ts';

/** In points, of 1/72 inch. */
const SIZES = { a4: 'A4', letter: 'LETTER' } as const;
export type Paper = keyof typeof SIZES;

/** Greys only: what is printed without colour must read the same. */
export const ink = {
  text: '#16191c',
  second: '#4a5157',
  faint: '#6b737a',
  rule: '#9aa1a7',
  hairline: '#cfd4d8',
  wash: '#eef0f2',
} as const;

const MARGIN = { side: 42, top: 64, bottom: 54 };
const LEVELS = {
  1: { type: 'H1', size: 20, above: 0, below: 6 },
  2: { type: 'H2', size: 13, above: 18, below: 6 },
  3: { type: 'H3', size: 9.5, above: 10, below: 4 },
} as const;

export type TextStyle = {
  size?: number;
  isStrong?: boolean;
  color?: string;
  align?: 'left' | 'right' | 'center';
  /** Figures of equal width, for columns of numbers. */ isTabular?: boolean;
  lineGap?: number;
  isOneLine?: boolean;
};

const faceOf = (isStrong: boolean, isTabular: boolean): Face =>
  isStrong ? (isTabular ? 'strongFigures' : 'strong') : isTabular ? 'figures' : 'text';

/** What stands at the head and foot of each page. */
type Running = { left: string; right: string; foot: string };

type SheetOptions = { paper: Paper; title: string; subject: string; madeAtMs: number; running: Running };

/**
 * A document as it is being written from top to bottom: tagged (PDF/UA), with an outline of its headings, running heads
 * and numbered pages. `y` is where the next thing goes.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly left = MARGIN.side;
  readonly width: number;
  readonly top = MARGIN.top;
  readonly bottom: number;
  y = MARGIN.top;
  readonly #running: Running;
  readonly #root: PDFKit.PDFStructureElement;
  #section: PDFKit.PDFStructureElement;
  readonly #bytes: Promise<Uint8Array>;

  constructor({ paper, title, subject, madeAtMs, running }: SheetOptions) {
    this.#running = running;
    this.doc = new PDFDocument({
      size: SIZES[paper],
      margins: { left: 0, right: 0, top: 0, bottom: 0 },
      bufferPages: true,
      // There is no font to begin with: one that is opened before it has a name is opened again with every use of the
      // name.
      font: '',
      tagged: true,
      pdfVersion: '1.7',
      lang: 'en',
      displayTitle: true,
      // The library knows this subset; its types do not yet.
      ...({ subset: 'PDF/UA' } as object),
      info: { Title: title, Subject: subject, Creator: 'Beacon', Producer: 'Beacon', CreationDate: new Date(madeAtMs) },
    });
    const parts: Uint8Array[] = [];
    this.doc.on('data', (part: Uint8Array) => parts.push(part));
    this.#bytes = new Promise((resolve, reject) => {
      this.doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
      this.doc.on('error', reject);
    });
    // The library's types know files and bytes only, but it takes an opened font as well.
    for (const [name, face] of Object.entries(openFaces())) this.doc.registerFont(name, face as unknown as Uint8Array);
    this.doc.font('text');
    this.width = this.doc.page.width - 2 * MARGIN.side;
    this.bottom = this.doc.page.height - MARGIN.bottom;
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
    this.#section = this.#root;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = this.top;
  }

  /** Begins a new page where less than this height is left; true where it did. */
  ensure(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.newPage();
    return true;
  }

  /** A heading, kept together with at least `follow` points of what comes after it. */
  heading(level: keyof typeof LEVELS, text: string, follow = 60): void {
    const { type, size, above, below } = LEVELS[level];
    if (level < 3) this.#open();
    if (this.y > this.top) this.y += above;
    this.ensure(size + below + follow);
    const at = this.y;
    this.tag(type, () => this.text(text, this.left, at, this.width, { size, isStrong: true }));
    this.y += size * 1.25 + below;
    if (level < 3) this.doc.outline.addItem(text);
  }

  paragraph(text: string, style: TextStyle = {}): void {
    const height = this.measure(text, this.width, style);
    this.ensure(Math.min(height, 200));
    const at = this.y;
    this.tag('P', () => this.text(text, this.left, at, this.width, style));
    this.y += height + 4;
  }

  /** Draws as a part of the present section, tagged with its meaning for screen readers. */
  tag(
    type: string,
    draw: () => void,
    options: { alt?: string; scope?: 'Column' | 'Row' } = {},
    parent = this.#section,
  ): void {
    parent.add(this.doc.struct(type, options, [draw]));
  }

  /** Begins an element of the present section; the caller fills it with others and then ends it. */
  begin(type: string, parent = this.#section, options: { alt?: string } = {}): PDFKit.PDFStructureElement {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** Draws what has no meaning for a screen reader: rules, repeated heads, page numbers. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  rule(y: number, weight = 0.5, color: string = ink.rule, x = this.left, width = this.width): void {
    this.artifact(() =>
      this.doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(weight)
        .strokeColor(color)
        .stroke(),
    );
  }

  text(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    this.#style(style);
    this.doc.fillColor(style.color ?? ink.text).text(text === '' ? ' ' : text, x, y, this.#options(width, style));
  }

  /** Height of a text set in this width, in points. */
  measure(text: string, width: number, style: TextStyle = {}): number {
    this.#style(style);
    if (style.isOneLine === true) return this.doc.currentLineHeight(true);
    return this.doc.heightOfString(text === '' ? ' ' : text, this.#options(width, style));
  }

  /** Writes heads, feet and page numbers, and gives the bytes of the document. */
  finish(): Promise<Uint8Array> {
    this.#section.end();
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      this.#frame(page - start + 1, count);
    }
    if (this.#section !== this.#root) this.#root.end();
    this.doc.end();
    return this.#bytes;
  }

  #open(): void {
    if (this.#section !== this.#root) this.#section.end();
    this.#section = this.begin('Sect', this.#root);
  }

  #frame(page: number, pages: number): void {
    const { left, right, foot } = this.#running;
    const small: TextStyle = { size: 7.5, color: ink.second, isOneLine: true };
    const [head, base, half] = [34, this.doc.page.height - 36, this.width / 2];
    this.doc.markContent('Artifact', { type: 'Pagination' });
    this.text(left, this.left, head, half, small);
    this.text(right, this.left + half, head, half, { ...small, align: 'right' });
    this.doc
      .moveTo(this.left, head + 13)
      .lineTo(this.left + this.width, head + 13)
      .lineWidth(0.5)
      .strokeColor(ink.rule)
      .stroke();
    this.text(foot, this.left, base, this.width * 0.8, small);
    this.text(`Page ${page} of ${pages}`, this.left + this.width * 0.8, base, this.width * 0.2, {
      ...small,
      align: 'right',
      isTabular: true,
    });
    this.doc.endMarkedContent();
  }

  #style({ isStrong = false, isTabular = false, size = 8.5 }: TextStyle): void {
    this.doc.font(faceOf(isStrong, isTabular)).fontSize(size);
  }

  #options(width: number, { align = 'left', lineGap = 1, isOneLine }: TextStyle): PDFKit.Mixins.TextOptions {
    return {
      width,
      align,
      lineGap,
      ...(isOneLine === true && { height: this.doc.currentLineHeight(true) + 1, ellipsis: true }),
    };
  }
}
