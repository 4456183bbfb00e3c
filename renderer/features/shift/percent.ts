/** Formats a share: 0.014 as "1.4 %", 0.95 as "95 %". */
export const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
