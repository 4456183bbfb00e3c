import { describe, expect, it } from 'vitest';
import { formatDistance, toDisplay } from '../../../../shared/base/display.ts';

describe('toDisplay', () => {
  it.each([
    [26.8224, 'm/s', 60, 'mph'],
    [100, 'm³/h', 440.2868, 'gpm'],
    [1, 'm³', 264.1721, 'gal'],
    [344.738, 'kPa', 50, 'psi'],
    [100, '°C', 212, '°F'],
    [1609.344, 'm', 5280, 'ft'],
  ])('shows %f %s as %f %s in US units', (value, unit, expected, shownUnit) => {
    const shown = toDisplay(value, unit, 1, 'us');
    expect(shown.value).toBeCloseTo(expected, 3);
    expect(shown.unit).toBe(shownUnit);
  });

  it('shows speeds in km/h where units are metric', () => {
    expect(toDisplay(10, 'm/s', 1, 'metric')).toEqual({ value: 36, unit: 'km/h', digits: 0 });
  });

  it('leaves units alone that have no county form', () => {
    expect(toDisplay(230.1, 'V', 1, 'us')).toEqual({ value: 230.1, unit: 'V', digits: 1 });
    expect(toDisplay(12, 'veh/h', 0, 'metric')).toEqual({ value: 12, unit: 'veh/h', digits: 0 });
  });

  it('never asks for fewer than no digits', () => {
    expect(toDisplay(1, 'm³', 0, 'us').digits).toBe(0);
  });
});

describe('formatDistance', () => {
  it('chooses a unit that a person would', () => {
    expect(formatDistance(347, 'metric')).toBe('350 m');
    expect(formatDistance(1234, 'metric')).toBe('1.2 km');
    expect(formatDistance(100, 'us')).toBe('330 ft');
    expect(formatDistance(1609.344, 'us')).toBe('1.0 mi');
  });
});
