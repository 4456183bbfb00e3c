import type { AlarmPriority } from '../../../shared/alarms/alarm.ts';
import { readPalette } from '../../ui/tokens.ts';
import type { ColorToken } from '../../ui/tokens.ts';

export type Rgba = [number, number, number, number];
export type MapColors = { of: (token: ColorToken, alpha?: number) => Rgba; css: (token: ColorToken) => string };

/** `#rrggbb` as deck.gl's 0..255 channels; `alpha` 0..1. */
export function rgba(hex: string, alpha = 1): Rgba {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, Math.round(alpha * 255)];
}

/** The present theme's tokens for the canvas. */
export function readMapColors(): MapColors {
  const palette = readPalette();
  return { of: (token, alpha = 1) => rgba(palette[token], alpha), css: (token) => palette[token] };
}

export const alarmToken = (priority: AlarmPriority): ColorToken => `alarm-${priority}`;
export const flowToken = (flow: 0 | 1 | 2 | 3 | 4 | 5): ColorToken => `flow-${flow}`;
