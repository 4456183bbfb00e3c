import { MOST_ATTACHMENT_BYTES, MOST_CHUNK_BYTES } from '../../../shared/contract/incidentRequests.ts';
import { attachmentName } from '../../../shared/incidents/attachmentName.ts';
import type { Client } from '../../client/client.ts';

type Asker = Pick<Client, 'request'>;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // The bytes are converted in pieces, because a call accepts only a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/**
 * Sends a file in pieces and attaches it to an incident. Rejects with the engine's message if the file may not be
 * attached.
 */
export async function sendFile(client: Asker, incidentId: string, file: File): Promise<void> {
  if (file.size > MOST_ATTACHMENT_BYTES) throw new Error('A file may have 10 MB.');
  const content = new Uint8Array(await file.arrayBuffer());
  const uploadId = crypto.randomUUID();
  for (let offset = 0; offset === 0 || offset < content.length; offset += MOST_CHUNK_BYTES) {
    await client.request('attachment.put', {
      uploadId,
      offset,
      data: toBase64(content.subarray(offset, offset + MOST_CHUNK_BYTES)),
    });
  }
  await client.request('incident.attach', { incidentId, uploadId, name: file.name.slice(0, 200) });
}

/**
 * Fetches a file in pieces and saves it under its name. It is never opened inside the application: its type is that of
 * bytes, whatever they are.
 */
export async function fetchFile(
  client: Asker,
  { hash, name, mediaType }: { hash: string; name: string; mediaType: string },
): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0, bytes = 1; offset < bytes;) {
    const piece = await client.request('attachment.read', { hash, offset });
    const content = Uint8Array.from(atob(piece.data), (letter) => letter.charCodeAt(0));
    if (content.length === 0) throw new Error('The file ends too early.');
    pieces.push(content);
    offset += content.length;
    bytes = piece.bytes;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
  link.download = attachmentName(name, mediaType);
  link.click();
  URL.revokeObjectURL(link.href);
}
