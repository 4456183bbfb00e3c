import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

/** Inter in two weights; `figures` has digits of equal width, for columns of numbers. */
const faces = {
  text: { weight: '400Regular', features: { calt: false } },
  strong: { weight: '600SemiBold', features: { calt: false } },
  figures: { weight: '400Regular', features: { calt: false, tnum: true } },
  strongFigures: { weight: '600SemiBold', features: { calt: false, tnum: true } },
} as const;
export type Face = keyof typeof faces;

function openWeight(weight: string): Font {
  const file = createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`);
  const font = create(readFileSync(file));
  if (!('layout' in font)) throw new Error(`${file} is not a single font.`);
  return font;
}

/**
 * The faces of a document, to be registered by their names. Each has its features built in, because the PDF library remembers how a word is set only where it
 * is asked for no features; contextual alternates are off, as looking for them is most of the time that setting takes.
 */
export function openFaces(): Record<Face, Font> {
  const weights = new Map<string, Font>();
  const open = (name: Face): Font => {
    const { weight, features } = faces[name];
    const font = weights.get(weight) ?? openWeight(weight);
    weights.set(weight, font);
    // A name of its own: two fonts of one name would be taken for the same.
    return Object.create(font, { postscriptName: { value: `Inter-${name}` }, layout: { value: (text: string) => font.layout(text, features) } }) as Font;
  };
  return { text: open('text'), strong: open('strong'), figures: open('figures'), strongFigures: open('strongFigures') };
}
