/** The kinds of files that the log names. */
export type FileKind = 'attachment' | 'report';

/** Where files of a kind are kept, each under its SHA-256. */
export type FileShelf = {
  has: (hash: string) => Promise<boolean>;
  /**
   * Reads a piece of at most `MOST_CHUNK_BYTES` (shared/contract/incidentRequests.ts), and the length of the whole;
   * undefined where the file is not here.
   */
  piece: (hash: string, offset: number) => Promise<{ content: Uint8Array; bytes: number } | undefined>;
  /**
   * Keeps a file whose hash was checked; it is durable when this resolves. Resolves false where the file is not of this
   * kind.
   */
  keep: (hash: string, content: Uint8Array) => Promise<boolean>;
};
export type FileShelves = Readonly<Record<FileKind, FileShelf>>;
