// How a setting is drawn: a colour and a pattern of dashes, by its place among all settings, so that hiding one changes no other.

export interface SettingLook {
  readonly colour: string;
  /** Of the stroke; undefined for a whole line. */
  readonly dashes: string | undefined;
}

const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '12 4'] as const;

export function settingLook(index: number): SettingLook {
  return { colour: `var(--series-${(index % 5) + 1})`, dashes: DASHES[(index + Math.floor(index / 5)) % 5] };
}
