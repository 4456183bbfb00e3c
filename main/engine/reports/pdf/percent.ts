/**
 * A share 0 to 1 in per cent, without the sign; below a tenth with a decimal, so that little does not look like
 * nothing.
 */
export const inPercent = (share: number): string => (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0);

/** A share 0 to 1 as "45 %". */
export const percent = (share: number): string => `${inPercent(share)} %`;
