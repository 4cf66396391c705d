// The key of a host, kept in the page's memory. Give it the address as its React key too: a key stays with the host that it was entered for.
import { useState } from 'react';
import { keyFor, withKey } from '../../notebook/toolKeys.ts';
import { Field } from '../experiment/Field.tsx';
import { useActions } from '../useNotebook.ts';

export function KeyField({ url }: { readonly url: string }) {
  const actions = useActions();
  const [key, setKey] = useState(() => keyFor(actions.liveSetup().keys, url));
  const take = (typed: string): void => {
    setKey(typed);
    actions.changeLiveSetup({ keys: withKey(actions.liveSetup().keys, url, typed) });
  };
  return (
    <Field label="Key, if it wants one" hint="It stays in this page’s memory until the page is closed, and goes to that host alone.">
      {(props) => (
        <input {...props} type="password" autoComplete="off" disabled={!URL.canParse(url)} value={key} onChange={({ target }) => take(target.value)} />
      )}
    </Field>
  );
}
