import { describeDuration, formatDistance } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Diversion } from '../../../shared/dispatch/diversion.ts';

/** Roads that become this full are named: from about here on queues grow. */
const FULL = 0.85;

/** How much longer a diversion is than the closed road, and which roads it fills, in a sentence. */
export function describeDiversion({ closed, extraM, extraS, fills }: Diversion, units: DisplayUnits): string {
  const distance = `${formatDistance(Math.abs(extraM), units)} ${extraM < 0 ? 'shorter' : 'longer'}`;
  const time = extraS < 0 ? `${describeDuration(-extraS)} faster now` : `${describeDuration(extraS)} slower`;
  const full = fills
    .filter(({ load }) => load >= FULL)
    .map(({ road, addedVph, load, isMeasured }) => {
      const share = `${Math.round(load * 100)} % of its capacity`;
      return `${road} gets ${Math.round(addedVph / 10) * 10} vehicles per hour more, ${share}${isMeasured ? '' : ' (assumed)'}`;
    });
  return `Round ${closed}: ${distance}, ${time}. ${full.length === 0 ? 'No road of it becomes full.' : `${full.join('; ')}.`}`;
}

/** Ways round several closures as the words and links of one diversion. */
export function joinDiversions(diversions: readonly Diversion[]): { text: string; linkIds: string[] } {
  const [first] = diversions;
  return {
    text:
      diversions.length === 1 && first !== undefined
        ? first.text
        : diversions.map(({ closed, text }) => `${closed}: ${text}`).join('; '),
    linkIds: [...new Set(diversions.flatMap(({ linkIds }) => linkIds))],
  };
}
