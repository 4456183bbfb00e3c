import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import type { PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer } from '@deck.gl/layers';
import type { Link } from '../CountyIndex.ts';
import type { MapScene } from '../MapScene.ts';

const beside = new PathStyleExtension({ offset: true });

/** Draws the links that a form has chosen so far, in the colour of the selection. */
export function choiceLayers({ chosenLinks, network, colors, typeScale }: MapScene): Layer[] {
  if (chosenLinks === undefined || chosenLinks.length === 0 || network === undefined) return [];
  return [
    new PathLayer<Link, PathStyleExtensionProps<Link>>({
      id: 'chosen-links',
      data: chosenLinks.flatMap((id) => network.links[network.linkRow.get(id) ?? -1] ?? []),
      getPath: ({ path }) => path,
      getColor: colors.of('focus'),
      widthUnits: 'pixels',
      getWidth: 5 * typeScale,
      jointRounded: true,
      capRounded: true,
      extensions: [beside],
      getOffset: 0.6,
    }),
  ];
}
