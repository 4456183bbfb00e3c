import type { ErrorCode } from '../../shared/contract/contract.ts';

/**
 * Why a request was not answered; `disconnected` is ours, the other codes are the engine's. The message is fit for the
 * screen.
 */
export class RequestError extends Error {
  readonly code: ErrorCode | 'disconnected';

  constructor(code: ErrorCode | 'disconnected', message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}
