const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** A time of the service day, in seconds, on the clock: 25:10 is ten past one. */
export const clockOf = (seconds: number): string => `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}`;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A value with the interval in which it probably lies. */
export const spanOf = (
  { value, from, to }: { value: number; from: number; to: number },
  text: (value: number) => string,
): string => `${text(value)} (${text(from)} to ${text(to)})`;
