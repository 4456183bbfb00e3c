/**
 * Ends on a signal or with the parent process. Ctrl+C reaches all processes of a terminal at once; one that was started
 * by another process waits until that process has stored what it has, and ends with it.
 */
export function stopWithParent(stop: () => void): void {
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  const isSupervised = process.connected || 'parentPort' in process;
  process.on('SIGINT', () => isSupervised || stop());
}
