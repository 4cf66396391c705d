// Who plays, and what.
import { SPLITS } from '../../env/types.ts';
import type { ChatFaults } from '../../notebook/chatForm.ts';
import { changeOption, choicesOf, type FormSpec } from '../../notebook/form.ts';
import { type OptionPath, optionAt, optionOf } from '../../train/options/optionTable.ts';
import { Choice, Field } from '../experiment/Field.tsx';
import { KeyField } from '../experiment/KeyField.tsx';
import { NumberInput } from '../experiment/NumberInput.tsx';
import { ProxyField } from '../experiment/ProxyField.tsx';
import { TextField } from '../experiment/TextField.tsx';
import { useChat, useChatActions } from './useChat.ts';

interface ChatFieldsProps {
  readonly faults: ChatFaults;
}

export function ChatFields({ faults }: ChatFieldsProps) {
  const { change } = useChatActions();
  const { url, model, split, spec } = useChat((state) => state.form);
  const take = (path: OptionPath, value: ReturnType<typeof optionAt>): void => change({ spec: changeOption(spec, path, value) });
  return (
    <div className="chat-fields">
      <fieldset>
        <legend>Who plays</legend>
        <TextField
          label="Address"
          hint="What the API’s paths begin with."
          inputMode="url"
          placeholder="http://localhost:11434/v1"
          value={url}
          fault={faults.url}
          onChange={(typed) => change({ url: typed })}
        />
        <TextField
          label="Model"
          hint="As the endpoint calls it. It must know tool calls, and pictures for the atlas."
          value={model}
          fault={faults.model}
          onChange={(typed) => change({ model: typed })}
        />
        <KeyField key={url} url={url} hint="It stays in this page’s memory until the page is closed, and goes to that host alone." />
        <ProxyField />
      </fieldset>
      <fieldset>
        <legend>What it plays</legend>
        {(['benchmark', 'preset'] as const).map((path) => (
          <Field key={path} label={optionOf(path).label}>
            {(props) => <Choice {...props} value={spec[path]} choices={choicesOf(optionOf(path), spec)} onChange={(value) => take(path, value)} />}
          </Field>
        ))}
        <Field label="Split" hint="Countries or elements that are asked about.">
          {(props) => <Choice {...props} value={split} choices={SPLITS.map((each) => [each, each])} onChange={(value) => change({ split: value })} />}
        </Field>
        {NUMBERS.map(([path, label]) => (
          <Field key={path} label={label}>
            {(props) => <NumberInput {...props} option={optionOf(path)} value={optionAt(spec, path)} onChange={(value) => take(path, value)} />}
          </Field>
        ))}
      </fieldset>
    </div>
  );
}

const NUMBERS: readonly (readonly [keyof FormSpec & OptionPath, string])[] = [
  ['prompts', 'Questions'],
  ['groupSize', 'Attempts at each'],
  ['temperature', 'Temperature'],
];
