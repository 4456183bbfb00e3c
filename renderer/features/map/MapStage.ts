import { Deck, MapView as DeckMapView } from '@deck.gl/core';
import type { DeckProps, MapViewState } from '@deck.gl/core';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Live } from '../../client/live.ts';
import type { FlyTarget, MapView, Selectable } from '../../client/selection.ts';
import type { GlideTable } from '../../live/GlideTable.ts';
import { Camera, MAX_ZOOM, MIN_ZOOM } from './Camera.ts';
import { makeGroundLayers, makeMovingLayers } from './composeLayers.ts';
import { boxOf } from './CountyIndex.ts';
import { describeSubject } from './describeSubject.ts';
import { FirstPicture } from './FirstPicture.ts';
import { makeRoadEffects } from './layers/closureLayers.ts';
import { needsPulse } from './layers/markerLayers.ts';
import { labelsOf } from './layers/wayLayers.ts';
import { Durations } from './mapStats.ts';
import type { DrawnThing, MapStats } from './mapStats.ts';
import { pickLinkAt, pickSubject } from './pickSubject.ts';
import { SceneKeeper } from './SceneKeeper.ts';
import { shapeOf } from './shapeOf.ts';
import { boundsOf, centreBetween, contains, fitBounds, metresPerPixel, project, unproject } from './viewMath.ts';
import type { Padding, Size } from './viewMath.ts';

/** Layers are built for this much of the canvas beyond each of its edges, so that small moves build nothing. */
const REGION_MARGIN = 0.3;
/**
 * New data is drawn on the ground once per second; where frames are expensive (software drawing), less often, so that
 * enough frames are left for the vehicles.
 */
const DATA_EVERY_MS = 1000;
const DEAREST_DATA_EVERY_MS = 5000;
const FRAMES_BETWEEN_DATA = 20;
const VIEW_TOLD_EVERY_MS = 200;
const PULSE_MS = 2400;
/** A slow pulse needs no more frames than this, and gets fewer where frames are expensive. */
const PULSE_FRAME_MS = 50;
/** A movement smaller than this since the last frame is not drawn. */
const VISIBLE_STEP_PX = 0.4;
const FAST_MPS = 22;
const MAX_DEVICE_PIXELS = 2;
/** A zoom at which the street around the shown thing is visible. */
const CLOSE_ZOOM = 15;

type StageOptions = {
  /** What panels cover while the whole county is shown. */
  padding: Padding;
  /** What panels cover while one thing is shown with its details. */
  detailPadding: Padding;
  reducedMotion: boolean;
  /**
   * The view of the map when it was last shown (undefined: the whole county), and the flight that it had carried out by
   * then.
   */
  resumed: { view: MapView | undefined; flight: FlyTarget | undefined };
  /** Shows a tip for the thing under the pointer, at that place of the canvas. */
  onTip: (text: string | undefined, x: number, y: number) => void;
  /** Called when the canvas cannot be drawn, with the reason in words. */
  onFailure: (reason: string) => void;
};

const asViewState = ({ lon, lat, zoom }: MapView): MapViewState => ({
  longitude: lon,
  latitude: lat,
  zoom,
  minZoom: MIN_ZOOM,
  maxZoom: MAX_ZOOM,
  pitch: 0,
  bearing: 0,
});

/**
 * Draws the county outside React: two canvases with one view. The lower one holds what stands still and is redrawn when
 * the view changes, and at most once per second when the data has changed; the upper one holds what moves and is
 * redrawn while something moves.
 */
export class MapStage {
  readonly camera: Camera;
  readonly stats: MapStats;
  readonly #live: Live;
  readonly #options: StageOptions;
  readonly #keeper: SceneKeeper;
  readonly #ground: Deck<DeckMapView>;
  /** Made when the ground has been drawn, so that its canvas and shaders do not delay the first picture. */
  #moving: Deck<DeckMapView> | undefined;
  readonly #groundLayers = makeGroundLayers();
  readonly #movingLayers = makeMovingLayers();
  readonly #roadEffects = makeRoadEffects();
  readonly #durations = new Durations();
  readonly #stopFollowing: () => void;
  readonly #startMoving: () => Deck<DeckMapView>;
  #detailPadding: Padding;
  #pointer: { x: number; y: number } | undefined;
  #isViewNew = true;
  #isResumed = false;
  #isGroundNew = true;
  /** True once the ground has layers that include the network. */
  #isLayered = false;
  #isMovingNew = true;
  #drawnVersions = '';
  #groundAtMs = 0;
  #movingAtMs = 0;
  #viewToldAtMs = 0;
  readonly #first = new FirstPicture(performance.now());
  #frameAtMs = 0;
  #frameGapMs = 16;
  #animation: number;

  constructor(ground: HTMLDivElement, moving: HTMLDivElement, live: Live, options: StageOptions) {
    this.#live = live;
    this.#options = options;
    this.#detailPadding = options.detailPadding;
    this.camera = new Camera(options.padding, options.reducedMotion);
    this.#keeper = new SceneKeeper(live, () => {
      this.#isGroundNew = this.#isMovingNew = true;
    });
    this.stats = this.#makeStats();
    this.#ground = new Deck({ ...this.#shared(ground), controller: false, onAfterRender: this.#groundDrawn });
    this.#startMoving = () => this.#makeMoving(moving);
    this.#stopFollowing = live.selection.flight.subscribe(this.#follow);
    this.#animation = requestAnimationFrame(this.#frame);
  }

  #shared(
    parent: HTMLDivElement,
  ): Pick<
    DeckProps<DeckMapView>,
    'parent' | 'onLoad' | 'views' | 'viewState' | 'useDevicePixels' | '_pickable' | 'onError'
  > {
    return {
      parent,
      // The library makes its elements stops of the Tab key; the map is one stop, which its own element is.
      onLoad: () => {
        for (const element of [parent, ...parent.querySelectorAll<HTMLElement>('[tabindex]')]) element.tabIndex = -1;
      },
      views: new DeckMapView({ repeat: false }),
      viewState: asViewState(this.camera.view),
      useDevicePixels: Math.min(MAX_DEVICE_PIXELS, window.devicePixelRatio),
      _pickable: false,
      onError: (error) => this.#options.onFailure(error.message),
    };
  }

  #makeMoving(parent: HTMLDivElement): Deck<DeckMapView> {
    return new Deck({
      ...this.#shared(parent),
      onAfterRender: () => this.stats.movingFrames++,
      getCursor: this.#cursor,
      controller: {
        scrollZoom: { speed: 0.005 },
        dragRotate: false,
        touchRotate: false,
        keyboard: false,
        inertia: this.#options.reducedMotion ? false : 250,
      },
      onViewStateChange: ({ viewState, interactionState }) => {
        // The controller reports a view also when the canvas has changed its size: nobody has moved the map then.
        if (Object.values(interactionState).some(Boolean)) this.#dragged(viewState);
      },
    });
  }

  readonly #groundDrawn = ({ gl }: { gl: WebGL2RenderingContext }): void => {
    this.stats.groundFrames++;
    if (this.#isLayered) this.#first.drawn(gl, this.stats.links > 0);
  };

  /** Sets what panels cover of the canvas while the whole county is shown, and while one thing is shown. */
  cover(padding: Padding, detailPadding: Padding): void {
    this.#detailPadding = detailPadding;
    this.camera.setPadding(padding);
    this.#isViewNew = true;
  }

  resize(size: Size): void {
    this.camera.resize(size);
    this.#isViewNew = true;
  }

  setUnits(units: DisplayUnits): void {
    this.#keeper.setUnits(units);
  }

  restyle(): void {
    this.#keeper.restyle();
  }

  /** Sets where the pointer is, in pixels of the canvas; undefined when it has left. */
  point(at: { x: number; y: number } | undefined): void {
    this.#pointer = at;
    if (at === undefined) this.#hover(undefined, 0, 0);
  }

  pick(x: number, y: number): Selectable | undefined {
    return pickSubject(this.#keeper.scene, this.camera.view, this.camera.size, x, y);
  }

  /** The road link under a pixel of the canvas, whether its speed is known or not, and whatever lies on it. */
  pickLink(x: number, y: number): string | undefined {
    return pickLinkAt(this.#keeper.scene, this.camera.view, this.camera.size, x, y);
  }

  /** The place under a pixel of the canvas, as [lon, lat]. */
  placeAt(x: number, y: number): [number, number] {
    return unproject(this.camera.view, this.camera.size, x, y);
  }

  readonly #follow = (): void => {
    const target = this.#live.selection.flight.get();
    const view = target === undefined ? undefined : this.#viewOf(target);
    if (view !== undefined) this.camera.flyTo(view, performance.now());
  };

  /**
   * Called once the county is known: restores the last view, and then starts the flight that was requested while the
   * map was not shown.
   */
  #resume(): void {
    const { view, flight } = this.#options.resumed;
    if (this.#isResumed) return;
    this.#isResumed = true;
    if (view !== undefined) this.camera.look(view);
    if (this.#live.selection.flight.get() !== flight) this.#follow();
  }

  destroy(): void {
    cancelAnimationFrame(this.#animation);
    this.#stopFollowing();
    this.#keeper.stop();
    this.#ground.finalize();
    this.#moving?.finalize();
  }

  #viewOf(target: FlyTarget): MapView | undefined {
    const { size } = this.camera;
    const detailPadding = this.#detailPadding;
    if ('lon' in target) return centreBetween(target, size, detailPadding);
    if ('bounds' in target) return fitBounds(target.bounds, size, detailPadding, CLOSE_ZOOM);
    const shape = shapeOf(this.#keeper.scene, target.subject);
    if (shape === undefined) return undefined;
    if ('point' in shape)
      return centreBetween({ lon: shape.point[0], lat: shape.point[1], zoom: CLOSE_ZOOM }, size, detailPadding);
    return fitBounds(boxOf(shape.paths.flat()), size, detailPadding, CLOSE_ZOOM);
  }

  readonly #cursor = ({ isDragging }: { isDragging: boolean }): string => {
    if (isDragging) return 'grabbing';
    return this.#live.selection.hovered.get() === undefined ? 'default' : 'pointer';
  };

  #dragged({ longitude, latitude, zoom }: MapViewState): void {
    this.camera.look({ lon: longitude, lat: latitude, zoom });
    this.#isViewNew = true;
  }

  readonly #frame = (nowMs: number): void => {
    this.#animation = requestAnimationFrame(this.#frame);
    this.#frameGapMs += (Math.min(500, nowMs - this.#frameAtMs) - this.#frameGapMs) * 0.05;
    this.#frameAtMs = nowMs;
    const startedMs = performance.now();
    const bounds = this.#live.county.get().profile?.bounds;
    if (bounds !== undefined && this.camera.setHome(bounds)) {
      this.#isViewNew = true;
      this.#resume();
    }
    if (this.camera.step(nowMs)) this.#isViewNew = true;
    if (this.#pointer !== undefined) this.#lookUnder(this.#pointer);
    if (this.#first.look(startedMs)) this.#isGroundNew = true;
    this.#applyView(nowMs);
    const drew = [this.#drawGround(nowMs), this.#drawMoving(nowMs)].includes(true);
    if (drew) this.#durations.add(performance.now() - startedMs);
  };

  #applyView(nowMs: number): void {
    if (this.#isViewNew) {
      const { view, size } = this.camera;
      const { scene } = this.#keeper;
      const zoom = Math.round(view.zoom * 4) / 4;
      if (zoom !== scene.zoom || !contains(scene.region, boundsOf(view, size))) {
        scene.zoom = zoom;
        scene.region = boundsOf(view, size, REGION_MARGIN);
        this.#isGroundNew = true;
      }
      this.#ground.setProps({ viewState: asViewState(view) });
      this.#moving?.setProps({ viewState: asViewState(view) });
      this.#isViewNew = false;
      this.#isMovingNew = true;
    }
    if (nowMs - this.#viewToldAtMs < VIEW_TOLD_EVERY_MS) return;
    this.#viewToldAtMs = nowMs;
    this.#live.selection.view.set(this.camera.view);
  }

  #drawGround(nowMs: number): boolean {
    const { links, detectors, meters, zones } = this.#live.tables;
    const versions = `${links.version} ${detectors.version} ${meters.version} ${zones.version}`;
    const everyMs = Math.min(DEAREST_DATA_EVERY_MS, Math.max(DATA_EVERY_MS, FRAMES_BETWEEN_DATA * this.#frameGapMs));
    const isDataNew = versions !== this.#drawnVersions && nowMs - this.#groundAtMs >= everyMs;
    if (!this.#isGroundNew && !isDataNew) return false;
    const { network } = this.#keeper.scene;
    const isFirst = this.#first.isDue(nowMs);
    if (isFirst && network === undefined) return false;
    this.#ground.setProps({ layers: this.#groundLayers(this.#keeper.scene, isFirst) });
    this.#isLayered = network !== undefined;
    this.stats.links = network?.links.filter((_, row) => links.isKnown(row)).length ?? 0;
    this.#drawnVersions = versions;
    this.#groundAtMs = nowMs;
    this.#isGroundNew = false;
    return true;
  }

  #drawMoving(nowMs: number): boolean {
    if (this.#first.isDue(nowMs)) return false;
    this.#moving ??= this.#startMoving();
    const { scene } = this.#keeper;
    const { tables, client } = this.#live;
    const pulse = this.#pulse(nowMs);
    const sinceMs = nowMs - this.#movingAtMs;
    const stepMs =
      (VISIBLE_STEP_PX * metresPerPixel(this.camera.view.lat, this.camera.view.zoom) * 1000) /
      (FAST_MPS * client.pictureSpeed());
    const pulseMs = pulse === undefined ? Infinity : Math.max(PULSE_FRAME_MS, 3 * this.#frameGapMs);
    if (!this.#isMovingNew && sinceMs < Math.min(1000, stepMs, pulseMs)) return false;
    const moving = this.#glide(tables.vehicles, nowMs) + this.#glide(tables.units, nowMs);
    this.stats.movingVehicles = moving;
    if (!this.#isMovingNew && moving === 0 && pulse === undefined && sinceMs < DATA_EVERY_MS) return false;
    this.#moving.setProps({ layers: this.#movingLayers(scene, nowMs, pulse) });
    this.#movingAtMs = nowMs;
    this.#isMovingNew = false;
    return true;
  }

  #glide({ motion, rows }: { motion: GlideTable; rows: readonly number[] }, nowMs: number): number {
    return motion.draw(rows, nowMs, this.#live.client.pictureSpeed());
  }

  /** The phase of the pulse, 0..1; undefined when nothing pulses or the person wants reduced motion. */
  #pulse(nowMs: number): number | undefined {
    const { alarms } = this.#keeper.scene.signs;
    if (this.#options.reducedMotion || !alarms.some(({ thing }) => needsPulse(thing))) return undefined;
    return (nowMs % PULSE_MS) / PULSE_MS;
  }

  #lookUnder({ x, y }: { x: number; y: number }): void {
    this.#pointer = undefined;
    this.#hover(this.pick(x, y), x, y);
  }

  #hover(subject: Selectable | undefined, x: number, y: number): void {
    this.#live.selection.hover(subject);
    this.#options.onTip(subject === undefined ? undefined : describeSubject(this.#keeper.scene, subject), x, y);
  }

  #makeStats(): MapStats {
    const drawnAt = (id: string, lon: number, lat: number): DrawnThing => {
      const [x, y] = project(this.camera.view, this.camera.size, lon, lat);
      return { id, x, y, lon, lat };
    };
    const { vehicles, units } = this.#live.tables;
    return {
      groundFrames: 0,
      links: 0,
      pictureAtMs: () => this.#first.atMs,
      movingFrames: 0,
      movingVehicles: 0,
      jsMs: () => this.#durations.figures(),
      vehicles: () => {
        this.#glide(vehicles, performance.now());
        return vehicles.rows.map((row) =>
          drawnAt(
            this.#keeper.scene.vehicleRoster.get(row)?.id ?? '',
            vehicles.motion.drawn[2 * row] ?? NaN,
            vehicles.motion.drawn[2 * row + 1] ?? NaN,
          ),
        );
      },
      units: () => {
        this.#glide(units, performance.now());
        return units.rows.map((row) => ({
          ...drawnAt(
            this.#keeper.scene.unitRoster.get(row)?.id ?? '',
            units.motion.drawn[2 * row] ?? NaN,
            units.motion.drawn[2 * row + 1] ?? NaN,
          ),
          status: units.state(row).status,
        }));
      },
      markers: () => {
        const { alarms, incidents } = this.#keeper.scene.signs;
        return [...alarms, ...incidents].map(({ thing: { id, lon, lat }, at }) => ({
          ...drawnAt(id, ...at),
          lon,
          lat,
        }));
      },
      road: (linkId) => {
        const { network } = this.#keeper.scene;
        const path = network?.links[network.linkRow.get(linkId) ?? -1]?.path ?? [];
        const middle = path[path.length >> 1];
        return middle && drawnAt(linkId, middle[0], middle[1]);
      },
      wayLabels: () => labelsOf(this.#keeper.scene).map(({ text }) => text),
      roadEffects: () => {
        const { closed, diverted } = this.#roadEffects(this.#keeper.scene);
        return { closed: closed.map(({ link }) => link.id), diverted: diverted.map(({ link }) => link.id) };
      },
      view: () => this.camera.view,
    };
  }
}
