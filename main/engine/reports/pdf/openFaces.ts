import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

const packages = createRequire(import.meta.url);
const regular = packages.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf');
const semiBold = packages.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf');

/** Inter in two weights; `figures` has digits of equal width, for columns of numbers. */
const faces = {
  text: { file: regular, features: { calt: false } },
  strong: { file: semiBold, features: { calt: false } },
  figures: { file: regular, features: { calt: false, tnum: true } },
  strongFigures: { file: semiBold, features: { calt: false, tnum: true } },
} as const;
export type Face = keyof typeof faces;

function openFile(file: string): Font {
  const font = create(readFileSync(file));
  if (!('layout' in font)) throw new Error(`${file} is not a single font.`);
  return font;
}

/**
 * The faces of a document, which must be registered by their names. Each has its features built in, because the PDF
 * library caches the layout of a word only where no features are requested; contextual alternates are off, because
 * looking for them takes most of the time of a layout.
 */
export function openFaces(): Record<Face, Font> {
  const files = new Map<string, Font>();
  const open = (name: Face): Font => {
    const { file, features } = faces[name];
    const font = files.get(file) ?? openFile(file);
    files.set(file, font);
    // Each face has a name of its own, because two fonts of one name would be taken for the same.
    return Object.create(font, {
      postscriptName: { value: `Inter-${name}` },
      layout: { value: (text: string) => font.layout(text, features) },
    }) as Font;
  };
  return { text: open('text'), strong: open('strong'), figures: open('figures'), strongFigures: open('strongFigures') };
}
