import type { LayersList } from '@deck.gl/core';
import { makeBaseLayers } from './layers/baseLayers.ts';
import { choiceLayers } from './layers/choiceLayers.ts';
import { makeClosureLayers } from './layers/closureLayers.ts';
import { detectorLayers } from './layers/detectorLayers.ts';
import { makeHeatmapLayers } from './layers/heatmapLayers.ts';
import { makeLabelLayers } from './layers/labelLayers.ts';
import { makeMarkerLayers } from './layers/markerLayers.ts';
import { makeMeterLayers } from './layers/meterLayers.ts';
import { makeRoadLayers } from './layers/roadLayers.ts';
import { makeRouteLayers } from './layers/routeLayers.ts';
import { selectionLayers } from './layers/selectionLayers.ts';
import { makeTrafficLayers } from './layers/trafficLayers.ts';
import { makeUnitLayers } from './layers/unitLayers.ts';
import { makeVehicleLayers } from './layers/vehicleLayers.ts';
import { wayLayers } from './layers/wayLayers.ts';
import { makeZoneLayers } from './layers/zoneLayers.ts';
import type { MapScene } from './MapScene.ts';

/**
 * Makes the layers that stand still or change at most once per second, bottom to top. The first picture has only land,
 * roads and traffic: every other kind of layer has shaders that would have to be compiled before anything is visible.
 */
export function makeGroundLayers(): (scene: MapScene, isFirst: boolean) => LayersList {
  const [base, roads, routes, traffic, heatmap, meters, labels] = [
    makeBaseLayers(),
    makeRoadLayers(),
    makeRouteLayers(),
    makeTrafficLayers(),
    makeHeatmapLayers(),
    makeMeterLayers(),
    makeLabelLayers(),
  ];
  const zones = makeZoneLayers();
  return (scene, isFirst) => {
    if (isFirst) return [...base(scene), ...roads(scene), ...traffic(scene)];
    const texts = zones.texts(scene);
    return [
      ...base(scene),
      ...zones.fills(scene),
      ...roads(scene),
      ...routes(scene),
      ...traffic(scene),
      ...heatmap(scene),
      ...detectorLayers(scene),
      ...meters(scene),
      ...labels(scene, texts.obstacles),
      ...texts.layers,
    ];
  };
}

/** Makes the layers that move or must be seen above everything that stands still, bottom to top. */
export function makeMovingLayers(): (scene: MapScene, frame: number, pulse: number | undefined) => LayersList {
  const [closures, vehicles, units, markers] = [
    makeClosureLayers(),
    makeVehicleLayers(),
    makeUnitLayers(),
    makeMarkerLayers(),
  ];
  return (scene, frame, pulse) => [
    ...closures(scene),
    ...choiceLayers(scene),
    ...wayLayers(scene),
    ...selectionLayers(scene),
    ...vehicles(scene, frame),
    ...units(scene, frame),
    ...markers(scene, pulse),
  ];
}
