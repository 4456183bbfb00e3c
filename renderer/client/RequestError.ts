import type { ErrorCode } from '../../shared/contract/contract.ts';

/**
 * Why a request was not answered. The code `disconnected` comes from this client, the other codes from the engine. The
 * message can be shown on the screen as it is.
 */
export class RequestError extends Error {
  readonly code: ErrorCode | 'disconnected';

  constructor(code: ErrorCode | 'disconnected', message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}
