// The key of a host, kept in the page's memory. Give it the address as its React key too: a key stays with the host that it was entered for.
import { useState } from 'react';
import { keyFor, withKey } from '../../notebook/toolKeys.ts';
import { useActions } from '../useNotebook.ts';
import { Field } from './Field.tsx';

export function KeyField({ url, hint }: { readonly url: string; readonly hint?: string }) {
  const actions = useActions();
  const [key, setKey] = useState(() => keyFor(actions.liveSetup().keys, url));
  const take = (typed: string): void => {
    setKey(typed);
    actions.changeLiveSetup({ keys: withKey(actions.liveSetup().keys, url, typed) });
  };
  return (
    <Field label="Key, if it wants one" {...(hint === undefined ? {} : { hint })}>
      {(props) => (
        <input
          {...props}
          className="text-input"
          type="password"
          autoComplete="off"
          disabled={!URL.canParse(url)}
          value={key}
          onChange={({ target }) => take(target.value)}
        />
      )}
    </Field>
  );
}
