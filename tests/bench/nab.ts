import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AnomalyDetector } from '../../shared/base/anomaly/AnomalyDetector.ts';
import type { Bench, Figures } from './bench.ts';
import { checkReference } from './nab/checkReference.ts';
import { readNab } from './nab/readNab.ts';
import type { NabFile } from './nab/readNab.ts';
import { profiles, scoreNab } from './nab/scoreNab.ts';
import type { ScoredFile } from './nab/scoreNab.ts';

const DAY_S = 86_400;
const LOOKS = 100_000;
const PASSES = 5;

type Run = ScoredFile & { file: NabFile; scores: Float64Array; detector: AnomalyDetector };

/** One pass over a file in the order of its rows: the detector never sees a row before it has judged the last one. */
function runOver(file: NabFile): Run {
  const detector = new AnomalyDetector();
  const scores = Float64Array.from(file.values, (value, row) => {
    const atMs = file.atMs[row] ?? 0;
    return detector.take(value, atMs, Math.floor(atMs / 1000) % DAY_S);
  });
  return { file, scores, windows: file.windows, detector };
}

/** The scores of all profiles, each with its own best threshold over all of these files. */
function figuresOf(runs: readonly Run[]): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const [name, profile] of Object.entries(profiles)) figures[name] = scoreNab(runs, profile).score;
  return figures;
}

/** What the groups score with the threshold that is the best over all files: standard profile. */
function groupRows(runs: readonly Run[]): { group: string; [figure: string]: number | string }[] {
  const { threshold } = scoreNab(runs, profiles.standard);
  return [...Map.groupBy(runs, ({ file }) => file.group)].map(([group, own]) => {
    const { score, found, windows, falsePositives } = scoreNab(own, profiles.standard, threshold);
    return { group, files: own.length, windows, found, falsePositives, atSharedThreshold: score, ...figuresOf(own) };
  });
}

function writeScores(folder: string, { file, scores }: Run): void {
  const path = join(folder, file.path);
  mkdirSync(dirname(path), { recursive: true });
  const rows = file.timestamps.map((timestamp, row) => `${timestamp},${file.values[row] ?? ''},${scores[row] ?? 0}`);
  writeFileSync(path, ['timestamp,value,anomaly_score', ...rows, ''].join('\n'));
}

/** Processor time of some work in microseconds, so that other programs on the machine do not count. */
function cpuMicroseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** What a closer look takes: it explains a finding to people. */
const measureLook = (detector: AnomalyDetector): number =>
  cpuMicroseconds(() => {
    for (let look = 0; look < LOOKS; look++) detector.finding(0);
  }) / LOOKS;

function measureSamples(files: readonly NabFile[]): { runs: Run[]; microseconds: number; samples: number } {
  let runs = files.map(runOver);
  const microseconds = cpuMicroseconds(() => {
    for (let pass = 0; pass < PASSES; pass++) runs = files.map(runOver);
  });
  const samples = files.reduce((sum, { values }) => sum + values.length, 0);
  return { runs, samples, microseconds: microseconds / samples / PASSES };
}

export const nab: Bench = {
  what: 'the detector of anomalies in any series, by the Numenta Anomaly Benchmark',
  options: {
    data: 'folder of the benchmark, with data/ and labels/',
    out: 'folder to which the score of each row is written, file by file (none)',
  },
  run(options, say): Promise<Figures> {
    const folder = options.text('data', '');
    if (folder === '') throw new Error('--data names the folder of the benchmark.');
    const files = readNab(folder);
    const { runs, samples, microseconds } = measureSamples(files);
    const out = options.text('out', '');
    if (out !== '') for (const run of runs) writeScores(out, run);
    const all = figuresOf(runs);
    const groups = groupRows(runs);
    const reference = checkReference(folder, files);
    const best = scoreNab(runs, profiles.standard);
    const lookMicroseconds = Math.max(...runs.map(({ detector }) => measureLook(detector)));
    say(`${samples} samples of ${files.length} files, ${microseconds.toFixed(2)} µs each`);
    say(`${best.found} of ${best.windows} windows found, ${best.falsePositives} false findings, standard profile`);
    for (const [name, score] of Object.entries(all)) say(`${name.padEnd(12)} ${score.toFixed(2)}`);
    for (const { group, ...figures } of groups) say(`${group.padEnd(24)} ${JSON.stringify(figures)}`);
    return Promise.resolve({
      ...all,
      threshold: best.threshold,
      found: best.found,
      windows: best.windows,
      falsePositives: best.falsePositives,
      groups,
      microsecondsPerSample: microseconds,
      microsecondsPerLook: lookMicroseconds,
      bytesPerSeries: new AnomalyDetector().save().byteLength,
      referenceValues: reference.values,
      referenceWorst: reference.worst,
    });
  },
};
