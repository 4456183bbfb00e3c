import { connect } from 'mqtt';

/**
 * An MQTT.js client that only counts what it receives: `port` and `qos` come as arguments, and every message from the
 * parent is answered with the count.
 */
const [port = '', qos = '0'] = process.argv.slice(2);
const client = connect(`mqtt://127.0.0.1:${port}`, {
  protocolVersion: 5,
  clean: true,
  clientId: 'bench-bare',
  properties: { receiveMaximum: 65_535 },
});
let received = 0;
client.on('message', () => received++);
client.on('connect', () =>
  client.subscribe('beacon/v1/meter/+', { qos: qos === '1' ? 1 : 0 }, () => process.send?.(0)),
);
process.on('message', () => process.send?.(received));
process.on('disconnect', () => process.exit());
