import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { createStore } from '../../../ui/store.ts';
import type { Readable } from '../../../ui/store.ts';
import { earcons } from './earcons.ts';

/**
 * `locked`: the browser plays no sound until a person has pressed something on the page. `none`: this machine cannot
 * play sound.
 */
export type SounderState = 'locked' | 'ready' | 'none';

const EDGE_S = 0.012;

/** Plays sounds by Web Audio: no file has to be loaded, so a sound starts without delay. */
export class AlarmSounder {
  readonly #state = createStore<SounderState>('locked');
  #context: AudioContext | undefined;

  readonly state: Readable<SounderState> = this.#state;

  /** Call this when the page is loaded, and again in every user gesture until the state is `ready`. */
  unlock = (): void => {
    if (this.#state.get() !== 'locked') return;
    if (!('AudioContext' in window)) return this.#state.set('none');
    this.#context ??= this.#open();
    void this.#context.resume();
  };

  play(priority: AlarmPriority): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    for (const { atS, forS, hz, gain } of earcons[priority]) {
      const [oscillator, volume, startS] = [
        context.createOscillator(),
        context.createGain(),
        context.currentTime + atS,
      ];
      oscillator.type = 'triangle';
      oscillator.frequency.value = hz;
      // Without these ramps every tone would begin and end with a click.
      volume.gain.setValueAtTime(0, startS);
      volume.gain.linearRampToValueAtTime(gain, startS + EDGE_S);
      volume.gain.setValueAtTime(gain, startS + forS - EDGE_S);
      volume.gain.linearRampToValueAtTime(0, startS + forS);
      oscillator.connect(volume).connect(context.destination);
      oscillator.start(startS);
      oscillator.stop(startS + forS);
    }
  }

  #open(): AudioContext {
    const context = new AudioContext();
    // This event reports when a context starts that the browser held back at first, and when the system stops one
    // later.
    context.addEventListener('statechange', () => this.#state.set(context.state === 'running' ? 'ready' : 'locked'));
    if (context.state === 'running') this.#state.set('ready');
    return context;
  }
}
