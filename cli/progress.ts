// Progress on the terminal: one line that is written over on a screen, one line an update in a log.
import type { TrainConfig } from '../src/train/config.ts';
import type { PhaseReport, TrainEvent } from '../src/train/loop.ts';

export class Progress {
  readonly #config: TrainConfig;
  readonly #first: number;
  readonly #start = performance.now();
  readonly #screen = process.stderr.isTTY === true;

  constructor(config: TrainConfig, done: number) {
    this.#config = config;
    this.#first = done;
  }

  phase({ update, phase, done, total }: PhaseReport): void {
    if (this.#screen) process.stderr.write(`\r\x1b[Kupdate ${update}/${this.#config.updates} · ${phase}${total > 0 ? ` ${done}/${total}` : ''}`);
  }

  evaluated({ update, sampled, greedy }: TrainEvent & { kind: 'evaluated' }): void {
    this.#line(`update ${update}: validation ${percent(sampled.accuracy)} sampled, ${percent(greedy.accuracy)} greedy`);
  }

  updated({ update, metrics }: TrainEvent & { kind: 'updated' }): void {
    const seconds = (performance.now() - this.#start) / 1000;
    const rate = (update - this.#first) / seconds;
    const left = (this.#config.updates - update) / rate;
    const number = (name: string): number => metrics[name] ?? 0;
    this.#line(
      [
        `update ${update}/${this.#config.updates}`,
        `accuracy ${percent(number('accuracy'))}`,
        `misassigned@0.7 ${percent(number('credit/action_rate@0.7'))}`,
        `corrected ${percent(number('credit/corrected_share'))}`,
        `entropy ${number('policy/entropy').toFixed(3)}`,
        ...(number('sampling/filled') > 0 ? [`${number('sampling/filled')} prompts unmixed after ${number('sampling/draws')} draws`] : []),
        ...(number('tool/infrastructure_errors') > 0 ? [`${number('tool/infrastructure_errors')} rollouts dropped`] : []),
        `${(60 * rate).toFixed(1)} updates/min`,
        `${duration(left)} left`,
      ].join(' · '),
    );
  }

  end(text: string): void {
    this.#line(`${text} (${duration((performance.now() - this.#start) / 1000)})`);
  }

  #line(text: string): void {
    if (this.#screen) process.stderr.write('\r\x1b[K');
    console.log(text);
  }
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** 75 → "1 min 15 s" */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
