/** Decodes base64 text. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Makes the browser, or the application's window, save a file. */
export function saveFile(name: string, mediaType: string, base64: string): void {
  const address = URL.createObjectURL(new Blob([bytesOf(base64)], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // By then the browser has begun to read the file.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The same for text. */
export function saveText(name: string, mediaType: string, text: string): void {
  const bytes = new TextEncoder().encode(text);
  saveFile(name, mediaType, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
}
