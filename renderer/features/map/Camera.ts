import type { MapView } from '../../client/selection.ts';
import { fitBounds, flightStep, unproject } from './viewMath.ts';
import type { Bounds, Padding, Size } from './viewMath.ts';

export const MIN_ZOOM = 7;
export const MAX_ZOOM = 19;
const FLIGHT_MS = 700;

const clamped = (view: MapView): MapView => ({ ...view, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, view.zoom)) });

/** Holds the view of the map, and a flight to another view. `nowMs` is monotonic. */
export class Camera {
  view: MapView = { lon: 0, lat: 0, zoom: MIN_ZOOM };
  size: Size = { width: 1, height: 1 };
  #padding: Padding;
  readonly #flightMs: number;
  #flight: { from: MapView; to: MapView; startedAtMs: number } | undefined;
  #home: Bounds | undefined;
  /** True while nobody has moved the map: the whole county is then fitted again when the window changes. */
  #isAtHome = false;

  constructor(padding: Padding, reducedMotion: boolean) {
    this.#padding = padding;
    this.#flightMs = reducedMotion ? 0 : FLIGHT_MS;
  }

  get isAtHome(): boolean {
    return this.#isAtHome;
  }

  /** Shows the view at once, and ends a flight under way. */
  look(view: MapView): void {
    this.#flight = undefined;
    this.#isAtHome = false;
    this.view = clamped(view);
  }

  /** Sets what panels cover; the whole county, if it is shown, is fitted again. */
  setPadding(padding: Padding): void {
    this.#padding = padding;
    if (this.#isAtHome && this.#home !== undefined) this.#lookHome(this.#home);
  }

  resize(size: Size): void {
    this.size = size;
    if (this.#isAtHome && this.#home !== undefined) this.#lookHome(this.#home);
  }

  #lookHome(home: Bounds): void {
    this.look(fitBounds(home, this.size, this.#padding));
    this.#isAtHome = true;
  }

  flyTo(to: MapView, nowMs: number): void {
    this.#isAtHome = false;
    this.#flight = { from: this.view, to: clamped(to), startedAtMs: nowMs };
  }

  /** Moves the view by pixels of the canvas, starting from where a flight under way would end. */
  panBy(dx: number, dy: number, nowMs: number): void {
    const goal = this.#flight?.to ?? this.view;
    const [lon, lat] = unproject(goal, this.size, this.size.width / 2 + dx, this.size.height / 2 + dy);
    this.flyTo({ ...goal, lon, lat }, nowMs);
  }

  zoomBy(steps: number, nowMs: number): void {
    const goal = this.#flight?.to ?? this.view;
    this.flyTo({ ...goal, zoom: goal.zoom + steps }, nowMs);
  }

  /**
   * Sets the bounds that the map starts with and returns to. The first bounds, or those of another county, are shown at
   * once. Returns true when the view has changed.
   */
  setHome(bounds: Bounds): boolean {
    if (String(bounds) === String(this.#home) || this.size.width <= 1) return false;
    this.#home = bounds;
    this.#lookHome(bounds);
    return true;
  }

  flyHome(nowMs: number): void {
    if (this.#home === undefined) return;
    this.flyTo(fitBounds(this.#home, this.size, this.#padding), nowMs);
    this.#isAtHome = true;
  }

  /** Carries out one step of the flight; returns true when the view has changed. */
  step(nowMs: number): boolean {
    if (this.#flight === undefined) return false;
    const { from, to, startedAtMs } = this.#flight;
    const share = this.#flightMs === 0 ? 1 : (nowMs - startedAtMs) / this.#flightMs;
    this.view = share >= 1 ? to : flightStep(from, to, Math.max(0, share));
    if (share >= 1) this.#flight = undefined;
    return true;
  }
}
