// Loaded with --import into a forked child: gives it process.parentPort, as Electron's utilityProcess does, and no
// 'electron' module.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { PortLink } from './ports.ts';
import type { PortMessage } from './ports.ts';

type ParentMessage = { kind: 'parent'; data: unknown; ports: string[] };

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron') throw new Error("a utility process has no 'electron' module to speak of");
    return next(specifier, context);
  },
});

const send = (message: PortMessage | ParentMessage): void => void process.send?.(message);
const link = new PortLink(send);
const parentPort = new EventEmitter();
const early: unknown[] = [];
process.on('message', (message: PortMessage | ParentMessage) => {
  if (message.kind !== 'parent') {
    link.feed(message);
    return;
  }
  const event = { data: message.data, ports: link.take(message.ports) };
  if (!parentPort.emit('message', event)) early.push(event);
});
parentPort.on('newListener', () =>
  setImmediate(() => early.splice(0).forEach((event) => parentPort.emit('message', event))),
);
process.on('disconnect', () => process.exit(0));
Object.assign(parentPort, {
  postMessage: (data: unknown, ports: readonly unknown[] = []) =>
    send({ kind: 'parent', data: structuredClone(data), ports: link.give(ports) }),
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
