// The two functions below run inside Chromium from their source text, so they must not use anything outside themselves.

type Call =
  | { kind: 'expose'; name: string; values: Record<string, unknown>; functions: string[] }
  | { kind: 'call'; name: string; args: unknown[] };
type Received =
  | { kind: 'message'; channel: string; ports: string[] }
  | { kind: 'port'; id: string; data: unknown }
  | { kind: 'close'; id: string };

/** Encodes structured clones as JSON, as far as the contract needs them: plain data and bytes. */
export function wireCodec(): { encode: (value: unknown) => string; decode: (text: string) => unknown } {
  const toBase64 = (bytes: Uint8Array): string =>
    bytes.reduce((parts: string[], byte) => (parts.push(String.fromCharCode(byte)), parts), []).join('');
  return {
    encode: (value) =>
      JSON.stringify(value, (_key, item: unknown) => {
        if (item instanceof ArrayBuffer) return { $bytes: btoa(toBase64(new Uint8Array(item))) };
        if (ArrayBuffer.isView(item)) throw new TypeError('the stand-in carries ArrayBuffer, no views');
        return item;
      }),
    decode: (text) =>
      JSON.parse(text, (_key, item: unknown): unknown => {
        const bytes = (item as { $bytes?: unknown } | null)?.$bytes;
        return typeof bytes === 'string' ? Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer : item;
      }) as unknown,
  };
}

/**
 * The page's half of contextBridge. The two worlds share the DOM, and an event's detail is cloned between them; the
 * event's name is the secret.
 */
export function pageWorld(secret: string): void {
  if (window.top !== window) return;
  document.addEventListener(`${secret}page`, (event) => {
    const call = (event as CustomEvent<Call>).detail;
    if (call.kind !== 'expose') return;
    const names = call.functions.map((name) => [
      name,
      (...args: unknown[]) =>
        void document.dispatchEvent(new CustomEvent(`${secret}preload`, { detail: { kind: 'call', name, args } })),
    ]);
    Object.defineProperty(window, call.name, {
      value: Object.freeze({ ...call.values, ...Object.fromEntries(names) }),
      enumerable: true,
    });
  });
}

/**
 * The globals that a sandboxed preload finds: ipcRenderer and contextBridge. Ports of the main process become ports of
 * the page.
 */
export function preloadWorld(
  secret: string,
  codec: { encode: (value: unknown) => string; decode: (text: string) => unknown },
  preload: (require: (id: string) => unknown) => void,
): void {
  if (window.top !== window) return;
  const host = globalThis as unknown as {
    standInSend?: (text: string) => void;
    standInReceive?: (text: string) => void;
  };
  const send = host.standInSend;
  delete host.standInSend;
  const post = (message: unknown): void => send?.(codec.encode(message));
  const listeners = new Map<string, ((event: { ports: MessagePort[] }) => void)[]>();
  const open = new Map<string, MessagePort>();
  const take = (ids: string[]): MessagePort[] =>
    ids.map((id) => {
      const { port1, port2 } = new MessageChannel();
      open.set(id, port1);
      port1.onmessage = ({ data }: MessageEvent<unknown>) => post({ kind: 'port', id, data });
      port1.addEventListener('close', () => open.delete(id) && post({ kind: 'close', id }));
      return port2;
    });
  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: structuredClone(args) }),
    on: (channel: string, listener: (event: { ports: MessagePort[] }) => void) =>
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: Record<string, unknown>) => {
      const functions = Object.keys(api).filter((key) => typeof api[key] === 'function');
      const values = Object.fromEntries(Object.entries(api).filter(([key]) => !functions.includes(key)));
      document.addEventListener(`${secret}preload`, (event) => {
        const call = (event as CustomEvent<Call>).detail;
        if (call.kind === 'call') (api[call.name] as (...args: unknown[]) => void)(...call.args);
      });
      document.dispatchEvent(new CustomEvent(`${secret}page`, { detail: { kind: 'expose', name, values, functions } }));
    },
  };
  host.standInReceive = (text) => {
    const message = codec.decode(text) as Received;
    if (message.kind === 'message') {
      const event = { ports: take(message.ports) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event);
    } else if (message.kind === 'port') open.get(message.id)?.postMessage(message.data);
    else {
      open.get(message.id)?.close();
      open.delete(message.id);
    }
  };
  const require = (id: string): unknown => {
    if (id !== 'electron') throw new Error(`module not found: ${id}`);
    return { ipcRenderer, contextBridge };
  };
  preload(require);
}
