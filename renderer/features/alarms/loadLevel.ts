/**
 * The load that one operating position can manage (ISA-18.2 / EEMUA 191): about one alarm in 10 minutes, two at the
 * most; more than ten is a flood.
 */
export const loadLimits = { target: 1, most: 2, flood: 10 } as const;

type LoadLevel = 'calm' | 'busy' | 'high' | 'flood';

export function loadLevel(lastTenMinutes: number): LoadLevel {
  if (lastTenMinutes > loadLimits.flood) return 'flood';
  if (lastTenMinutes > loadLimits.most) return 'high';
  return lastTenMinutes > loadLimits.target ? 'busy' : 'calm';
}
