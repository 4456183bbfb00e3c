import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import type { County } from '../../../../shared/county/county.ts';

/** Links and detectors as the screen draws them; computed once, because they do not change while the engine runs. */
export function describeNetwork({ links, detectors }: County): RequestOutput<'county.network'> {
  const linkIndex = new Map(links.map(({ id }, index) => [id, index]));
  return {
    links: links.map(({ id, name, roadClass, freeFlowMps, lanes, path }) => ({
      id,
      name,
      roadClass,
      freeFlowMps,
      lanes,
      path,
    })),
    detectors: detectors.map(({ id, linkId, lon, lat }) => ({ id, linkIndex: linkIndex.get(linkId) ?? -1, lon, lat })),
  };
}
