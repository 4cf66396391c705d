// Whether calls of live endpoints go through the proxy of npm start.
import { useState } from 'react';
import { useActions } from '../useNotebook.ts';
import { Field } from './Field.tsx';

export function ProxyField() {
  const actions = useActions();
  const [proxy, setProxy] = useState(() => actions.liveSetup().proxy !== null);
  const take = (on: boolean): void => {
    setProxy(on);
    actions.changeLiveSetup({ proxy: on ? new URL('/proxy', location.origin).href : null });
  };
  return (
    <Field label="Through the proxy" hint="For hosts that send no CORS headers: npm start -- --proxy ORIGIN passes calls on.">
      {(props) => <input {...props} type="checkbox" checked={proxy} onChange={({ target }) => take(target.checked)} />}
    </Field>
  );
}
