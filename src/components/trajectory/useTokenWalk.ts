// Which token is pointed at: by the mouse, by the arrow keys, by the table or by a link. One stop of the Tab key for all of them.
import { type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { ArrangedRollout } from '../../notebook/rollouts/arrange.ts';
import { placeKey, stepAt } from '../../notebook/rollouts/places.ts';
import { type TokenPlace, tokenByKey } from '../../notebook/rollouts/walk.ts';
import type { GroupReport } from '../../train/report.ts';

export interface TokenWalk {
  /** The frame that holds the tokens. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly active: TokenPlace | null;
  /** Where Tab leads. */
  readonly tabStop: TokenPlace;
  /** Brings a token into view and gives it the focus. */
  readonly goTo: (token: TokenPlace) => void;
  /** For the frame. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onPointerOver: (event: PointerEvent) => void;
  };
}

export function useTokenWalk(group: GroupReport, arranged: readonly ArrangedRollout[]): TokenWalk {
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<TokenPlace | null>(null);
  const toFocus = useRef<TokenPlace | null>(null);
  useEffect(() => {
    const wanted = toFocus.current;
    if (!wanted) return;
    toFocus.current = null;
    const element = frame.current?.querySelector<HTMLElement>(`[data-token="${placeKey(wanted.place)}/${wanted.token}"]`);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  });
  const goTo = (token: TokenPlace): void => {
    toFocus.current = token;
    setActive({ ...token });
  };
  const first = arranged.find(({ index }) => (group.rollouts[index]?.steps[0]?.words.length ?? 0) > 0);
  const isShown = active !== null && arranged.some(({ index }) => index === active.place[0]) && stepAt(group, active.place)?.words[active.token] !== undefined;
  const tabStop = isShown ? active : ({ place: [first?.index ?? 0, 0], token: 0 } as const);
  const pointAt = (target: EventTarget): void => {
    const found = (target as HTMLElement).dataset?.token?.split('/').map(Number);
    if (found?.length === 3) setActive({ place: [found[0] ?? 0, found[1] ?? 0], token: found[2] ?? 0 });
  };
  return {
    frame,
    active: isShown ? active : null,
    tabStop,
    goTo,
    handlers: {
      onPointerOver: ({ target }) => pointAt(target),
      onFocus: ({ target }) => pointAt(target),
      onKeyDown: (event) => {
        if (!(event.target as HTMLElement).dataset?.token || event.ctrlKey || event.metaKey || event.altKey) return;
        const next = tokenByKey(
          group,
          arranged.map(({ index }) => index),
          tabStop,
          event.key,
        );
        if (!next) return;
        event.preventDefault();
        event.stopPropagation(); // the page has arrow keys of its own
        goTo(next);
      },
    },
  };
}
