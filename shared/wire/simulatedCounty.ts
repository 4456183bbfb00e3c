/**
 * What can happen in the simulated county, by the names that `--scenario` takes. They stand here because the simulator
 * runs them and `npm start` checks them, and neither of the two may import the other.
 */
export const scenarioNames = [
  'quiet',
  'demo',
  'crash',
  'burst',
  'outage',
  'bunching',
  'leaks',
  'tamper',
  'deadDetectors',
  'brokerLoss',
  'reports',
  'noAnswer',
  'solar',
] as const;
/** One of the things that can happen in the simulated county. */
export type ScenarioName = (typeof scenarioNames)[number];

/** The largest county that the simulator makes, and the fastest that it runs. */
export const simulatorLimits = { mostScale: 20, mostSpeed: 1000 } as const;

/** Reads scenario names that are separated by commas; returns the first one that does not exist as `unknown`. */
export function readScenarios(text: string): { scenarios: ScenarioName[] } | { unknown: string } {
  const scenarios: ScenarioName[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    const name = scenarioNames.find((known) => known === part);
    if (name === undefined) return { unknown: part };
    scenarios.push(name);
  }
  return { scenarios };
}
