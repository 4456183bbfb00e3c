import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { meterStates } from '../../../shared/live/frame.ts';
import type { ScenarioName } from '../../../shared/wire/simulatedCounty.ts';
import type { Truth } from '../../../simulators/scenarios/Scenario.ts';
import { metresApart } from '../../e2e/metresApart.ts';
import { generateCounty } from '../../support/generateCounty.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Wednesday, 08:00 in the simulated county: the busiest hour. */
const START = '2026-05-06T13:00:00Z';
const MINUTE_MS = 60_000;
const LIMIT_MS = 480_000;
/** A queue is at most this far from its crash: detectors stand a few hundred metres apart. */
const NEAR_M = 1500;
/** Priorities up to this one call for somebody at once. */
const URGENT = 2;

type Run = { screen: Screen; truths: () => Truth[] };

/**
 * An accelerated county of a scale in which things happen, the engine at its clock, and a screen; from the moment that
 * the history is in.
 */
async function happen(scenarios: readonly ScenarioName[], scale: number, speed = 30): Promise<Run> {
  const folder = temporaryFolder();
  const [countyDir, truthFile] = [join(folder, 'county'), join(folder, 'truth')];
  await generateCounty(countyDir, scale);
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const engine = await startEngine({
    brokerUrl: broker.url,
    countyDir,
    dataDir: join(folder, 'data'),
    clock: 'broker',
  });
  onTestFinished(async () => {
    await engine.kill();
  });
  const args = [
    '--county',
    countyDir,
    '--speed',
    String(speed),
    '--start',
    START,
    '--scenario',
    scenarios.join(','),
    '--truth',
    truthFile,
  ];
  const simulator = await startBuilt('simulator', ['run', '--broker', broker.url, ...args], /is live on/);
  onTestFinished(async () => {
    await simulator.kill();
  });
  await eventually('The history', () => /History of .* delivered/.exec(simulator.output())?.[0], LIMIT_MS);
  const truths = (): Truth[] =>
    existsSync(truthFile)
      ? readFileSync(truthFile, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Truth)
      : [];
  return { screen: await openScreen(engine.url, ['meters']), truths };
}

const alarmsOf = (screen: Screen): Alarm[] => [...(screen.stream('alarms').get()?.values() ?? [])];

/** Waits until an alarm is what a truth says; tells how long it took in the county. */
async function noticed(
  { screen, truths }: Run,
  kind: string,
  withinMin: number,
  isIt: (alarm: Alarm, truth: Truth) => boolean,
): Promise<Alarm> {
  const truth = await eventually(`The ${kind}`, () => truths().find((each) => each.kind === kind), LIMIT_MS);
  const alarm = await eventually(
    `An alarm for the ${kind}`,
    () => {
      const found = alarmsOf(screen).find((each) => isIt(each, truth));
      if (found === undefined && (screen.nowMs() ?? 0) > truth.fromMs + withinMin * MINUTE_MS) {
        throw new Error(
          `No alarm for ${JSON.stringify({ ...truth, subjectIds: truth.subjectIds.slice(0, 5) })} in ${withinMin} minutes; there are ${alarmsOf(
            screen,
          )
            .map(({ title }) => title)
            .join('; ')}`,
        );
      }
      return found;
    },
    LIMIT_MS,
  );
  console.log(
    `${kind}: "${alarm.title}" after ${((alarm.raisedAtMs - truth.fromMs) / 1000).toFixed(0)} s of the county`,
  );
  return alarm;
}

const isOf =
  (rule: string) =>
  (alarm: Alarm, truth: Truth): boolean =>
    alarm.rule === rule && truth.subjectIds.includes(alarm.subject.id);

/** The meters of a truth, by what the map shows of them. */
async function statesOf({ screen, truths }: Run, kind: string): Promise<(typeof meterStates)[number][]> {
  const { ids } = await screen.request('county.meters', {});
  const meters = truths()
    .filter((truth) => truth.kind === kind)
    .flatMap(({ subjectIds }) => subjectIds);
  return meters.map((id) => meterStates[screen.rows('meters').get(ids.indexOf(id))?.state ?? 0] ?? 'noData');
}

describe('what happens in the county', () => {
  it(
    'is noticed where it happens: crash, burst, outage, dead detectors, sick meters, leaks',
    async () => {
      const run = await happen(['crash', 'burst', 'outage', 'leaks', 'tamper', 'deadDetectors'], 0.25);
      await noticed(
        run,
        'crash',
        15,
        (alarm, { lon, lat }) =>
          alarm.rule === 'traffic.queue' &&
          metresApart({ lon: alarm.lon ?? 0, lat: alarm.lat ?? 0 }, { lon, lat }) < NEAR_M,
      );
      await noticed(run, 'waterMainBurst', 30, isOf('water.burst'));
      await noticed(run, 'feederOutage', 10, isOf('electricity.outage'));
      await noticed(run, 'deadDetectors', 30, (alarm) => alarm.rule.startsWith('maintenance.detector'));
      await noticed(
        run,
        'tamperedMeter',
        30,
        ({ rule, title }) => rule === 'maintenance.meters' && title.includes('tampered with'),
      );
      // Leaks behind meters are work and no alarm.
      const leaks = run.truths().find(({ kind }) => kind === 'householdLeak')?.subjectIds ?? [];
      await expect
        .poll(
          async () => {
            const listed = (await run.screen.request('work.list', {})).items.map(({ subject }) => subject.id);
            return leaks.filter((id) => !listed.includes(id));
          },
          { timeout: 240_000 },
        )
        .toEqual([]);
      for (const [kind, state] of [
        ['tamperedMeter', 'tamper'],
        ['stuckMeter', 'stuck'],
        ['reversedMeter', 'suspect'],
        ['householdLeak', 'leak'],
      ] as const) {
        // A meter on the feeder that is out shows this first.
        await expect
          .poll(async () => (await statesOf(run, kind)).filter((each) => each !== state && each !== 'noVoltage'), {
            message: kind,
            timeout: 240_000,
          })
          .toEqual([]);
      }
      expect(
        alarmsOf(run.screen)
          .filter(({ domain, priority }) => domain !== 'maintenance' && priority <= URGENT)
          .map(({ rule }) => rule)
          .sort(),
      ).toEqual(['electricity.outage', 'traffic.queue', 'water.burst']);
    },
    LIMIT_MS,
  );

  it(
    'is noticed on a bus line, too',
    async () => {
      const run = await happen(['bunching'], 1);
      await noticed(run, 'bunching', 30, isOf('transit.bunching'));
    },
    LIMIT_MS,
  );

  it(
    'is nothing on a quiet morning: no alarm in an hour',
    async () => {
      const { screen } = await happen(['quiet'], 0.1, 60);
      await expect
        .poll(() => screen.nowMs(), { timeout: LIMIT_MS, interval: 1000 })
        .toBeGreaterThan(Date.parse(START) + 60 * MINUTE_MS);
      expect(
        alarmsOf(screen)
          .filter(({ domain, priority }) => domain !== 'maintenance' && priority <= URGENT)
          .map(({ title }) => title),
      ).toEqual([]);
    },
    LIMIT_MS,
  );
});
