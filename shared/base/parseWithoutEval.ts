import { config } from 'zod';

/**
 * Keeps the schemas from making functions of text, which the policy of a page refuses. Without this, they try it out at
 * the first parse, and the browser reports a violation.
 */
export const parseWithoutEval = (): void => void config({ jitless: true });
