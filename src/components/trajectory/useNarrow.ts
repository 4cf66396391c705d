// Whether prompt and rollouts stand one below the other, as page.css lays them out in a narrow window.
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 1100px)';

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = matchMedia(QUERY);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    () => matchMedia(QUERY).matches,
  );
}
