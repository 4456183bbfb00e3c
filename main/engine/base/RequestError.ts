import type { ErrorCode } from '../../../shared/contract/contract.ts';

/** Why a request was not carried out; code and message reach the screen. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
