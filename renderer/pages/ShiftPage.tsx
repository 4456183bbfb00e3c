import type { ReactNode } from 'react';
import { ShiftBoard } from '../features/shift/ShiftBoard.tsx';

/** Shift handover and reports. */
export function ShiftPage(): ReactNode {
  return <ShiftBoard />;
}
