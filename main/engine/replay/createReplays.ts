import type { CountyMs } from '../../../shared/base/clock.ts';
import type { County } from '../../../shared/county/county.ts';
import { createDomains } from '../domains/createDomains.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Registry } from '../registry/Registry.ts';
import { learnPast } from '../domains/learn.ts';
import { RequestError } from '../base/RequestError.ts';
import { PastCounty } from './PastCounty.ts';
import { PastReader } from './PastReader.ts';
import type { PastStore, VehicleNames } from './PastReader.ts';
import { EDGE_MS, LEAD_MS, Replay } from './Replay.ts';
import type { ReplayOptions } from './Replay.ts';
import { Slices } from './Slices.ts';

/** The number of replays is bounded, because each holds a county of its own and takes its slices of the loop. */
const MOST_REPLAYS = 4;

type ReplaySources = {
  county: County;
  registry: Registry;
  store: PastStore;
  /** The live domains, which know the names of vehicles, and since when the county has been watched. */
  live: DomainSet;
  nowMs: () => CountyMs;
  retentionMs: number;
  /** Called when a domain of a replay threw. */
  onFault: (domainId: string, error: unknown) => void;
};

export type RunningReplay = Pick<Replay, 'state' | 'frame' | 'stream' | 'detail' | 'setSpeed' | 'end'>;
type Wish = Pick<ReplayOptions, 'atMs' | 'speed' | 'send' | 'onState' | 'onReady' | 'onPresent'> & {
  /** The screen's present replay: it ends when the new one begins. */ replaces: RunningReplay | undefined;
};
/** Begins a replay for one screen, or throws a RequestError where that time cannot be shown. */
export type StartReplay = (wish: Wish) => RunningReplay;

/** Names change rarely, so the present names are used for the past, too. */
function vehicleNames(live: DomainSet, nowMs: number): VehicleNames {
  const rows = new Map(live.stream('vehicles', nowMs)?.rows.map((row) => [row.id, row]));
  return (vehicleId) => {
    const row = rows.get(vehicleId);
    return {
      mode: (row?.mode ?? 'other') as ReturnType<VehicleNames>['mode'],
      ...(row !== undefined && { label: row.label }),
      ...(row?.routeId !== undefined && { routeId: row.routeId }),
    };
  };
}

export function createReplays({
  county,
  registry,
  store,
  live,
  nowMs,
  retentionMs,
  onFault,
}: ReplaySources): StartReplay {
  const running = new Set<Replay>();
  let lastId = 0;
  return (wish) => {
    const endMs = nowMs();
    if (!(wish.atMs <= endMs)) throw new RequestError('refused', 'This time has not come yet.');
    if (wish.atMs < endMs - retentionMs)
      throw new RequestError('refused', `Only the last ${Math.round(retentionMs / 86_400_000)} days are kept.`);
    if (running.size >= MOST_REPLAYS && wish.replaces === undefined)
      throw new RequestError(
        'unavailable',
        `${MOST_REPLAYS} screens show the past already. Let one of them go back to live first.`,
      );
    const atMs = Math.floor(Math.min(wish.atMs, endMs - EDGE_MS));
    const slices = new Slices();
    const watchedSinceMs = live.sinceMs <= atMs ? live.sinceMs : Number.NaN;
    const past = new PastCounty(createDomains(county, registry, onFault), atMs - LEAD_MS, watchedSinceMs);
    const reader = new PastReader(store, vehicleNames(live, endMs), atMs - LEAD_MS);
    const learn = (isOver: () => boolean): Promise<void> =>
      learnPast(past.domains, {
        store,
        series: reader.series,
        registry,
        untilMs: atMs - LEAD_MS,
        rest: () => slices.rest(),
        isOver,
      });
    const replay = new Replay({
      ...wish,
      atMs,
      id: ++lastId,
      county: past,
      reader,
      slices,
      liveNowMs: nowMs,
      learn,
      onEnd: () => running.delete(replay),
    });
    wish.replaces?.end();
    running.add(replay);
    replay.start();
    return replay;
  };
}
