import type { Domain } from '../../main/engine/domains/kit/Domain.ts';
import type { FrameData, FrameKind } from '../../shared/live/frame.ts';

/** All rows of a kind, as a screen that has just connected gets them. */
export function frameOf<K extends FrameKind>(domain: Domain, kind: K, nowMs: number): FrameData<K> {
  const frame = domain.frames?.[kind]?.(0, nowMs)?.frame;
  if (frame === undefined) throw new Error(`no frame of ${kind}`);
  return frame.columns as unknown as FrameData<K>;
}
