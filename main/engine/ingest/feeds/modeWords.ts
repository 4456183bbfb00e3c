import type { VehicleMode } from '../../../../shared/base/values.ts';

/**
 * The words of HFP's topics and of Digitransit's; `ubus` is a bus of another operator, `robot` one without a driver.
 */
const modes: Readonly<Record<string, VehicleMode>> = {
  bus: 'bus',
  ubus: 'bus',
  robot: 'bus',
  tram: 'tram',
  rail: 'train',
  train: 'train',
  ferry: 'ferry',
  subway: 'metro',
  metro: 'metro',
};

/** Translates a stream's word for a mode of transport into Beacon's; undefined for an unknown word. */
export const modeOfWord = (word: string): VehicleMode | undefined =>
  Object.hasOwn(modes, word.toLowerCase()) ? modes[word.toLowerCase()] : undefined;
