import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { useCountyData, useLive } from '../../client/hooks.ts';
import type { Live } from '../../client/live.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { MapStage } from './MapStage.ts';
import { MapSummary } from './MapSummary.tsx';
import { mapTypeface } from './mapTypeface.ts';
import styles from './SituationMap.module.css';
import type { Padding } from './viewMath.ts';

const NARROW: Padding = { left: 12, right: 12, top: 12, bottom: 12 };
const PAN_PX = 120;
/** A click that moved further than this is a drag. */
const STILL_PX = 5;
/** How far from the middle Enter looks for something to select. */
const GRASP_PX = 40;

type Point = { x: number; y: number };

const onCanvas = (event: MouseEvent<HTMLElement>): Point => {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

/**
 * `insets` is the part of the map that panels cover, so that the county is fitted between them; `detailInsets` is the
 * part that they cover while one thing is shown. Both should be the same objects from one drawing to the next.
 */
type Props = {
  insets?: Padding;
  detailInsets?: Padding;
  /** The map starts with the whole county, wherever an earlier map was moved to. */ isWholeFirst?: boolean;
};

/** Shows the live county. The map fills its container. */
export function SituationMap({ insets = NARROW, detailInsets = insets, isWholeFirst = false }: Props): ReactNode {
  const live = useLive();
  const units = useDisplayUnits();
  const [covered] = useState({ padding: insets, detailPadding: detailInsets });
  const { ground, moving, tip, stage, failure, life } = useStage(live, covered, isWholeFirst);
  const pressedAt = useRef<Point>({ x: 0, y: 0 });

  useEffect(() => stage?.setUnits(units), [stage, units]);
  useEffect(() => stage?.cover(insets, detailInsets), [stage, insets, detailInsets]);

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const { x, y } = onCanvas(event);
    if (stage === undefined || Math.hypot(x - pressedAt.current.x, y - pressedAt.current.y) > STILL_PX) return;
    if (!toggleLink(live, stage.pickLink(x, y))) live.selection.select(stage.pick(x, y));
  };
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    const { x, y } = onCanvas(event);
    openPlace(live, stage, { x, y }, { x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons === 0) stage?.point(onCanvas(event));
  };
  return (
    <div
      className={styles['map']}
      role="application"
      aria-label="Map of the county"
      aria-describedby="map-summary"
      aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight + - 0 Enter"
      tabIndex={0}
      data-testid="situation-map"
      onKeyDown={(event) => stage !== undefined && handleKey(event, live, stage)}
      onPointerDown={(event) => (pressedAt.current = onCanvas(event))}
      onPointerMove={onPointerMove}
      onPointerLeave={() => stage?.point(undefined)}
      onClick={onClick}
      onContextMenu={onContextMenu}
    >
      <div ref={ground} key={`ground-${life}`} className={styles['canvas']} />
      <div ref={moving} key={`moving-${life}`} className={styles['canvas']} />
      <div ref={tip} className={styles['tip']} role="presentation" hidden />
      <MapState failure={failure} />
      <MapSummary id="map-summary" />
    </div>
  );
}

/** Shown in place of the map while there is no map. */
function MapState({ failure }: { failure: string | undefined }): ReactNode {
  const county = useCountyData();
  const trouble = failure === undefined ? county.failure : `The map cannot be drawn on this machine: ${failure}`;
  if (trouble !== undefined)
    return (
      <p className={styles['state']} role="alert">
        {trouble}
      </p>
    );
  if (county.map === undefined || county.network === undefined)
    return <p className={styles['state']}>Loading the map of the county</p>;
  return null;
}

type Parts = { ground: HTMLDivElement; moving: HTMLDivElement; tip: HTMLDivElement };
type Resumed = ConstructorParameters<typeof MapStage>[3]['resumed'];
type Covered = { padding: Padding; detailPadding: Padding };
type DrawnStage = { [Part in keyof Parts]: RefObject<HTMLDivElement | null> } & {
  /** Undefined while no stage is drawing. */
  stage: MapStage | undefined;
  failure: string | undefined;
  /** Grows with each canvas that is lost, so that React makes a new one in its place. */
  life: number;
};

/** Keeps a stage of the map in the elements to which the returned refs are attached, as long as these are mounted. */
function useStage(live: Live, covered: Covered, isWholeFirst: boolean): DrawnStage {
  const [failure, setFailure] = useState<string>();
  const [life, setLife] = useState(0);
  const ground = useRef<HTMLDivElement>(null);
  const moving = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<MapStage>();
  // This state outlives the canvas, which is removed while another page is shown.
  const resumed = useRef<Resumed>({ view: undefined, flight: isWholeFirst ? live.selection.flight.get() : undefined });

  useEffect(() => {
    const parts = { ground: ground.current, moving: moving.current, tip: tip.current };
    if (parts.ground === null || parts.moving === null || parts.tip === null) return undefined;
    const elements = { ground: parts.ground, moving: parts.moving, tip: parts.tip };
    return mountStage(
      live,
      elements,
      { ...covered, resumed },
      { onStage: setStage, onFailure: setFailure, onLost: () => setLife((before) => before + 1) },
    );
  }, [live, covered, life]);
  return { ground, moving, tip, stage, failure, life };
}

type Events = {
  onStage: (stage: MapStage | undefined) => void;
  onFailure: (reason: string) => void;
  onLost: () => void;
};

/**
 * Starts drawing when the typeface is loaded, because letters that were drawn into deck.gl's atlas once are never
 * redrawn. Returns the function that ends the drawing.
 */
function mountStage(
  live: Live,
  { ground, moving, tip }: Parts,
  { resumed, ...covered }: Covered & { resumed: RefObject<Resumed> },
  { onStage, onFailure, onLost }: Events,
): () => void {
  const undo: (() => void)[] = [];
  let isOver = false;
  const start = (): void => {
    if (isOver) return;
    const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const stage = new MapStage(ground, moving, live, {
      ...covered,
      resumed: resumed.current,
      reducedMotion,
      onTip: (text, x, y) => showTip(tip, text, x, y),
      onFailure,
    });
    const observer = new ResizeObserver(() => stage.resize({ width: ground.clientWidth, height: ground.clientHeight }));
    observer.observe(ground);
    const theme = new MutationObserver(() => stage.restyle());
    theme.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-scene'] });
    for (const part of [ground, moving])
      part.addEventListener('webglcontextlost', onLost, { capture: true, once: true });
    window.__beaconMapStats = stage.stats;
    onStage(stage);
    undo.push(() => {
      observer.disconnect();
      theme.disconnect();
      for (const part of [ground, moving]) part.removeEventListener('webglcontextlost', onLost, { capture: true });
      onStage(undefined);
      resumed.current = {
        view: stage.camera.isAtHome ? undefined : stage.camera.view,
        flight: live.selection.flight.get(),
      };
      stage.destroy();
    });
  };
  // If the typeface cannot be loaded, the map is shown all the same.
  void document.fonts.load(mapTypeface).then(start, start);
  return () => {
    isOver = true;
    for (const run of undo) run();
  };
}

function showTip(tip: HTMLDivElement, text: string | undefined, x: number, y: number): void {
  tip.hidden = text === undefined;
  if (text === undefined) return;
  tip.textContent = text;
  tip.style.transform = `translate(${Math.round(x + 14)}px, ${Math.round(y + 14)}px)`;
}

function openPlace(live: Live, stage: MapStage | undefined, at: Point, page: Point): void {
  if (stage === undefined) return;
  const [lon, lat] = stage.placeAt(at.x, at.y);
  live.selection.openPlace({ lon, lat, pageX: page.x, pageY: page.y });
}

/**
 * Adds a link to those that a form is choosing, or removes it. Returns false while no form is choosing; while one is, a
 * click beside the roads does nothing.
 */
function toggleLink({ selection }: Live, linkId: string | undefined): boolean {
  const choice = selection.linkChoice.get();
  if (choice !== undefined && linkId !== undefined) choice.onToggle(linkId);
  return choice !== undefined;
}

/** Finds the thing that is nearest to the middle of the map, by searching in widening rings. */
function pickNearMiddle<T>(stage: MapStage, pick: (x: number, y: number) => T | undefined): T | undefined {
  const { width, height } = stage.camera.size;
  for (let reach = 0; reach <= GRASP_PX; reach += 8) {
    for (let turn = 0; turn < 8; turn++) {
      const found = pick(
        width / 2 + reach * Math.cos((turn * Math.PI) / 4),
        height / 2 + reach * Math.sin((turn * Math.PI) / 4),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function handleKey(event: KeyboardEvent<HTMLElement>, live: Live, stage: MapStage): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { camera } = stage;
  const now = performance.now();
  const actions: Record<string, () => void> = {
    ArrowLeft: () => camera.panBy(-PAN_PX, 0, now),
    ArrowRight: () => camera.panBy(PAN_PX, 0, now),
    ArrowUp: () => camera.panBy(0, -PAN_PX, now),
    ArrowDown: () => camera.panBy(0, PAN_PX, now),
    '+': () => camera.zoomBy(1, now),
    '=': () => camera.zoomBy(1, now),
    '-': () => camera.zoomBy(-1, now),
    '0': () => camera.flyHome(now),
    Enter: () => {
      if (
        !toggleLink(
          live,
          pickNearMiddle(stage, (x, y) => stage.pickLink(x, y)),
        )
      )
        live.selection.select(pickNearMiddle(stage, (x, y) => stage.pick(x, y)));
    },
    ContextMenu: () => {
      const { width, height } = camera.size;
      const { left, top } = event.currentTarget.getBoundingClientRect();
      openPlace(live, stage, { x: width / 2, y: height / 2 }, { x: left + width / 2, y: top + height / 2 });
    },
  };
  const act = actions[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
