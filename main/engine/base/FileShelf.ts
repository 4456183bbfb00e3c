/** The kinds of files that the log names. */
export type FileKind = 'attachment' | 'report';

/** Where files of a kind are kept, each under its SHA-256. */
export type FileShelf = {
  has: (hash: string) => Promise<boolean>;
  /**
   * A piece of at most `MOST_CHUNK_BYTES` (shared/contract/incidentRequests.ts), and the length of the whole; undefined
   * where the file is not here.
   */
  piece: (hash: string, offset: number) => Promise<{ content: Uint8Array; bytes: number } | undefined>;
  /** Keeps a file whose hash was checked, durable when it resolves; false where it is none of the kind. */
  keep: (hash: string, content: Uint8Array) => Promise<boolean>;
};
export type FileShelves = Readonly<Record<FileKind, FileShelf>>;
