import { expect, it } from 'vitest';
import { placeLabels } from '../../../../../renderer/features/map/placeLabels.ts';
import type { LabelCandidate } from '../../../../../renderer/features/map/placeLabels.ts';
import { roadLabels, uprightAngle } from '../../../../../renderer/features/map/roadLabels.ts';

const label = (text: string, lon: number, lat: number, rank = 1): LabelCandidate => ({
  text,
  lon,
  lat,
  rank,
  sizePx: 12,
  angleDeg: 0,
});
const asPixels = (lon: number, lat: number): [number, number] => [lon, lat];
const texts = (labels: readonly LabelCandidate[]): string[] => labels.map(({ text }) => text);

it('gives the room to the more important label', () => {
  expect(
    texts(placeLabels([label('Village', 0, 0, 1), label('Seat', 10, 3, 3), label('Afar', 300, 0, 1)], asPixels, 0)),
  ).toEqual(['Seat', 'Afar']);
});

it('keeps clear of signs, at another of its places if it has one', () => {
  const sign = { lon: 0, lat: 0, widthPx: 24, heightPx: 24 };
  expect(placeLabels([label('Town', 0, 5)], asPixels, 0, [sign])).toEqual([]);
  const [moved] = placeLabels([{ ...label('Town', 0, 5), others: [[0, 60]] }], asPixels, 0, [sign]);
  expect(moved).toMatchObject({ text: 'Town', lon: 0, lat: 60 });
});

it('does not repeat a name nearby', () => {
  expect(placeLabels([label('Main', 0, 0), label('Main', 200, 0), label('Main', 600, 0)], asPixels, 400)).toHaveLength(
    2,
  );
});

it('does not depend on the order of the candidates', () => {
  const candidates = [label('b', 0, 0), label('a', 5, 0), label('c', 8, 0, 2)];
  expect(texts(placeLabels(candidates, asPixels, 0))).toEqual(texts(placeLabels(candidates.toReversed(), asPixels, 0)));
});

it('writes along roads, left to right', () => {
  expect([0, 45, 90, 135, 180, 225, 270, 315].map(uprightAngle)).toEqual([90, 45, 0, -45, 90, 45, 0, -45]);
});

it('names only roads that are long enough on the screen and of a class for this zoom', () => {
  const road = {
    name: 'State Route 60',
    roadClass: 'arterial' as const,
    path: [
      [-93, 44],
      [-92.99, 44],
    ] as [number, number][],
    lengthM: 800,
  };
  expect(roadLabels([road], 13, 5)).toHaveLength(1);
  expect(roadLabels([road], 13, 20)).toHaveLength(0);
  expect(roadLabels([road], 11, 5)).toHaveLength(0);
  expect(roadLabels([{ ...road, name: '' }], 13, 5)).toHaveLength(0);
});
