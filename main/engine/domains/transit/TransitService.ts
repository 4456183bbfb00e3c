import { createLocalTime } from '../../../../shared/base/localTime.ts';
import type { County, Route, Stop, Timetable } from '../../../../shared/county/county.ts';
import type { TransitBoard } from '../../../../shared/transit/transitBoard.ts';
import type { Condition } from '../kit/Condition.ts';
import { findHeadways } from './findHeadways.ts';
import type { Headway } from './findHeadways.ts';
import { coverage } from './missedTrips.ts';
import { earlyConditions, gapConditions, missedConditions, pullOutConditions } from './serviceConditions.ts';
import { timetableConditions } from './timetableConditions.ts';
import { transitBoard } from './transitBoard.ts';
import type { BoardSources } from './transitBoard.ts';
import {
  bunchingConditions,
  clockConditions,
  lateConditions,
  noteVeryLate,
  outageConditions,
  shiftedFleets,
} from './transitConditions.ts';
import { fleetOf, TransitState } from './TransitState.ts';

/** A board that changes more often is read by nobody, and making it takes longer than the rest of a judgement. */
const BOARD_EVERY_MS = 10_000;

/** The newest board; its version grows with each change, and is never 0, with which readers begin. */
class LatestBoard {
  now: TransitBoard = { trips: [], routes: [] };
  version = 1;
  #text = '';
  #madeMs = Number.NaN;

  /** Makes the board anew where the one before is 10 s old. */
  renew(sources: BoardSources): void {
    // The county's clock may be set back.
    if (Math.abs(sources.nowMs - this.#madeMs) < BOARD_EVERY_MS) return;
    this.#madeMs = sources.nowMs;
    const board = transitBoard(sources);
    const text = JSON.stringify(board);
    if (text === this.#text) return;
    this.#text = text;
    this.now = board;
    this.version++;
  }
}

/** What is asked of the timetable as a whole. */
type Ground = { routes: Route[]; stops: Stop[]; longNames: Map<string, string> };

function groundOf(timetable: Timetable | undefined): Ground {
  const routes = [...(timetable?.routes.values() ?? [])];
  return {
    routes,
    stops: [...(timetable?.stops.values() ?? [])],
    longNames: new Map(routes.map(({ id, longName }) => [id, longName])),
  };
}

/** Marks the vehicles that are bunched or very late, for the map. */
function mark(
  state: TransitState,
  headways: readonly Headway[],
  shifted: ReadonlyMap<string, number>,
  nowMs: number,
): void {
  const bunched = new Set(
    headways.filter((headway) => headway.isBunched).flatMap(({ leader, follower }) => [leader, follower]),
  );
  for (const vehicle of state.rows) {
    const hasChanged = noteVeryLate(vehicle, nowMs, shifted) || vehicle.isBunched !== bunched.has(vehicle);
    vehicle.isBunched = bunched.has(vehicle);
    if (hasChanged) state.changes.touch(vehicle.row);
  }
}

/** The service as it is now, judged once per second. The county's timetable may be replaced while the engine runs. */
export class TransitService {
  readonly state: TransitState;
  readonly board = new LatestBoard();
  ground: Ground;
  headways: Headway[] = [];
  judgedMs = Number.NaN;
  readonly #county: Pick<County, 'timetable' | 'profile'>;
  readonly #names;
  #held: Timetable | undefined;

  constructor(county: Pick<County, 'timetable' | 'profile'>) {
    const localTime = createLocalTime(county.profile.timeZone);
    this.#county = county;
    this.#held = county.timetable;
    this.ground = groundOf(county.timetable);
    this.state = new TransitState(county.timetable);
    this.#names = {
      route: (routeId: string): string => this.state.routeName(routeId),
      clock: (atMs: number): string => localTime.hourMinute(atMs),
    };
  }

  judge(nowMs: number): Condition[] {
    this.#adopt();
    const { state } = this;
    const names = this.#names;
    state.settleReports(nowMs);
    state.age(this.judgedMs, nowMs);
    this.judgedMs = nowMs;
    const headways = findHeadways(state.rows, nowMs);
    this.headways = headways;
    const shifted = shiftedFleets(state.rows, nowMs);
    mark(state, headways, shifted, nowMs);
    const found = coverage(state, nowMs);
    this.board.renew({ state, headways, found, shifted, clock: names.clock, nowMs });
    const trusted = state.rows.filter(({ seen }) => !shifted.has(fleetOf(seen)));
    return [
      ...bunchingConditions(headways, names.route),
      ...gapConditions(headways, names),
      ...missedConditions(found, names),
      ...pullOutConditions(trusted, names, nowMs),
      ...earlyConditions(trusted, names, nowMs),
      ...lateConditions(state.rows, names.route),
      ...outageConditions(state.rows, nowMs),
      ...clockConditions(shifted),
      ...timetableConditions(state.trips?.service(nowMs)),
    ];
  }

  #adopt(): void {
    const { timetable } = this.#county;
    if (timetable === this.#held) return;
    this.#held = timetable;
    this.ground = groundOf(timetable);
    this.state.adopt(timetable);
  }
}
