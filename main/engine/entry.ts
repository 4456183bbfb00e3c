import { plainValues } from '../../shared/base/plainLine.ts';
import type { ContractPort } from '../../shared/contract/contract.ts';
import { createEngine } from './createEngine.ts';
import type { Engine, EngineOptions, Log } from './base/engine.ts';

/**
 * The engine as a utility process: the shell sends `start` once, then `connect` with a port for each screen, and `stop`
 * at the end. It answers `ready`, or `failed` with a sentence for the person.
 */
type PortMain = {
  postMessage: (message: unknown) => void;
  on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => void;
  start: () => void;
  close: () => void;
};
type ParentMessage = {
  data: { type: 'start'; options: EngineOptions } | { type: 'connect'; isWall: boolean } | { type: 'stop' };
  ports: PortMain[];
};
type ParentPort = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (message: ParentMessage) => void) => void;
};

const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;
let engine: Promise<Engine> | undefined;

const log: Log = (level, message, details) => {
  process.stderr.write(`${JSON.stringify(plainValues({ level, message, ...details }))}\n`);
};

/** Both ends are in one machine and the port copies at once, so nothing is ever buffered on this side. */
function contractPort(port: PortMain): ContractPort {
  return {
    send: (message) => port.postMessage(message),
    bufferedBytes: () => 0,
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}

function start(options: EngineOptions): void {
  engine = createEngine(options, log);
  engine.then(
    ({ isStoreNew, onRestart }) => {
      // The shell starts a successor, as it does for an engine that died.
      onRestart(() => void stop());
      parent?.postMessage({ type: 'ready', isStoreNew });
    },
    (error: unknown) =>
      parent?.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
}

async function stop(): Promise<void> {
  await (await engine)?.stop();
  process.exit(0);
}

parent?.on('message', ({ data, ports }) => {
  switch (data.type) {
    case 'start':
      start(data.options);
      return;
    case 'connect':
      for (const port of ports)
        void engine?.then((running) => running.connect(contractPort(port), { isLocal: true, isWall: data.isWall }));
      return;
    case 'stop':
      void stop();
      return;
    default:
      data satisfies never;
  }
});
