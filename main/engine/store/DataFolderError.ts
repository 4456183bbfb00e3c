import type { StoreError } from './StoreError.ts';

/**
 * The data folder cannot be used. The message is one sentence with the cause and what to do, fit to be shown as the
 * program ends.
 */
export class DataFolderError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataFolderError';
  }
}

/** Explains why a file or folder could not be opened. */
export function explainOpenError(error: StoreError, path: string): DataFolderError {
  const because = { cause: error };
  switch (error.code) {
    case 'full':
      return new DataFolderError(
        `The disk that holds ${path} is full, or its quota is used up. Free some space, or choose another folder with --data DIR.`,
        because,
      );
    case 'unwritable':
      return new DataFolderError(
        `${path} cannot be written (${error.message}). Check its permissions, or choose another folder with --data DIR.`,
        because,
      );
    case 'busy':
      return new DataFolderError(
        `${path} is held by another program. Close that program, or choose another folder with --data DIR.`,
        because,
      );
    case 'newer':
      return new DataFolderError(error.message, because);
    case 'damaged':
    case 'closed':
    case 'failed':
      return new DataFolderError(
        `${path} cannot be opened (${error.message}). Check the disk, or choose another folder with --data DIR.`,
        because,
      );
  }
}
