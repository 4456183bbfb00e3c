import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { createStore } from '../../../ui/store.ts';
import type { Readable } from '../../../ui/store.ts';
import { earcons } from './earcons.ts';

/**
 * `locked`: the browser lets nothing sound until a person has pressed something on the page. `none`: this machine
 * cannot sound.
 */
export type SounderState = 'locked' | 'ready' | 'none';

const EDGE_S = 0.012;

/** Sounds by Web Audio: no file is loaded, and nothing waits. */
export class AlarmSounder {
  readonly #state = createStore<SounderState>('locked');
  #context: AudioContext | undefined;

  readonly state: Readable<SounderState> = this.#state;

  /** To be called when the page is there, and again in every gesture until the state is `ready`. */
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
      // Without soft edges every tone would click.
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
    // A context that is not let go at once tells by this event, and so does one that the system has stopped later.
    context.addEventListener('statechange', () => this.#state.set(context.state === 'running' ? 'ready' : 'locked'));
    if (context.state === 'running') this.#state.set('ready');
    return context;
  }
}
