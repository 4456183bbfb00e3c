import type { MqttClient } from 'mqtt';

const REPORT_EVERY_MS = 1000;
const TICK_MS = 50;
const SPEED_MPS = 12;
const METRES_PER_DEGREE = 111_320;

/**
 * Drives vehicles in circles within the bounds [west, south, east, north]; each reports once per second, spread over
 * the second. Returns the function that ends it.
 */
export function driveVehicles(
  client: MqttClient,
  count: number,
  [west, south, east, north]: readonly [number, number, number, number],
): () => void {
  const perTick = Math.ceil((count * TICK_MS) / REPORT_EVERY_MS);
  const radiusDegrees = (SPEED_MPS * 60) / METRES_PER_DEGREE;
  let next = 0;
  const report = (vehicle: number, atMs: number): void => {
    const turn = atMs / 60_000 + vehicle;
    const lon = west + (east - west) * ((vehicle * 0.618) % 1) + radiusDegrees * Math.cos(turn);
    const lat = south + (north - south) * ((vehicle * 0.382) % 1) + radiusDegrees * Math.sin(turn);
    client.publish(`beacon/v1/vehicle/bench-${vehicle}`, JSON.stringify({ at: atMs, lon, lat, speedMps: SPEED_MPS }));
  };
  const timer = setInterval(() => {
    for (let i = 0; i < perTick; i++) report(next++ % count, Date.now());
  }, TICK_MS);
  return () => clearInterval(timer);
}
