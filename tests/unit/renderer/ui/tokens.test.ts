import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colorTokens } from '../../../../renderer/ui/tokens.ts';
import type { ColorToken } from '../../../../renderer/ui/tokens.ts';

type Theme = ReadonlyMap<string, string>;

const css = readFileSync(new URL('../../../../renderer/ui/tokens.css', import.meta.url), 'utf8');
const themeOf = (block: string): Theme =>
  new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
const blocks = css.split(/^:root/m);
const themes: Record<string, Theme> = { dark: themeOf(blocks[1] ?? ''), daylight: themeOf(blocks[2] ?? '') };

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(theme: Theme, a: ColorToken, b: ColorToken): number {
  const [light = 0, dark = 0] = [luminance(theme.get(a) ?? ''), luminance(theme.get(b) ?? '')].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(themes))('the %s theme', (_, theme) => {
  it('has every colour', () => {
    expect(colorTokens.filter((name) => !theme.has(name))).toEqual([]);
  });

  it('has readable text on every surface (AA, 4.5 : 1)', () => {
    for (const text of ['text', 'text-2', 'text-3'] as const) {
      for (const surface of ['ground', 'panel', 'raised'] as const)
        expect(contrast(theme, text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has priority marks that stand out from panels and carry a readable number', () => {
    for (const alarm of ['alarm-1', 'alarm-2', 'alarm-3', 'alarm-4'] as const) {
      expect(contrast(theme, alarm, 'panel'), `${alarm} on panel`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(theme, 'on-alarm', alarm), `number on ${alarm}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has a focus ring that is seen (AA, 3 : 1)', () => {
    for (const surface of ['ground', 'panel', 'raised'] as const)
      expect(contrast(theme, 'focus', surface)).toBeGreaterThanOrEqual(3);
  });

  it('tells worse traffic by luminance alone', () => {
    const steps = [0, 1, 2, 3, 4, 5].map((step) => contrast(theme, `flow-${step}` as ColorToken, 'map-land'));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });
});
