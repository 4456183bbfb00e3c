import type { Figure } from '../../../../shared/contract/contract.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Frame, FrameKind } from '../../../../shared/live/frame.ts';
import type { Value } from '../../../../shared/base/values.ts';
import type { Condition } from './Condition.ts';

/**
 * One subject of the county (traffic, transit, utilities): holds the present state, judges it, and gives the screen its
 * rows. Pure but for its own memory: time comes in as arguments, nothing goes out but through these functions.
 */
export type Domain = {
  /**
   * Takes a value into the present state; values of kinds that are not its own are ignored. A value older than what is
   * held, or ahead of the clock by more than five minutes, changes history (baselines) at most, never the present. Hot:
   * called for every value.
   */
  apply: (value: Value, nowMs: number) => void;
  /** Once a second: ages and judges. Returns all conditions that hold now. */
  judge: (nowMs: number) => Condition[];
  /** Frame kinds that it serves. */
  frameKinds: readonly FrameKind[];
  /**
   * The rows that changed since `cursor` (0: all) as a frame, with the cursor for the next call, or undefined when
   * nothing did. Many screens read with cursors of their own.
   */
  frame: (kind: FrameKind, cursor: number, nowMs: number) => { frame: Omit<Frame, 'seq'>; cursor: number } | undefined;
  figures: (nowMs: number) => Figure[];
  /** The page of a thing of this domain, or undefined where it is not its own or not known. */
  detail: (subject: Subject, nowMs: number) => Detail | undefined;
};
